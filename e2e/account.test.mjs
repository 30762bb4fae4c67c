// A person protects their account in the phone apps and gets back into it: e-mail confirmed, an authenticator app, recovery
// codes, a forgotten password, a proof before what is grave.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Authenticator, Server } from "./account.mjs";
import { Device, PASSWORD, browser as launch, faults, looks, picture, stop } from "./patient-device.mjs";

const email = "anya@example.org";
const doctors = "nina@example.org";
const NEW_PASSWORD = "a lantern for the ferry";

let browser, server, phone, authenticator, codes;

before(async () => {
  [browser, server] = await Promise.all([launch(), Server.start()]);
  phone = await Device.start(browser, server.address, { name: "anya" });
});

after(async () => {
  await browser?.close();
  await stop();
  await server?.stop();
});

/** The screen as it is now is as it should be for everybody, and has its picture in each look. */
async function look(device, name, { family = "account", all = true } = {}) {
  const { page } = device;
  const found = [];
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const { name: look, theme, size } of all ? looks : looks.slice(0, 1)) {
    // As the settings would do it: the screen must not be left for them.
    await page.evaluate(([theme, size]) => {
      document.documentElement.dataset.theme = theme;
      document.documentElement.style.fontSize = size;
    }, [theme.toLowerCase(), size === "Largest" ? "200%" : ""]);
    found.push(...(await faults(page)).map((fault) => `${name}, ${look}: ${fault}`));
    await picture(page, look, `${family}-${name}`);
  }
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "system";
    document.documentElement.style.fontSize = "";
  });
  assert.deepEqual(found, []);
}

/** The device's page, whichever that is now: see `Device.goto`. */
const pageOf = (device) => new Proxy({}, {
  get: (_, name) => (typeof device.page[name] === "function" ? device.page[name].bind(device.page) : device.page[name]),
});

const field = (device, name) => device.page.getByLabel(name, { exact: true });

async function fillSignIn(device, who, password) {
  await device.goto("/sign-in");
  await field(device, "Email").fill(who);
  await field(device, "Password").fill(password);
  await device.press("Sign in");
}

async function signOut(device) {
  await device.goto("/settings");
  await device.press("Sign out and wipe this phone");
  await device.page.getByRole("alertdialog").getByRole("button", { name: "Sign out and wipe this phone" }).click();
  await device.button("Create account").waitFor();
}

/** Reads the key that is shown for the hand. */
async function connect(device) {
  const secret = await device.page.locator(".secret").first().innerText();
  return new Authenticator(secret);
}

async function shownCodes(device) {
  const shown = await device.page.locator(".secrets .secret").allInnerTexts();
  assert.equal(shown.length, 10);
  return shown;
}

test("a new address is to be confirmed, and a code of the e-mail does it", async () => {
  await phone.signUp("Anya Volkova", email);
  await phone.goto("/");
  await phone.heading("Confirm your email").waitFor();
  await look(phone, "home-unconfirmed");
  await phone.goto("/settings/security/authenticator");
  await phone.page.getByText("Confirm your email first.").waitFor();
  await look(phone, "authenticator-too-early", { all: false });
  await phone.goto("/");
  await phone.press("Confirm email");
  await look(phone, "confirm-ask", { all: false });
  await phone.press("Send me a code");
  const code = await server.mailedCode(email, 0);
  const typed = field(phone, "Code from the email");
  await typed.fill("0000 0000");
  await phone.press("Confirm email");
  await phone.page.getByText("This code is not right, or too old.").waitFor();
  assert.equal(await typed.inputValue(), "0000 0000", "what was typed stays");
  await look(phone, "confirm-wrong");
  await typed.fill(code);
  await phone.press("Confirm email");
  await phone.page.getByText("Your email is confirmed").first().waitFor();
  await phone.goto("/");
  await phone.heading("Confirm your email").waitFor({ state: "detached" });
});

