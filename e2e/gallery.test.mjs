// How the components behave, by keyboard, by touch and for a screen reader.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { faults, openPhone, pictures, serve } from "./browser.mjs";

const folder = pictures("gallery");

let host;
let browser;
let page;

before(async () => {
  await mkdir(folder, { recursive: true });
  host = await serve("serve-gallery");
  browser = await openPhone();
  page = await browser.context.newPage();
  page.setDefaultTimeout(5000);
});

after(async () => {
  await browser.close();
  host.stop();
});

async function open(name) {
  await page.goto(host.address);
  await page.locator("#gallery-controls > summary").click();
  await page.locator("#gallery-page").selectOption(name);
  await page.locator(`#gallery[data-page=${name}]`).waitFor();
}

/** Waits until `read` in the page gives `wanted`: events travel to the app and back. */
async function becomes(read, wanted) {
  await page.waitForFunction(([read, wanted]) => new Function(`return ${read}`)() === wanted, [read, wanted]);
}

const focused = "document.activeElement?.textContent?.trim()";

test("a sheet opened by the keyboard keeps the focus, closes with Escape and gives the focus back", async () => {
  await open("controls");
  await page.getByRole("button", { name: "Open sheet" }).press("Enter");
  const sheet = page.getByRole("dialog", { name: "Distance" });
  await sheet.waitFor();
  for (let tab = 0; tab < 12; tab += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() =>
      document.activeElement !== document.body && !document.querySelector("dialog[open]").contains(document.activeElement));
    assert.equal(outside, false, `after ${tab + 1} tabs the focus left the sheet`);
  }
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await becomes(focused, "Open sheet");
  await page.getByRole("button", { name: "Open sheet" }).press("Enter");
  await sheet.waitFor();
});

test("a tap beside a sheet closes it, a tap inside does not", async () => {
  await open("controls");
  await page.getByRole("button", { name: "Open sheet" }).click();
  const sheet = page.getByRole("dialog", { name: "Distance" });
  await sheet.getByRole("heading", { name: "Distance" }).click();
  await sheet.getByText("Anywhere").click();
  assert.equal(await sheet.isVisible(), true);
  await page.touchscreen.tap(195, 20);
  await sheet.waitFor({ state: "hidden" });
});

test("a dialog asks, and its answer closes it", async () => {
  await open("controls");
  await page.getByRole("button", { name: "Cancel visit" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Cancel this visit?" });
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "hidden" });
});

test("a message appears in the region screen readers listen to and can be dismissed", async () => {
  await open("controls");
  await page.getByRole("button", { name: "Book", exact: true }).click();
  const region = page.locator("[aria-live=polite]");
  await region.getByText("Dr Asha Rao will see you").waitFor();
  await region.getByRole("button", { name: "Dismiss message" }).click();
  await region.getByText("Dr Asha Rao will see you").waitFor({ state: "detached" });
});

test("arrow keys move between the choices of a segmented control", async () => {
  await open("controls");
  await page.getByRole("radio", { name: "Day" }).focus();
  await page.keyboard.press("ArrowRight");
  await becomes("document.activeElement?.value", "week");
  assert.equal(await page.getByRole("radio", { name: "Week" }).isChecked(), true);
});

test("a switch tells its state and changes it with the space bar", async () => {
  await open("controls");
  const control = page.getByRole("switch", { name: "Tell me if something earlier opens" });
  assert.equal(await control.getAttribute("aria-checked"), "true");
  await control.press("Space");
  await page.locator("[role=switch][aria-checked=false]").waitFor();
});

test("a form that cannot be sent says what to mend, takes the focus there and leads to each field", async () => {
  await open("settings");
  await page.getByRole("button", { name: "Sign in" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "2 things need your attention" });
  await summary.waitFor();
  await becomes("document.activeElement?.getAttribute('role')", "alert");
  await summary.getByRole("button", { name: "Enter your password." }).click();
  await becomes("document.activeElement?.id", "sign-in-password");
  const described = await page.locator("#sign-in-password").getAttribute("aria-describedby");
  assert.equal(await page.locator(`#${described}`).textContent(), "Enter your password.");
  await page.locator("#sign-in-email").fill("ravi@example.org");
  await page.getByRole("alert").filter({ hasText: "One thing needs your attention" }).waitFor();
  await becomes("document.activeElement?.id", "sign-in-email");
  await page.locator("#sign-in-email").press("Enter");
  await becomes("document.activeElement?.getAttribute('role')", "alert");
});

test("Enter in a field sends the form without leaving the page", async () => {
  await open("settings");
  await page.locator("#sign-in-email").fill("ravi");
  await page.locator("#sign-in-email").press("Enter");
  await page.getByRole("alert").filter({ hasText: "2 things need your attention" }).waitFor();
  assert.equal(new URL(page.url()).search, "");
});

test("a password can be looked at", async () => {
  await open("settings");
  await page.locator("#sign-in-password").fill("correct horse");
  await page.getByRole("button", { name: "Show password" }).click();
  await page.locator("#sign-in-password[type=text]").waitFor();
  await page.getByRole("button", { name: "Hide password" }).click();
  await page.locator("#sign-in-password[type=password]").waitFor();
  assert.equal(await page.locator("#sign-in-password").inputValue(), "correct horse");
});

test("a change of language, theme or text size applies at once and everywhere", async () => {
  await open("settings");
  await page.getByRole("radio", { name: "हिन्दी" }).first().check({ force: true });
  await page.getByRole("heading", { name: "रूप और भाषा" }).waitFor();
  await becomes("document.documentElement.lang", "hi");
  await page.getByRole("radio", { name: "गहरा" }).check({ force: true });
  await becomes("getComputedStyle(document.querySelector('.app')).backgroundColor", "rgb(12, 20, 19)");
  await page.getByRole("radio", { name: "सबसे बड़े" }).check({ force: true });
  await becomes("getComputedStyle(document.documentElement).fontSize", "32px");
});

test("a day and a time are chosen by name", async () => {
  await open("times");
  await page.getByRole("button", { name: "Wednesday 4 March 2026, 12 free times" }).click();
  await page.locator(".day-button[aria-pressed=true]", { hasText: "Wed" }).waitFor();
  await page.getByRole("group", { name: "Afternoon" }).getByRole("button", { name: "16:15" }).click();
  await page.locator(".time-button[aria-pressed=true]", { hasText: "16:15" }).waitFor();
  assert.equal(await page.locator(".time-button[aria-pressed=true]").count(), 1);
});

test("a time that is not free answers a tap", async () => {
  await open("times");
  await page.getByRole("button", { name: "09:30 Not free" }).click();
  await page.getByText("Somebody else has this time.").waitFor();
});

for (const [layer, button] of [["sheet", "Open sheet"], ["dialog", "Cancel visit"], ["toast", "Book"]]) {
  test(`an open ${layer} has no faults, in light and dark`, async () => {
    for (const theme of ["light", "dark"]) {
      await open("controls");
      await page.locator("#gallery-theme").selectOption(theme);
      await page.locator(`:root[data-theme=${theme}]`).waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.locator("dialog[open], .toast").waitFor();
      await page.screenshot({ path: path.join(folder, `${layer}-${theme}.png`) });
      assert.deepEqual(await faults(page), []);
    }
  });
}

test("nothing moves for those who asked for less motion", async () => {
  await open("states");
  const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === "running").length);
  assert.equal(moving, 0);
});

test("no page had an error", () => {
  assert.deepEqual(browser.errors, []);
});
