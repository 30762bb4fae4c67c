// A phone's browser for the served apps: starts a host, opens Chromium with a phone's screen, and finds what no
// screen may have.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const programs = process.env.MEDICONNECT_PROGRAMS ?? path.resolve("../target/debug");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Nothing but the page: no proxy, no updates, no look-ups.
export const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Where the pictures of one family of screens go. */
export function pictures(family) {
  return path.join(process.env.MEDICONNECT_SCREENS ?? path.resolve("../target/screens"), family);
}

/** Starts the host with these arguments; `address` is where it serves, `stop` ends it. */
export async function serve(face, environment = {}) {
  const host = spawn(path.join(programs, "mediconnect-e2e"), [face].flat(), {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  for await (const line of createInterface({ input: host.stdout })) {
    if (line.startsWith("http://")) return { address: line, stop: () => host.kill() };
  }
  throw new Error(`${face} did not start`);
}

/** A browser with a profile of its own, and a list of the errors its pages had. */
export async function openPhone(options = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "mediconnect-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.MEDICONNECT_CHROMIUM ?? "/usr/bin/chromium",
    args: quiet,
    reducedMotion: "reduce",
    ...phone,
    ...options,
  });
  const errors = [];
  context.on("weberror", (error) => errors.push(error.error().message));
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, errors, close };
}

/** Makes the screen as high as the page, so that what sticks to the bottom edge is photographed there. */
export async function tall(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...phone.viewport, height: Math.max(height, phone.viewport.height) });
}

/** What axe finds, what is wider than the screen, and what is too small for a finger. */
export async function faults(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    // What is still fading in has other colours than it will have. Endless ones, such as a spinner's, are looked at as they are.
    const ending = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
    // Only what is wrong is worked out in detail: to name each place where all is well takes three times as long.
    const look = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const { violations } = await globalThis.axe.run(document, look);
    // What the calendar shows to scale can be reached by its zoom, by arrow keys and in the list of the day.
    const toScale = (id, target) => id === "target-size" && document.querySelector(target)?.closest(".week-grid");
    const found = violations.flatMap(({ id, nodes }) => nodes.filter(({ target }) => !toScale(id, target[0])).map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} px wider than the screen`);
    // A box to tick is pressed by its whole row; the calendar to scale has buttons of its zoom and keyboard beside it.
    const small = ({ width, height }) => width > 0 && Math.min(width, height) < 43.5;
    const controls = ".app button, .app a.button, .app select, .app input:not([type=radio]):not([type=checkbox])";
    for (const control of document.querySelectorAll(controls)) {
      const box = control.getBoundingClientRect();
      if (small(box) && !control.closest(".week-grid")) {
        found.push(`${control.className} is ${Math.round(box.width)} by ${Math.round(box.height)} px`);
      }
    }
    return found;
  });
}