test("an authenticator app is set up, and the recovery codes are shown until they are said to be saved", async () => {
  await phone.goto("/settings");
  await phone.press("Security");
  await phone.page.getByText("Confirmed", { exact: true }).waitFor();
  await look(phone, "security-off");
  await phone.press("Set up an authenticator app");
  await phone.page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
  authenticator = await connect(phone);
  const typed = field(phone, "Code of the authenticator app");
  await typed.fill(authenticator.old());
  await phone.press("Turn on");
  await phone.page.getByText("This is not the code the app shows now.").waitFor();
  await look(phone, "authenticator");
  await typed.fill(await authenticator.code());
  await phone.press("Turn on");
  await phone.heading("Recovery codes").waitFor();
  codes = await shownCodes(phone);
  await phone.press("Done");
  await phone.page.getByText("Save the codes and say so below.").waitFor();
  const [file] = await Promise.all([phone.page.waitForEvent("download"), phone.press("Save as a file")]);
  const text = await readFile(await file.path(), "utf8");
  assert.ok(codes.every((code) => text.includes(code)));
  await look(phone, "recovery-codes");
  await phone.page.getByLabel("I have saved them").check();
  await phone.press("Done");
  await phone.page.getByText("10 recovery codes are left").waitFor();
  await look(phone, "security-on");
});

test("on another phone a code is wanted, a wrong one can be mended, and a recovery code takes its place", async () => {
  const other = await Device.start(browser, server.address, { name: "other" });
  await fillSignIn(other, email, PASSWORD);
  await other.heading("One more step").waitFor();
  const typed = field(other, "Code of the authenticator app");
  await typed.fill(authenticator.old());
  await other.press("Sign in");
  await other.page.getByText("This code is not right.").waitFor();
  assert.equal(await typed.inputValue(), authenticator.old(), "what was typed stays");
  await look(other, "second-step");
  await other.press("Back");
  assert.equal(await field(other, "Email").inputValue(), email);
  assert.equal(await field(other, "Password").inputValue(), PASSWORD);
  await other.press("Sign in");
  await typed.fill(await authenticator.code());
  await other.press("Sign in");
  await other.heading(/Anya/).waitFor();
  await signOut(other);

  await fillSignIn(other, email, PASSWORD);
  await other.heading("One more step").waitFor();
  await other.press("Use a recovery code");
  await field(other, "Recovery code").fill(codes[0].toUpperCase());
  await other.press("Sign in");
  await other.heading(/Anya/).waitFor();
  await other.goto("/settings/security");
  await other.page.getByText("9 recovery codes are left").waitFor();
  await other.context.close();
});

test("after too many wrong codes the password is asked for again, with what was typed", async () => {
  const other = await Device.start(browser, server.address, { name: "guesser" });
  await fillSignIn(other, email, PASSWORD);
  await other.heading("One more step").waitFor();
  for (const code of ["000000", "111111", "222222", "333333", "444444"]) {
    await field(other, "Code of the authenticator app").fill(code);
    await other.button("Sign in").and(other.page.locator(':not([aria-busy="true"])')).click();
    await other.page.getByText(/This code is not right|Begin again with your password/).waitFor();
    await other.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  }
  await other.page.getByText("Begin again with your password.").waitFor();
  assert.equal(await field(other, "Email").inputValue(), email);
  await other.context.close();
});

test("without a connection each screen says plainly that it needs one", async () => {
  await phone.goto("/settings/security");
  await phone.page.getByText("10 recovery codes are left").or(phone.page.getByText("9 recovery codes are left")).waitFor();
  phone.offline();
  await phone.goto("/settings/security");
  await phone.page.getByText("There is no connection. For this you need to be online.").waitFor();
  await look(phone, "security-offline");
  await phone.goto("/settings/security/authenticator");
  await phone.page.getByText("There is no connection. For this you need to be online.").waitFor();
  phone.online();
  const lost = await Device.start(browser, server.address, { name: "lost-offline" });
  await lost.press("Sign in");
  await field(lost, "Email").fill(email);
  lost.offline();
  await lost.press("Forgot your password?");
  assert.equal(await field(lost, "Email").inputValue(), email, "the address comes along");
  await lost.press("Send me a code");
  await lost.page.getByText("There is no connection. For this you need to be online.").waitFor();
  await lost.context.close();
});

