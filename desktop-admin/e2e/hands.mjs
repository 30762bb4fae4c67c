// What a person does again and again in a walk.
import assert from "node:assert/strict";

export const rows = (page) => page.locator("tr[data-row]");
export const panel = (page) => page.getByRole("complementary");
export const dialog = (page) => page.getByRole("dialog");
export const button = (within, name) => within.getByRole("button", { name, exact: true });

/** Goes to an address as somebody would who typed it. */
export async function go(page, url, path) {
  await page.goto(`${url}/#${path}`);
  // The app draws the new place in its next breath; the network itself is never idle beside a live stream.
  await page.waitForTimeout(400);
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

export async function signIn(page, { email, password }) {
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
}

/** Presses Tab until the focus is on what has this name: what no Tab reaches is out of reach without a mouse. */
export async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses += 1) {
    const said = await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent?.trim());
    if (said === name) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not come to “${name}”`);
}

export const openFirst = async (page) => {
  await rows(page).first().click();
  await panel(page).waitFor();
};

/** Chooses from a list that opens on pressing its field. */
export async function choose(page, field, option) {
  await field.click();
  const options = page.getByRole("option").filter({ visible: true });
  await (option ? options.filter({ hasText: option }).first() : options.first()).click();
}

/** What the table says when the last of it has come. */
export const settled = (page) => page.locator("table[role=grid][aria-busy=false]").waitFor();

export const said = (page, text) => page.getByText(text).first().waitFor();

/** Something that tells this run's rows from those of the runs before. */
export const stamp = Date.now().toString(36).slice(-5);
