// The way through all screens, in every round; in one of them what staff decide is decided.
import assert from "node:assert/strict";
import { go as goTo, panel, rows } from "./hands.mjs";

export async function steps({ page, picture, url, sign, writes }) {
  await page.goto(url);
  await picture("sign-in");
  await signIn(page, sign, picture);
  const go = (path) => goTo(page, url, path);
  await picture("overview");
  await palette(page, picture);
  await table(page, go, picture, "/visits", "visit");
  // The same file in every round, and thousands of rows: once is enough.
  if (writes) await exported(page);
  await go("/requests");
  await opened(page, picture, "request");
  await go("/doctors");
  await picture("doctors-queue");
  await opened(page, picture, "doctor");
  await go("/doctors?view=all");
  await picture("doctors-all");
  await go("/patients");
  await opened(page, picture, "patient");
  await deskByKeyboard(page, go, picture, writes);
  if (writes) await decisions(page, go, picture);
  await go("/set-up");
  await opened(page, picture, "clinic");
  await go("/set-up?view=specialties");
  await picture("specialties");
  await go("/set-up?view=visit-types&open=new");
  await picture("visit-type-new");
  await go("/staff");
  await opened(page, picture, "account");
  await go("/staff?add=1");
  await picture("staff-add");
  await audit(page, go, picture);
  await go("/settings");
  await picture("settings");
  await go("/visits?text=nobody-is-called-this");
  await rows(page).first().waitFor({ state: "detached" });
  await picture("visits-empty");
}

async function signIn(page, { email, password }, picture) {
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill("certainly-wrong-1");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await picture("sign-in-wrong");
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
  await page.locator("figure svg").first().waitFor({ state: "attached" });
}

/** What this walk itself has left there: the password that was wrong at its beginning, and what it looked at. */
async function audit(page, go, picture) {
  await go("/audit?area=auth&outcome=refused");
  await opened(page, picture, "audit-line");
  await go("/audit?area=read");
  await rows(page).first().waitFor();
  await page.locator("[data-check-audit]").click();
  await page.getByRole("status").filter({ hasText: /\d/ }).first().waitFor();
  await picture("audit-whole");
}

async function palette(page, picture) {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("ma");
  await page.waitForTimeout(500);
  await picture("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function table(page, go, picture, path, name) {
  await go(path);
  await rows(page).first().waitFor();
  await picture(`${name}s`);
  await keys(page, picture, name);
}

/** Slash, arrows, Enter and Escape, and where the focus is after each. */
async function keys(page, picture, name) {
  await page.locator("h1").click();
  await page.keyboard.press("/");
  assert.ok(await page.evaluate(() => document.activeElement.hasAttribute("data-table-search")), "slash goes to the search");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await rows(page).nth(1).getAttribute("data-row");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.row), second, "arrows move between rows");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "panel-title", "the panel takes the focus");
  assert.ok(page.url().includes(`open=${second}`), "what is open is in the address");
  await picture(`${name}-open`);
  await page.keyboard.press("Escape");
  await page.getByRole("complementary").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.row), second, "the focus goes back to the row");
}

async function exported(page) {
  // Thousands of rows, a hundred at a time.
  const download = page.waitForEvent("download", { timeout: 60_000 });
  await page.getByRole("button", { name: /CSV/ }).click();
  assert.match((await download).suggestedFilename(), /^visits-\d{4}-\d{2}-\d{2}\.csv$/);
}

async function opened(page, picture, name) {
  await rows(page).first().waitFor();
  await picture(`${name}s`);
  await rows(page).first().click();
  await page.getByRole("complementary").waitFor();
  await page.waitForTimeout(300);
  await picture(`${name}-open`);
}

/** What staff decide: a doctor verified, one rejected, a visit cancelled, a request assigned; each seen to have happened. */
async function decisions(page, go, picture) {
  await go("/doctors");
  await rows(page).first().waitFor();
  const waiting = await rows(page).count();
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Verify" }).click();
  await panel(page).getByText("Verified").first().waitFor();
  await picture("doctor-verified");
  await page.keyboard.press("Escape");
  await page.waitForFunction((before) => document.querySelectorAll("tr[data-row]").length === before - 1, waiting);
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await dialog.getByText("Give a reason.").waitFor();
  await dialog.getByRole("textbox").fill("The license number is not in the register.");
  await picture("doctor-reject");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await dialog.waitFor({ state: "detached" });
  await panel(page).getByText("Rejected").first().waitFor();

  await go("/visits?state=booked&sort=start");
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Cancel visit" }).click();
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: "The doctor is away" }).click();
  await picture("visit-cancel");
  await dialog.getByRole("button", { name: "Cancel visit" }).click();
  await dialog.waitFor({ state: "detached" });
  await panel(page).getByText("Cancelled").first().waitFor();
  await picture("visit-cancelled");

  await go("/requests?state=new");
  await rows(page).first().click();
  await panel(page).getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await panel(page).getByRole("button", { name: "Assign" }).click();
  await panel(page).getByText("Assigned").first().waitFor();
  await panel(page).getByRole("button", { name: "Offer a time" }).click();
  await page.locator("[data-time]").first().waitFor();
  await picture("request-offer");
}

/** Register, choose a time and book, with the keyboard alone. */
async function deskByKeyboard(page, go, picture, writes) {
  await go("/front-desk");
  await page.locator("form input").first().focus();
  await page.keyboard.type("ma");
  await page.waitForTimeout(600);
  await picture("front-desk-finding");
  if (!writes) return;
  const name = `Walker ${Date.now().toString(36)}`;
  await page.keyboard.press("Control+a");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type("01021980");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name }).waitFor();
  // The doctor's field has the focus: open it, take the first.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("[data-time]").first().waitFor();
  await picture("front-desk-times");
  await page.locator("[data-time]").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  // A time that was just taken is refused with others to choose from; the next one is as good.
  const other = page.locator(".failure button").first();
  const free = page.locator("form input").first();
  await Promise.race([other.waitFor(), free.waitFor()]);
  if (await other.isVisible()) {
    await picture("front-desk-refused");
    await other.press("Enter");
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    await free.waitFor();
  }
  await picture("front-desk-booked");
}
