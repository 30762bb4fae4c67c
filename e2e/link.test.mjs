// The page behind the links in e-mails, on a server of its own: as somebody uses it who forgot their password.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { faults, openPhone, pictures } from "./browser.mjs";

const programs = process.env.MEDICONNECT_PROGRAMS ?? path.resolve("../target/debug");
const shots = pictures("link");
const email = "asha@example.org";
const first = "three quiet green boats";
const second = "a lantern for the ferry";

let folder, server, root, phone;

async function freePort() {
  const socket = net.createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => socket.once("listening", ready));
  const { port } = socket.address();
  await new Promise((closed) => socket.close(closed));
  return port;
}

/** UUIDv7, as apps make them. */
function newId() {
  const hex = Date.now().toString(16).padStart(12, "0") + "7" + randomBytes(2).toString("hex").slice(1) + "8" + randomBytes(8).toString("hex").slice(1);
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

async function post(where, body) {
  const answer = await fetch(root + where, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return answer.status;
}

const signIn = (password) => post("/v1/auth/login", { email, password, device: { id: newId(), name: "Test" } });

/** The link in the newest e-mail, once there are so many. */
async function link(count) {
  for (let tries = 0; tries < 200; tries += 1) {
    const { items } = await (await fetch(`${root}/dev/mailbox/letters`)).json();
    if (items.length >= count) return items[0].text.match(/http\S+/)[0];
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error("the e-mail did not come");
}

/** The page is as it should be for everybody, and has its picture. */
async function look(page, name) {
  assert.deepEqual(await faults(page), [], name);
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

before(async () => {
  await mkdir(shots, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), "mediconnect-link-"));
  const port = await freePort();
  root = `http://127.0.0.1:${port}`;
  const args = ["serve", "--data", path.join(folder, "data"), "--listen", `127.0.0.1:${port}`, "--dev-mailbox", "--public-url", root, "--log", "warn", "--login-per-min", "1000"];
  server = spawn(path.join(programs, "mediconnect-server"), args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith("listening on ")) break;
  }
  const account = { account_id: newId(), patient_id: newId(), link_id: newId(), name: "Asha Rao", email, language: "hi", zone: "Asia/Kolkata" };
  const sent = { account, password: first, device: { id: newId(), name: "Test" }, code: null };
  assert.equal(await post("/v1/auth/register/patient", sent), 201);
  phone = await openPhone();
});

after(async () => {
  await phone?.close();
  server?.kill();
  await rm(folder, { recursive: true, force: true });
});

test("a link sets a new password once, in the reader's language, and leaves no secret in the address", async () => {
  assert.equal(await post("/v1/auth/password/forgot", { email }), 204);
  const address = await link(1);
  const page = await phone.context.newPage();
  await page.goto(address);
  await page.getByRole("heading", { name: "नया पासवर्ड रखें" }).waitFor();
  assert.ok(!page.url().includes("#"), page.url());
  await look(page, "reset");
  const send = page.getByRole("button", { name: "पासवर्ड रखें" });
  await page.getByLabel("नया पासवर्ड").fill("password123");
  await send.click();
  await page.getByText("इस पासवर्ड का अनुमान लगाना बहुत आसान है").waitFor();
  assert.equal(await signIn(first), 200, "nothing has happened yet");
  await page.getByLabel("नया पासवर्ड").fill(second);
  await send.click();
  await page.getByText("आपका पासवर्ड रख दिया गया").waitFor();
  await look(page, "reset-done");
  assert.equal(await signIn(first), 401);
  assert.equal(await signIn(second), 200);

  const again = await phone.context.newPage();
  await again.goto(address);
  await again.getByLabel("नया पासवर्ड").fill(first);
  await again.getByRole("button", { name: "पासवर्ड रखें" }).click();
  await again.getByText("यह लिंक पहले काम में आ चुका है").waitFor();
  await look(again, "used");
});

test("an address without a secret says so, and nothing runs that the page does not bring", async () => {
  const page = await phone.context.newPage();
  const answer = await page.goto(`${root}/link`);
  assert.match(answer.headers()["content-security-policy"], /script-src 'self'/);
  await page.getByText("This link was used before or is too old.").waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  assert.deepEqual(phone.errors, []);
});
