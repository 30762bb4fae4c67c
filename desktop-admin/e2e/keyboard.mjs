// The main ways with the keyboard alone: no step here touches the mouse.
import assert from "node:assert/strict";
import { panel, rows, tabTo } from "./hands.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

export async function keyboard({ page, picture, sign, writes }) {
  await entered(page, sign);
  await palette(page);
  await searched(page);
  if (writes) await verified(page, picture);
}

async function entered(page, { email, password }) {
  await page.locator("input[type=email]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.type), "email", "the first field has the focus");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
}

/** By the palette to a screen. */
async function to(page, screen) {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(screen);
  await page.locator("[data-palette] [data-selected]").filter({ hasText: new RegExp(screen, "i") }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function palette(page) {
  await to(page, "visits");
  await rows(page).first().waitFor();
  assert.match(page.url(), /#\/visits/);
  // Somebody is found from anywhere.
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("kapoor");
  const found = page.getByRole("dialog").getByRole("button").filter({ hasText: "Kapoor" }).first();
  await found.waitFor();
  const name = (await found.textContent()).split(/\d/)[0];
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.ok(name.includes(await panel(page).getByRole("heading", { level: 2 }).textContent()), `the panel is ${name}'s`);
}

async function searched(page) {
  await page.keyboard.press("Escape");
  await to(page, "visits");
  await rows(page).first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("kapoor");
  await page.waitForFunction(() => [...document.querySelectorAll("tr[data-row]")].length > 0 && [...document.querySelectorAll("tr[data-row]")].every((row) => row.textContent.includes("Kapoor")));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.equal(await focused(page), "panel-title");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  assert.equal(await focused(page), "TR", "the focus goes back to the row");
}

async function verified(page, picture) {
  await to(page, "doctors");
  await page.waitForURL(/#\/doctors/);
  await rows(page).first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  await tabTo(page, "Verify");
  await picture("keyboard-verify");
  await page.keyboard.press("Enter");
  await panel(page).getByText("Verified").first().waitFor();
}
