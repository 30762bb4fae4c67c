// What the patient app's tests stand on: a server with the demo clinic, devices whose network can be cut, a phone's page.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { phone, quiet } from "./browser.mjs";

const programs = process.env.MEDICONNECT_PROGRAMS ?? path.resolve("../target/debug");
const pictures = path.join(process.env.MEDICONNECT_SCREENS ?? path.resolve("../target/screens"), "patient");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const PASSWORD = "three quiet green boats";

const folder = await mkdtemp(path.join(tmpdir(), "mediconnect-patient-"));
const running = [];

function start(program, args, env) {
  const child = spawn(path.join(programs, program), args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  running.push(child);
  return child;
}

async function lineWith(child, pattern) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = line.match(pattern);
    if (found) {
      child.stdout.resume();
      return found[1];
    }
  }
  throw new Error("the program ended before it said where it listens");
}

/** The server named in MEDICONNECT_SERVER, else one of our own with the demo clinic. */
export async function server() {
  if (process.env.MEDICONNECT_SERVER) return process.env.MEDICONNECT_SERVER;
  const limits = ["LOGIN_PER_MIN", "REQUESTS_PER_MIN_ADDRESS", "REQUESTS_PER_MIN_ACCOUNT", "REQUESTS_PER_MIN_DEVICE"];
  const env = Object.fromEntries(limits.map((limit) => [`MEDICONNECT_${limit}`, "1000000"]));
  const child = start("mediconnect-server", ["demo", "--data", path.join(folder, "server"), "--listen", "127.0.0.1:0", "--log", "warn"], env);
  return lineWith(child, /listening on (http:\S+)/);
}

/** A cable to the server that can be pulled. */
class Cable {
  constructor(address) {
    const { hostname, port } = new URL(address);
    this.target = { host: hostname, port: Number(port) };
    this.open = true;
    this.sockets = new Set();
    this.listener = net.createServer((socket) => this.connect(socket));
  }

  async plug() {
    await new Promise((done) => this.listener.listen(0, "127.0.0.1", done));
    // A cable that nobody uses any more must not keep the tests from ending.
    this.listener.unref();
    return `http://127.0.0.1:${this.listener.address().port}`;
  }

  connect(socket) {
    if (!this.open) return socket.destroy();
    const onward = net.connect(this.target);
    for (const end of [socket, onward]) {
      this.sockets.add(end);
      end.on("error", () => end.destroy());
      end.on("close", () => { this.sockets.delete(end); socket.destroy(); onward.destroy(); });
    }
    socket.pipe(onward).pipe(socket);
  }

  pull() {
    this.open = false;
    this.sockets.forEach((socket) => socket.destroy());
  }

  mend() {
    this.open = true;
  }
}

/** A phone with the app: its own data, its own cable, one page. */
export class Device {
  static async start(browser, address, { name = "phone", signIn, face = "serve-patient" } = {}) {
    const cable = new Cable(address);
    const data = await mkdtemp(path.join(folder, `${name}-`));
    const env = { MEDICONNECT_SERVER: await cable.plug(), MEDICONNECT_DATA: data, LANG: "en" };
    if (signIn) env.MEDICONNECT_SIGN_IN = signIn;
    const { host, home } = await this.launch(face, env);
    const context = await browser.newContext({ ...phone, reducedMotion: "reduce", acceptDownloads: true, timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const device = new Device();
    Object.assign(device, { cable, host, home, context, page, face, env });
    await device.goto("/");
    return device;
  }

  static async launch(face, env) {
    const host = start("mediconnect-e2e", [face], env);
    return { host, home: await lineWith(host, /(http:\S+)/) };
  }

  /** The app is ended and started anew on the same data. */
  async restart() {
    const ended = new Promise((done) => this.host.once("exit", done));
    this.host.kill("SIGTERM");
    await ended;
    Object.assign(this, await Device.launch(this.face, this.env));
    await this.goto("/");
  }

  /** Opens an address. Once in a hundred loads the renderer of Debian's Chromium spins for ever while the host is idle;
   *  a person would open the page again, and so does this, once. */
  async goto(where) {
    const load = async () => {
      await this.page.goto(this.home + where, { timeout: 15_000 });
      await this.page.locator("main").first().waitFor({ timeout: 15_000 });
      // The app draws its first screen before it has been told the address.
      const path = where.split("?")[0];
      await this.page.waitForFunction((path) => window.mediconnectTrail?.current?.startsWith(path), path, { timeout: 15_000 });
    };
    try {
      await load();
    } catch {
      this.page.close().catch(() => {});
      this.page = await this.context.newPage();
      this.page.setDefaultTimeout(30_000);
      await load();
    }
  }

  button(name) {
    return this.page.getByRole("button", { name });
  }

  heading(name) {
    return this.page.getByRole("heading", { name });
  }

  async press(name) {
    await this.button(name).first().click();
  }

  async signUp(name, email) {
    await this.press("Create account");
    await this.page.getByLabel("Your full name").fill(name);
    await this.press("Continue");
    await this.page.getByLabel("Email").fill(email);
    await this.press("Continue");
    await this.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await this.press("Create account");
    await this.heading("Find a doctor").waitFor();
  }

  async synced() {
    await this.page.getByText("Up to date").first().waitFor();
  }

  offline() {
    this.cable.pull();
  }

  online() {
    this.cable.mend();
  }
}

export const looks = [
  { name: "light", theme: "Light", size: "Normal" },
  { name: "dark", theme: "Dark", size: "Normal" },
  { name: "large", theme: "Light", size: "Largest" },
];

/** What axe finds, and what is wider than the screen. */
export async function faults(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document);
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} px wider than the screen`);
    return found;
  });
}

/** A picture of the whole page, as high as it is. */
export async function picture(page, look, name) {
  await mkdir(path.join(pictures, look), { recursive: true });
  await page.evaluate(() => { scrollTo(0, 0); return document.fonts.ready; });
  // A layer above the screen is photographed as it lies on the phone.
  const layered = await page.locator("dialog[open]").count();
  const height = layered ? 0 : await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...phone.viewport, height: Math.min(Math.max(height, phone.viewport.height), 4000) });
  await page.screenshot({ path: path.join(pictures, look, `${name}.png`), animations: "disabled" });
  await page.setViewportSize(phone.viewport);
}

export async function browser() {
  return chromium.launch({ executablePath: process.env.MEDICONNECT_CHROMIUM ?? "/usr/bin/chromium", args: quiet });
}

/** Ends what this file started, and only that. */
export async function stop() {
  running.forEach((child) => child.kill("SIGTERM"));
  await rm(folder, { recursive: true, force: true });
}
