// Walks every screen of the admin app as a person would, takes pictures, and lets axe look at each.
//
//   node e2e/walk.mjs [part …]   the parts are below; without any, all of them
//
//   MEDICONNECT_SERVER    a server with the demo clinic; without it one is started, see demo.mjs
//   MEDICONNECT_EMAIL, MEDICONNECT_PASSWORD   a super admin of that server
//   MEDICONNECT_PICTURES  where the pictures go (default target/screens/admin)
//   MEDICONNECT_CHROMIUM  the browser (default /usr/bin/chromium)
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { cableTo } from "./cable.mjs";
import { demoServer, person } from "./demo.mjs";
import { decided, desk } from "./desk.mjs";
import { serveFront } from "./front.mjs";
import { signIn } from "./hands.mjs";
import { keyboard } from "./keyboard.mjs";
import { outage } from "./outage.mjs";
import { roles } from "./roles.mjs";
import { security } from "./security.mjs";
import { setUp } from "./set-up.mjs";
import { staff } from "./staff.mjs";
import { steps } from "./steps.mjs";

const LIGHT = { round: "light", width: 1280, height: 800, theme: "light", language: "en", textSize: "normal" };
const STRICT = { MEDICONNECT_STAFF_WITHOUT_SECOND_FACTOR: "false", MEDICONNECT_PROOF_COUNTS_S: "2" };
const inside = (walk) => async (way) => {
  await way.page.goto(way.url);
  await signIn(way.page, way.sign);
  await walk(way);
};
// Those that only look come first: the others use up the doctors who wait to be verified.
const PARTS = {
  dark: { ...LIGHT, round: "dark", theme: "dark", width: 1024, height: 700, walk: steps },
  large: { ...LIGHT, round: "large", textSize: "larger", walk: steps },
  hindi: { ...LIGHT, round: "hi", language: "hi", walk: steps },
  light: { ...LIGHT, walk: steps, writes: true },
  keyboard: { ...LIGHT, writes: true, walk: async (way) => (await way.page.goto(way.url), keyboard(way)) },
  "set-up": { ...LIGHT, walk: inside(setUp) },
  staff: { ...LIGHT, walk: inside(staff) },
  decided: { ...LIGHT, walk: inside(decided) },
  desk: { ...LIGHT, walk: inside(desk) },
  roles: { ...LIGHT, walk: roles },
  // On a server of its own, as strict as a real one.
  security: { ...LIGHT, walk: security, server: STRICT },
  "security-dark": { ...LIGHT, round: "dark", theme: "dark", walk: security, server: STRICT },
  "security-large": { ...LIGHT, round: "large", textSize: "larger", walk: security, server: STRICT },
  // Broken ways to the server are said on the console too.
  outage: { ...LIGHT, walk: inside(outage), quiet: true },
};

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const pictures = process.env.MEDICONNECT_PICTURES ?? fileURLToPath(new URL("../../target/screens/admin", import.meta.url));
const faults = [];

async function faultsOf(page, name) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  // Only what is wrong is worked out in detail: to name each place where all is well takes three times as long.
  const look = { runOnly: RULES, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((look) => window.axe.run(document, look), look);
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(" | ")}`);
}

/** A refused sign-in or a refused command is an answer; the browser says it on the console all the same. */
const EXPECTED = /the server responded with a status of 4(00|01|03|09|22)/;

async function opened(browser, name, { theme, language, textSize, width, height, quiet }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce", acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  await context.addInitScript((chosen) => Object.entries(chosen).forEach(([key, value]) => localStorage.setItem(`admin.${key}`, JSON.stringify(value))), { language, "text-size": textSize });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => faults.push(`${name}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !quiet && !EXPECTED.test(message.text()) && faults.push(`${name}: ${message.text()}`));
  return page;
}

async function walked(browser, front, cable, name) {
  const part = PARTS[name];
  const page = await opened(browser, name, part);
  const picture = async (title, of = page) => {
    // Away from everything that answers to hovering.
    await of.mouse.move(640, 2);
    await of.waitForTimeout(250);
    await of.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
    await of.screenshot({ path: `${pictures}/${title}-${part.round}.png` });
    faults.push(...(await faultsOf(of, `${title} (${part.round})`)));
  };
  const anew = async () => {
    const other = await opened(browser, name, part);
    await other.goto(front.url);
    return other;
  };
  const sign = { ...person("super"), ...(process.env.MEDICONNECT_EMAIL && { email: process.env.MEDICONNECT_EMAIL }) };
  try {
    await part.walk({ page, picture, anew, cable, url: front.url, sign, writes: part.writes, server: front.url });
  } catch (error) {
    await page.screenshot({ path: `${pictures}/stopped-${name}.png` });
    throw error;
  } finally {
    await page.context().close();
  }
}

/** On a server with settings of its own. */
async function walkedApart(browser, name) {
  const server = await demoServer(PARTS[name].server);
  const cable = await cableTo(server.url);
  const front = await serveFront(cable.url);
  try {
    await walked(browser, front, cable, name);
  } finally {
    await front.stop();
    cable.stop();
    await server.stop();
  }
}

mkdirSync(pictures, { recursive: true });
const server = await demoServer();
const cable = await cableTo(server.url);
const front = await serveFront(cable.url);
const browser = await chromium.launch({ executablePath: process.env.MEDICONNECT_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
for (const name of wanted) {
  const begun = Date.now();
  try {
    await (PARTS[name].server ? walkedApart(browser, name) : walked(browser, front, cable, name));
    console.log(`  ${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
  } catch (error) {
    faults.push(`${name}: ${error.stack ?? error}`);
  }
}
await browser.close();
await front.stop();
cable.stop();
await server.stop();
for (const fault of new Set(faults)) console.error(`✕ ${fault}`);
process.exit(faults.length > 0 ? 1 : 0);