test("a forgotten password is set anew by the code of the e-mail, and the second step stays", async () => {
  const lost = await Device.start(browser, server.address, { name: "lost" });
  await lost.press("Sign in");
  await lost.press("Forgot your password?");
  await lost.press("Send me a code");
  await lost.page.getByText("Enter an email such as").first().waitFor();
  await field(lost, "Email").fill(email);
  await look(lost, "forgotten-ask", { all: false });
  const before = await server.mails(email);
  await lost.press("Send me a code");
  const code = await server.mailedCode(email, before);
  await field(lost, "Code from the email").fill(code);
  await field(lost, "New password").fill("password123");
  await lost.press("Set the new password");
  await lost.page.getByText("This password is known to thieves.").waitFor();
  assert.equal(await field(lost, "Code from the email").inputValue(), code, "what was typed stays");
  await look(lost, "forgotten-set");
  await field(lost, "New password").fill(NEW_PASSWORD);
  await lost.press("Set the new password");
  await lost.page.getByText("Your new password is set.").waitFor();
  assert.equal(await field(lost, "Email").inputValue(), email);
  await field(lost, "Password").fill(NEW_PASSWORD);
  await lost.press("Sign in");
  await lost.press("Use a recovery code");
  await field(lost, "Recovery code").fill(codes[1]);
  await lost.press("Sign in");
  await lost.heading(/Anya/).waitFor();
  await lost.context.close();

  await phone.goto("/");
  await phone.page.getByText("You were signed out by the server.").waitFor({ timeout: 60_000 });
  await phone.page.getByRole("alert").getByRole("button", { name: "Sign in" }).click();
  assert.equal(await field(phone, "Email").inputValue(), email, "the phone knows whose it is");
  await field(phone, "Password").fill(NEW_PASSWORD);
  await phone.press("Sign in");
  await field(phone, "Code of the authenticator app").fill(await authenticator.code());
  await phone.press("Sign in");
  await phone.heading(/Anya/).waitFor();
});

test("a PIN locks the app at once, after a while and at every start, and nothing is shown before it is given", async () => {
  const { page } = phone;
  const unlock = async (pin) => {
    await field(phone, "PIN").fill(pin);
    await phone.press("Unlock");
  };
  await phone.goto("/settings");
  await phone.press("App lock");
  await field(phone, "New PIN").fill("1234");
  await field(phone, "The new PIN once more").fill("1235");
  await phone.press("Set a PIN");
  await page.getByText("This PIN is too easy to guess.").first().waitFor();
  await page.getByText("The two PINs are not the same.").first().waitFor();
  await look(phone, "lock-choose");
  await field(phone, "New PIN").fill("2580");
  await field(phone, "The new PIN once more").fill("2580");
  await phone.press("Set a PIN");
  await phone.button("Lock now").waitFor();
  await look(phone, "lock-set");
  await phone.press("Lock now");
  await phone.heading("Locked").waitFor();
  assert.ok(!(await page.locator(".app").innerText()).includes("Anya"), "whose it is is not shown");
  await phone.goto("/settings/security");
  await phone.heading("Locked").waitFor();
  await unlock("1470");
  await page.getByText("This PIN is not right.").waitFor();
  await look(phone, "lock");
  phone.offline();
  await unlock("2580");
  await phone.heading("Security").waitFor();
  phone.online();

  await phone.goto("/settings/lock");
  await page.getByRole("radio", { name: "1 min", exact: true }).check();
  await phone.heading("Locked").waitFor({ timeout: 100_000 });
  await unlock("2580");
  await phone.button("Lock now").waitFor();

  await phone.restart();
  await phone.heading("Locked").waitFor();
  await unlock("2580");
  await phone.heading(/Anya/).waitFor();

  await phone.goto("/settings/lock");
  await phone.press("Turn the PIN off");
  await field(phone, "Your PIN now").fill("2580");
  await phone.press("Turn the PIN off");
  await phone.button("Set a PIN").waitFor();
});

