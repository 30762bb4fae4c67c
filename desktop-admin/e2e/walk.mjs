// Walks every screen of the admin app as a person would, takes pictures in light and dark, and lets axe look at each.
//
//   MEDICONNECT_SERVER    the server's address; without it a made-up one answers
//   MEDICONNECT_EMAIL, MEDICONNECT_PASSWORD   a super admin of that server
//   MEDICONNECT_PICTURES  where the pictures go (default target/screens/admin)
//   MEDICONNECT_CHROMIUM  the browser (default /usr/bin/chromium)
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFront } from "./front.mjs";
import { startMemoryServer } from "./memory-server.mjs";
import { steps } from "./steps.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.MEDICONNECT_PICTURES ?? fileURLToPath(new URL("../../target/screens/admin", import.meta.url));
const memory = process.env.MEDICONNECT_SERVER ? null : await startMemoryServer();
const sign = memory ? { email: "super@example.org", password: "memory-password" } : { email: process.env.MEDICONNECT_EMAIL, password: process.env.MEDICONNECT_PASSWORD };
const front = await serveFront(process.env.MEDICONNECT_SERVER ?? memory.url);
const browser = await chromium.launch({ executablePath: process.env.MEDICONNECT_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const faults = [];

async function faultsOf(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(" | ")}`);
}

async function walk({ theme, language }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce", acceptDownloads: true });
  await context.addInitScript((language) => localStorage.setItem("admin.language", JSON.stringify(language)), language);
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on("pageerror", (error) => faults.push(`${theme}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("401") && faults.push(`${theme}: ${message.text()}`));
  const picture = async (name) => {
    // Away from everything that answers to hovering.
    await page.mouse.move(720, 3);
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${pictures}/${name}-${language === "en" ? theme : language}.png` });
    faults.push(...(await faultsOf(page, `${name} (${theme})`)));
    console.log(`  ${name}`);
  };
  await steps({ page, picture, url: front.url, sign, isReal: !memory, writes: theme === "light" && language === "en" });
  await context.close();
}

mkdirSync(pictures, { recursive: true });
const only = process.argv.slice(2);
const rounds = [{ theme: "light", language: "en" }, { theme: "dark", language: "en" }, { theme: "light", language: "hi" }];
try {
  for (const round of rounds.filter(({ theme, language }) => only.length === 0 || only.includes(language === "en" ? theme : language))) {
    console.log(`${round.theme}, ${round.language}`);
    await walk(round);
  }
} catch (error) {
  faults.push(String(error.stack ?? error));
} finally {
  await browser.close();
  await front.stop();
  memory?.stop();
}
for (const fault of [...new Set(faults)]) console.error(`✕ ${fault}`);
process.exit(faults.length > 0 ? 1 : 0);
