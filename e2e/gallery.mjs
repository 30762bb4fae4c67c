// Photographs every page of the gallery on a phone's screen, in light, dark, large text and Hindi, and lets axe look
// at each. Pictures go to $MEDICONNECT_SCREENS/gallery.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const programs = process.env.MEDICONNECT_PROGRAMS ?? path.resolve("../target/debug");
const pictures = path.join(process.env.MEDICONNECT_SCREENS ?? path.resolve("../target/screens"), "gallery");
const only = process.argv[2];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks = [
  { name: "light", theme: "light", size: "normal", language: "en" },
  { name: "dark", theme: "dark", size: "normal", language: "en" },
  { name: "large", theme: "light", size: "largest", language: "en" },
  { name: "hindi", theme: "light", size: "normal", language: "hi" },
  { name: "rtl", theme: "light", size: "normal", language: "ar" },
];

async function serve() {
  const host = spawn(path.join(programs, "mediconnect-e2e"), ["serve-gallery"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: host.stdout })) {
    if (line.startsWith("http://")) return { host, address: line };
  }
  throw new Error("the gallery did not start");
}

async function choose(page, control, value) {
  const select = page.locator(`#gallery-${control}`);
  await select.selectOption(value);
}

async function show(page, address, look, name) {
  await page.setViewportSize(phone.viewport);
  await page.goto(address);
  await page.locator("details > summary", { hasText: "Gallery" }).click();
  await choose(page, "theme", look.theme);
  await choose(page, "text-size", look.size);
  await choose(page, "language", look.language);
  await choose(page, "page", name);
  await page.waitForFunction(([theme, language, name]) => {
    const root = document.documentElement;
    const shown = document.getElementById("gallery")?.dataset.page;
    return root.dataset.theme === theme && root.lang === language && shown === name;
  }, [look.theme, look.language, name]);
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((element) => element.remove());
    window.scrollTo(0, 0);
    return document.fonts.ready;
  });
}

/** As high as the page, so that what sticks to the bottom edge is photographed there. */
async function tall(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...phone.viewport, height: Math.max(height, phone.viewport.height) });
}

/** What axe finds, and what is wider than the screen or too small for a finger. */
async function faults(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { rules: { "target-size": { enabled: true } } });
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} px wider than the screen`);
    for (const control of document.querySelectorAll(".app button, .app a[href], .app select, .app input:not([type=radio]):not([type=checkbox])")) {
      const { width, height } = control.getBoundingClientRect();
      const small = Math.min(width, height) < 43.5 && !control.closest(".week-grid");
      if (small && width > 0) found.push(`${control.className} is ${Math.round(width)} by ${Math.round(height)} px`);
    }
    return found;
  });
}

const profile = await mkdtemp(path.join(tmpdir(), "mediconnect-gallery-"));
await mkdir(pictures, { recursive: true });
const { host, address } = await serve();
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.MEDICONNECT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
  reducedMotion: "reduce",
  ...phone,
});
let checked = 0;
let failed = 0;
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => { failed += 1; console.error(`error in the page: ${error.message}`); });
  await page.goto(address);
  const names = await page.locator("#gallery-page option").evaluateAll((options) => options.map((option) => option.value));
  for (const look of looks) {
    for (const name of names.filter((name) => !only || name === only)) {
      await show(page, address, look, name);
      await tall(page);
      await page.screenshot({ path: path.join(pictures, `${name}-${look.name}.png`), fullPage: true });
      const found = await faults(page);
      checked += 1;
      if (found.length > 0) failed += 1;
      for (const fault of found) console.error(`${name}, ${look.name}: ${fault}`);
    }
  }
} finally {
  await browser.close();
  host.kill();
  await rm(profile, { recursive: true, force: true });
}
console.log(`${checked - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
