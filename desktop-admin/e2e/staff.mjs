// Staff: added with a password that is told once, signed in with it, changed, disabled, let in again.
import assert from "node:assert/strict";
import { button, choose, dialog, go, panel, rows, said, signIn, stamp } from "./hands.mjs";

export async function staff({ page, picture, url, anew }) {
  const email = `kim.${stamp}@example.org`;
  const first = await added(page, picture, url, email);
  await works(anew, email, first);
  await changed(page, picture);
  const second = await newPassword(page, picture);
  await disabled(page, picture, anew, email, second);
  await ownPassword(anew, email, second, picture);
  await ownAccount(page, url);
}

async function added(page, picture, url, email) {
  await go(page, url, "/staff");
  await button(page, "Add staff").click();
  await button(panel(page), "Add staff").click();
  await panel(page).getByText("Fill this in.").waitFor();
  await panel(page).getByText("Choose at least one clinic.").waitFor();
  await picture("staff-add-empty");
  const name = panel(page).getByLabel("Name", { exact: true });
  const address = panel(page).getByLabel("Email", { exact: true });
  await name.fill("Kim Walker");
  await address.fill("kim at example");
  await panel(page).getByRole("radio", { name: /^Support admin/ }).check();
  await button(panel(page), "Add staff").click();
  assert.equal(await address.getAttribute("aria-invalid"), "true");
  await address.fill("super@mediconnect.example");
  await button(panel(page), "Add staff").click();
  await panel(page).getByText("Somebody has an account with this address already.").waitFor();
  assert.equal(await name.inputValue(), "Kim Walker", "what was typed stays");
  await picture("staff-add-taken");
  await address.fill(email);
  await button(panel(page), "Add staff").click();
  return told(page, picture, "staff-first-password");
}

/** The password in the dialog, copied as a person would copy it; the dialog stays until it is said to be passed on. */
async function told(page, picture, name) {
  const shown = page.locator("[data-first-password]");
  await shown.waitFor();
  const password = (await shown.textContent()).trim();
  assert.match(password, /^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  assert.ok(await shown.isVisible(), "it cannot be lost by a key");
  await picture(name);
  await button(dialog(page), "Copy password").click();
  await dialog(page).getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), password);
  await button(dialog(page), "I have it, close").click();
  await shown.waitFor({ state: "detached" });
  return password;
}

async function works(anew, email, password) {
  const other = await anew();
  await signIn(other, { email, password });
  assert.equal(await other.getByRole("link", { name: "Set-up" }).count(), 0, "support sees no set-up");
  await other.context().close();
}

async function changed(page, picture) {
  await said(page, "Kim Walker");
  await panel(page).getByRole("radio", { name: /^Clinic admin/ }).check();
  await panel(page).getByText("Choose at least one clinic.").waitFor();
  await choose(page, panel(page).getByRole("combobox", { name: "Clinics" }), "London");
  await page.keyboard.press("Escape");
  await picture("staff-change-role");
  await button(panel(page), "Change role").click();
  await said(page, "The role of Kim Walker was changed.");
}

async function newPassword(page, picture) {
  await button(panel(page), "Make a new password").click();
  await button(dialog(page), "Make a new password").click();
  return told(page, picture, "staff-new-password");
}

async function disabled(page, picture, anew, email, password) {
  await button(panel(page), "Disable").click();
  await button(dialog(page), "Disable").click();
  await dialog(page).getByText("Give a reason.").waitFor();
  await dialog(page).getByRole("textbox").fill("Left the clinic");
  await button(dialog(page), "Disable").click();
  await dialog(page).waitFor({ state: "detached" });
  await button(panel(page), "Enable").waitFor();
  await picture("staff-disabled");
  const other = await anew();
  await other.locator("input[type=email]").fill(email);
  await other.locator("input[type=password]").fill(password);
  await other.keyboard.press("Enter");
  await other.getByRole("alert").waitFor();
  assert.equal(await other.getByRole("navigation").count(), 0, "a disabled account does not come in");
  await picture("sign-in-disabled", other);
  await other.context().close();
  await button(panel(page), "Enable").click();
  await dialog(page).getByRole("textbox").fill("Came back");
  await button(dialog(page), "Enable").click();
  await button(panel(page), "Disable").waitFor();
}

/** The first thing a new colleague does: a password of their own. */
async function ownPassword(anew, email, password, picture) {
  const other = await anew();
  await signIn(other, { email, password });
  await other.getByRole("link", { name: "Settings" }).click();
  const [current, next] = [other.getByLabel("Current password"), other.getByLabel("New password")];
  await current.fill("not-what-it-is");
  await next.fill("short");
  await button(other, "Change password").click();
  await said(other, "Use at least 10 characters.");
  await next.fill("three-quiet-otters");
  await button(other, "Change password").click();
  await said(other, "This is not your current password.");
  await picture("settings-password-wrong", other);
  await current.fill(password);
  await button(other, "Change password").click();
  await said(other, "Your password is changed.");
  await other.getByRole("button", { name: "Sign out" }).first().click();
  await signIn(other, { email, password: "three-quiet-otters" });
  await other.context().close();
}

async function ownAccount(page, url) {
  await go(page, url, "/staff?role=super_admin");
  await rows(page).first().click();
  await panel(page).getByText("Somebody else must change it.").waitFor();
  assert.equal(await panel(page).getByRole("button", { name: "Disable" }).count(), 0);
}
