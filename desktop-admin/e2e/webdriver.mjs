// The few words of WebDriver (W3C) that a walk through the real window needs, over plain HTTP.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
export const KEYS = { tab: "\uE004", enter: "\uE007", escape: "\uE00C", down: "\uE015", right: "\uE014", control: "\uE009", backspace: "\uE003" };

/** A screen that nobody sees; the one that is there where DISPLAY names it. */
export async function screen() {
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, stop: () => undefined };
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1500x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const number = await new Promise((found, failed) => {
    server.once("error", failed);
    createInterface(server.stdout).once("line", found);
  });
  return { name: `:${number.trim()}`, stop: () => server.kill() };
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts the driver, and with it one window of the program at a time. */
export async function driver(environment) {
  const port = await freePort();
  const program = process.env.MEDICONNECT_WEBDRIVER ?? "WebKitWebDriver";
  const log = environment.MEDICONNECT_WINDOW_LOG ? "inherit" : "ignore";
  const started = spawn(program, [`--port=${port}`, "--host=127.0.0.1"], { env: environment, stdio: ["ignore", log, log] });
  await new Promise((ready, failed) => {
    started.once("error", failed);
    started.once("spawn", ready);
  });
  const root = `http://127.0.0.1:${port}`;
  await eventually("the driver answers", () => fetch(`${root}/status`).then(({ ok }) => ok, () => false));
  return {
    async open(binary) {
      const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: [] } } };
      const { sessionId } = await asked("POST", `${root}/session`, { capabilities });
      return new Window(`${root}/session/${sessionId}`);
    },
    stop: () => started.kill(),
  };
}

async function asked(method, url, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

export async function eventually(what, holds, patience = 20_000) {
  const until = Date.now() + patience;
  for (let last; ; await pause(100)) {
    try {
      const found = await holds();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > until) throw new Error(`it never came: ${what}${last ? ` (${last.message})` : ""}`);
  }
}

class Window {
  constructor(url) {
    this.url = url;
  }

  close() {
    return asked("DELETE", this.url);
  }

  size(width, height) {
    return asked("POST", `${this.url}/window/rect`, { width, height });
  }

  /** Runs in the page; what it returns comes back as JSON. */
  run(script, ...args) {
    return asked("POST", `${this.url}/execute/sync`, { script: `return (${script})(...arguments)`, args });
  }

  /** The first that is seen of what a selector finds, having this text where one is given. */
  async find(selector, text) {
    const what = `${selector}${text ? ` “${text}”` : ""}`;
    const find = `(selector, text) => [...document.querySelectorAll(selector)].find((element) => element.checkVisibility() && (!text || element.textContent.trim() === text || element.getAttribute("aria-label") === text)) ?? null`;
    const element = await eventually(what, () => this.run(find, selector, text ?? null));
    return element[ELEMENT];
  }

  async press(selector, text) {
    // A list that comes anew takes its rows away between finding and pressing.
    await eventually(`press ${selector}`, async () => (await asked("POST", `${this.url}/element/${await this.find(selector, text)}/click`, {}), true));
  }

  async type(selector, text) {
    const element = await this.find(selector);
    await asked("POST", `${this.url}/element/${element}/clear`, {});
    await asked("POST", `${this.url}/element/${element}/value`, { text });
  }

  /** Keys to whatever has the focus, one after the other. */
  async keys(...keys) {
    const actions = keys.flatMap((key) => [...key].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
    await asked("POST", `${this.url}/actions`, { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async chord(held, key) {
    const actions = [{ type: "keyDown", value: held }, { type: "keyDown", value: key }, { type: "keyUp", value: key }, { type: "keyUp", value: held }];
    await asked("POST", `${this.url}/actions`, { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  shows(text, patience) {
    return eventually(`“${text}” is shown`, () => this.run(`(text) => document.body.innerText.includes(text)`, text), patience);
  }

  hides(text) {
    return eventually(`“${text}” goes away`, () => this.run(`(text) => !document.body.innerText.includes(text)`, text));
  }

  go(path) {
    return this.run(`(path) => void (location.hash = path)`, path);
  }

  async picture(path) {
    await pause(400);
    writeFileSync(path, Buffer.from(await asked("GET", `${this.url}/screenshot`), "base64"));
  }
}