test("guessing a PIN makes one wait, and whoever forgot it wipes the phone and signs in anew", async () => {
  const { page } = phone;
  await field(phone, "New PIN").fill("2580");
  await field(phone, "The new PIN once more").fill("2580");
  await phone.press("Set a PIN");
  await phone.press("Lock now");
  await phone.heading("Locked").waitFor();
  for (const wrong of ["1470", "3690", "7410"]) {
    await field(phone, "PIN").fill(wrong);
    await phone.press("Unlock");
    await page.waitForFunction(() => document.querySelector("#pin")?.value === "" && !document.querySelector('[aria-busy="true"]'));
  }
  await page.getByText(/^Wait \d+ seconds before the next try/).waitFor();
  await field(phone, "PIN").fill("2580");
  await phone.press("Unlock");
  await page.getByText("This PIN is not right.").waitFor({ state: "detached" });
  assert.ok(await phone.heading("Locked").isVisible(), "too soon: it is not looked at");
  await look(phone, "lock-waits");
  await phone.press("PIN forgotten?");
  const question = page.getByRole("alertdialog");
  await question.getByText("A forgotten PIN cannot be read out.").waitFor();
  await look(phone, "lock-wipe", { all: false });
  await question.getByRole("button", { name: "Sign out and wipe this phone" }).click();
  await phone.heading(/Care that fits/).waitFor();
  await fillSignIn(phone, email, NEW_PASSWORD);
  await phone.press("Use a recovery code");
  await field(phone, "Recovery code").fill(codes[2]);
  await phone.press("Sign in");
  await phone.heading(/Anya/).waitFor();
  await phone.goto("/settings/lock");
  await phone.button("Set a PIN").waitFor();
});

test("what is grave asks who sits there and then goes on: in the doctor's app with the password, then with a code", async () => {
  const strict = await Server.start("--proof-counts-s", "1");
  const doctor = await Device.start(browser, strict.address, { name: "nina", face: "serve-doctor" });
  const page = pageOf(doctor);
  await doctor.press("Create account");
  await page.getByLabel("Your name with title").fill("Dr. Nina Newcomer");
  await field(doctor, "Email").fill(doctors);
  await field(doctor, "Password").fill(PASSWORD);
  await doctor.press("Create account");
  await doctor.button("Hand in").waitFor();
  await doctor.goto("/");
  await doctor.press("Confirm email");
  await doctor.press("Send me a code");
  await field(doctor, "Code from the email").fill(await strict.mailedCode(doctors, 0));
  await doctor.press("Confirm email");
  await page.getByText("Your email is confirmed").first().waitFor();

  await doctor.goto("/settings/security");
  // Signing up was a proof, and counts for a second.
  await page.waitForTimeout(1_100);
  await doctor.press("Set up an authenticator app");
  const dialog = page.getByRole("alertdialog", { name: "Is it you?" });
  const prove = dialog.getByRole("button", { name: "Continue" });
  await dialog.getByLabel("Password", { exact: true }).fill("not the right one");
  await prove.click();
  await dialog.getByText("This is not your password.").waitFor();
  await look(doctor, "proof-password", { family: "doctor" });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await prove.click();
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
  const own = await connect(doctor);
  await page.waitForTimeout(1_100);
  await field(doctor, "Code of the authenticator app").fill(await own.code());
  await doctor.press("Turn on");
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await prove.click();
  await doctor.heading("Recovery codes").waitFor();
  const first = await shownCodes(doctor);
  await page.getByLabel("I have saved them").check();
  await doctor.press("Done");

  await page.waitForTimeout(1_100);
  await doctor.press("New recovery codes");
  await page.getByRole("alertdialog", { name: "Make new recovery codes?" }).getByRole("button", { name: "New recovery codes" }).click();
  await dialog.getByLabel("Code of the authenticator app").fill("000000");
  await prove.click();
  await dialog.getByText("This code is not right.").waitFor();
  await look(doctor, "proof-code", { family: "doctor" });
  await dialog.getByLabel("Code of the authenticator app").fill(await own.code());
  await prove.click();
  await doctor.heading("Recovery codes").waitFor();
  const second = await shownCodes(doctor);
  assert.ok(first.every((code) => !second.includes(code)), "the earlier ones are gone");
  await page.getByLabel("I have saved them").check();
  await doctor.press("Done");

  await page.waitForTimeout(1_100);
  await doctor.press("Turn off");
  const question = page.getByRole("alertdialog", { name: "Turn off the second step?" });
  await question.getByText("Then your password alone is enough").waitFor();
  await question.getByRole("button", { name: "Turn off" }).click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Show first that it is you").waitFor();
  await page.getByText("10 recovery codes are left").waitFor();
  await doctor.press("Turn off");
  await question.getByRole("button", { name: "Turn off" }).click();
  await dialog.getByRole("button", { name: "Use a recovery code" }).click();
  await dialog.getByLabel("Recovery code").fill(second[0]);
  await prove.click();
  await doctor.button("Set up an authenticator app").waitFor();
  await doctor.context.close();
  await strict.stop();
});
