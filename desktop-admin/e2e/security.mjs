// How accounts are protected: the second step that staff are made to set up, the proof before what is grave, tokens for
// programs, and the help for a doctor who lost phone and codes. On a server that demands a second factor.
import assert from "node:assert/strict";
import { Authenticator } from "../../e2e/account.mjs";
import { button, dialog, go, panel, rows, said, stamp } from "./hands.mjs";

export async function security({ page, picture, url, sign, anew, server }) {
  const { app, codes } = await madeToSetUp(page, picture, url, sign);
  await secondStep(anew, picture, sign, app);
  await tokens(page, picture, url, codes, server);
  const anewCodes = await recoveryCodes(page, picture, url, codes);
  await helped(page, picture, url, anewCodes);
  await graveAsks(page, picture, url, anewCodes);
}

const field = (within, name) => within.getByLabel(name, { exact: true });

async function typed(page, { email, password }) {
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
}

/** Answers the dialog that asks who sits there, if it comes before `reached`: with a recovery code, of which there is always one. */
async function proven(page, codes, reached) {
  const proof = page.getByRole("dialog", { name: "Is it you?" });
  await proof.or(reached).first().waitFor();
  if (!(await proof.isVisible())) return;
  await button(proof, "Use a recovery code").click();
  await field(proof, "Recovery code").fill(codes.pop());
  await button(proof, "Continue").click();
  await proof.waitFor({ state: "detached" });
}

async function savedCodes(page, picture, name) {
  await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
  const codes = await page.locator("[data-recovery-code]").allInnerTexts();
  assert.equal(codes.length, 10);
  await page.keyboard.press("Escape");
  assert.ok(await dialog(page).isVisible(), "they cannot be lost by a key");
  await picture(name);
  await page.getByLabel("I have saved them").check();
  await button(dialog(page), "Done").click();
  return codes;
}

async function madeToSetUp(page, picture, url, sign) {
  await page.goto(url);
  await typed(page, sign);
  await page.getByRole("heading", { name: "Set up a second step first" }).waitFor();
  assert.equal(await page.getByRole("navigation").count(), 0, "nothing of the clinic is shown");
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
  const app = new Authenticator(await page.locator("[data-secret]").innerText());
  await field(page, "Code of the authenticator app").fill(app.old());
  await button(page, "Turn on").click();
  await said(page, "This code is not right");
  await picture("second-factor-first");
  await field(page, "Code of the authenticator app").fill(await app.code());
  await button(page, "Turn on").click();
  const codes = await savedCodes(page, picture, "second-factor-codes");
  await page.getByRole("navigation").waitFor();
  return { app, codes };
}

async function secondStep(anew, picture, sign, app) {
  const other = await anew();
  await typed(other, sign);
  await other.getByRole("heading", { name: "One more step" }).waitFor();
  await field(other, "Code of the authenticator app").fill(app.old());
  await button(other, "Sign in").click();
  await said(other, "This code is not right");
  assert.equal(await field(other, "Code of the authenticator app").inputValue(), app.old(), "what was typed stays");
  await picture("second-step-wrong", other);
  await field(other, "Code of the authenticator app").fill(await app.code());
  await button(other, "Sign in").click();
  await other.getByRole("navigation").waitFor();
  await other.context().close();
}

async function tokens(page, picture, url, codes, server) {
  await go(page, url, "/settings");
  await said(page, "10 recovery codes are left");
  await said(page, "This clinic wants it of all staff");
  await button(page, "Make a token").scrollIntoViewIfNeeded();
  await picture("settings-security");
  await button(page, "Make a token").click();
  await button(dialog(page), "Make a token").click();
  await dialog(page).getByText("Choose at least one.").waitFor();
  await field(dialog(page), "Name").fill(`Report ${stamp}`);
  await dialog(page).getByRole("checkbox", { name: "Read in the admin app" }).check();
  await picture("token-make");
  await button(dialog(page), "Make a token").click();
  const shown = page.locator("[data-token]");
  await proven(page, codes, shown);
  await shown.waitFor();
  const token = (await shown.textContent()).trim();
  await picture("token-made");
  const asked = (path, init = {}) => fetch(server + path, { ...init, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });
  assert.equal((await asked("/v1/admin/doctors?limit=1")).status, 200);
  assert.equal((await asked("/v1/auth/security")).status, 403, "how the account is protected is out of its reach");
  await button(dialog(page), "I have it, close").click();
  const end = page.getByRole("button", { name: `End: Report ${stamp}` });
  await end.click();
  await button(dialog(page), "End").click();
  await end.waitFor({ state: "detached" });
  assert.equal((await asked("/v1/admin/doctors?limit=1")).status, 401);
}

async function recoveryCodes(page, picture, url, codes) {
  await go(page, url, "/settings");
  await button(page, "New recovery codes").click();
  await button(dialog(page), "New recovery codes").click();
  await proven(page, codes, page.getByRole("heading", { name: "Recovery codes", exact: true }));
  return savedCodes(page, picture, "recovery-codes-new");
}

/** A doctor of the demo has no second factor, so it is said that there is nothing to take away; the words are what counts here. */
async function helped(page, picture, url, codes) {
  await go(page, url, "/doctors?view=all&standing=verified");
  await rows(page).first().click();
  await button(panel(page), "Reset the second step").click();
  const question = page.getByRole("dialog", { name: /^Reset the second step of/ });
  await button(question, "Reset the second step").click();
  await said(page, "Choose");
  await question.getByRole("combobox").click();
  await page.getByRole("option", { name: "They are here, with a document" }).click();
  await picture("reset-factor");
  await button(question, "Reset the second step").click();
  const none = question.getByText("has no second step");
  await proven(page, codes, none);
  await none.waitFor();
  await picture("reset-factor-none");
  await button(question, "Cancel").click();
}

/** Suspending a doctor asks who sits there when the last proof is old: this server forgets them quickly. */
async function graveAsks(page, picture, url, codes) {
  await go(page, url, "/doctors?view=all&standing=verified");
  await rows(page).first().click();
  await page.waitForTimeout(2_100);
  await button(panel(page), "Suspend").click();
  const asked = page.getByRole("dialog", { name: /^Suspend/ });
  await asked.getByRole("textbox").fill("The license ran out.");
  await button(asked, "Suspend").click();
  const proof = page.getByRole("dialog", { name: "Is it you?" });
  await field(proof, "Code of the authenticator app").fill("000000");
  await button(proof, "Continue").click();
  await proof.getByText("This code is not right").waitFor();
  await picture("proof");
  await button(proof, "Cancel").click();
  await asked.getByText("It was not done").waitFor();
  await button(asked, "Suspend").click();
  await proven(page, codes, proof);
  await asked.waitFor({ state: "detached" });
  await panel(page).getByText("Suspended").first().waitFor();
}
