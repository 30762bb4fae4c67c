// A doctor uses the app on a phone's screen, online, offline and back, against a real server with the demo clinic. What
// others do meanwhile, the desk and an admin, goes over the API. Pictures of every screen go to $MEDICONNECT_SCREENS/doctor.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { faults, phone, pictures, tall } from "./browser.mjs";
import { Device, browser as launch, server, stop } from "./patient-device.mjs";
import { Api, PASSWORD, Practice, dateIn, email, place, until } from "./practice.mjs";

const face = "serve-doctor";

let browser, address, doctor, clinic;
/** The doctor's page, whichever that is now: see `Device.goto`. */
const page = new Proxy({}, {
  get: (_, name) => (typeof doctor.page[name] === "function" ? doctor.page[name].bind(doctor.page) : doctor.page[name]),
});

before(async () => {
  [browser, address] = await Promise.all([launch(), server()]);
  doctor = await Device.start(browser, address, { name: "doctor", face });
  clinic = await Practice.open(address);
  const patient = await Api.signIn(address, place.patient);
  const { items } = await patient.get("/v1/patients/appointments?limit=1");
  const me = items[0].patient_id;
  const open = (await clinic.own.all("/v1/doctors/consultations")).filter(({ state }) => ["new", "triaged"].includes(state));
  for (let waiting = open.length; waiting < 2; waiting += 1) await clinic.ask(me, patient);
  for (let waiting = (await clinic.visits("requested")).length; waiting < 2; waiting += 1) {
    await clinic.book(me, { who: patient, where: "/v1/patients/appointments" });
  }
});

after(async () => {
  await browser?.close();
  await stop();
});

test("a wrong password is told, the right one leads to the day", async () => {
  await doctor.heading(/Your practice/).waitFor();
  await doctor.press("Sign in");
  await page.getByLabel("Email").fill(email(place.who));
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await doctor.press("Sign in");
  await page.getByText("Email and password do not go together.").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await doctor.press("Sign in");
  await doctor.heading("Today").waitFor();
  await doctor.synced();
});

test("a request is accepted in place and the server knows", async () => {
  await doctor.goto("/requests");
  const card = page.locator(".request-card").first();
  const who = await card.locator(".strong").first().innerText();
  const before = (await clinic.visits("requested")).length;
  await card.getByRole("button", { name: `Accept, ${who}` }).click();
  await until(async () => (await clinic.visits("requested")).length === before - 1, "the acceptance");
  await doctor.synced();
});

test("an answer given offline to a request that is gone comes back with the reason", async () => {
  const [request] = await clinic.visits("requested");
  await doctor.goto(`/visit/${request.id}`);
  await page.getByRole("button", { name: /^Accept/ }).waitFor();
  doctor.offline();
  await page.getByRole("button", { name: /^Accept/ }).click();
  await page.getByText("Waiting to be sent").first().waitFor();
  await clinic.desk.post(`/v1/admin/appointments/${request.id}/cancel`, { reason: "clinic_closed" });
  doctor.online();
  await page.getByText("1 not accepted").waitFor({ timeout: 60_000 });
  await doctor.goto("/outbox");
  await page.getByText("It has changed in the meantime").waitFor();
  await page.getByText(/^Accept a request/).waitFor();
  await shoot("refusal");
  await doctor.press("Discard");
  await page.getByText("Everything is sent").waitFor();
});

test("a day that differs is opened, with what is wrong told at the field", async () => {
  await doctor.goto(`/schedule/${clinic.role}`);
  await page.getByText("Weekly hours").waitFor();
  await page.locator("#schedule-new-date").fill(dateIn(place.zone));
  await page.locator("button:not([aria-disabled])", { hasText: /^Add$/ }).click();
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: place.zone }).format(new Date()).replace(",", "");
  const card = page.locator("article.card", { has: page.getByRole("heading", { name: words }) });
  await card.getByRole("button", { name: "Add hours" }).click();
  const [from, to] = [card.getByLabel("From"), card.getByLabel("To", { exact: true })];
  await from.fill("23:00");
  await page.getByText("The end must be later than the start.").first().waitFor();
  assert.ok(await page.getByRole("button", { name: "Save" }).getAttribute("aria-disabled"));
  await shoot("schedule-wrong");
  await from.fill("00:00");
  await to.fill("00:00");
  await page.getByText(/more, 0 booked visits affected/).first().waitFor();
  await shoot("schedule-changed");
  await doctor.press("Save");
  await doctor.synced();
});

test("visits booked by the desk appear, and the day is worked through, also offline", async () => {
  const step = 15 * 60_000;
  const first = Math.ceil((Date.now() + 60_000) / step) * step;
  const booked = [];
  for (const patient of clinic.patients.slice(0, 3)) booked.push(await clinic.book(patient, { first, step, tries: 40 }));
  await doctor.goto("/");
  await page.locator(".day-line__visit .visit-buttons").nth(2).waitFor();
  await shoot("today-busy");
  const line = page.locator(".day-line__visit").filter({ has: page.getByRole("button", { name: /^Check in/ }) }).first();
  doctor.offline();
  await line.getByRole("button", { name: /^Check in/ }).click();
  await page.locator(".day-line__visit", { hasText: "Waiting to be sent" }).waitFor();
  await page.getByText(/1 waiting to be sent|Sending 1/).first().waitFor();
  await shoot("today-offline");
  doctor.online();
  await page.locator(".day-line__visit", { hasText: "Waiting to be sent" }).waitFor({ state: "detached", timeout: 60_000 });
  const arrived = (await clinic.visits("arrived")).map((visit) => visit.id).filter((id) => booked.includes(id));
  assert.equal(arrived.length, 1);
  await page.getByRole("button", { name: /^Start/ }).first().click();
  await until(async () => (await clinic.stateOf(arrived[0])) === "in_progress", "the start");
  await page.getByRole("button", { name: /^Complete/ }).first().click();
  await until(async () => (await clinic.stateOf(arrived[0])) === "fulfilled", "the end");
  await page.getByText("1", { exact: true }).first().waitFor();
});

test("a visit is moved; a time that is not free says why", async () => {
  const [visit] = await clinic.ahead();
  await doctor.goto(`/visit/${visit.id}`);
  await page.getByRole("button", { name: /^Move/ }).click();
  const taken = page.locator('.time-button[data-free="false"]').first();
  await taken.click();
  await page.locator(".why strong").waitFor();
  await shoot("move-why");
  await page.getByRole("button", { name: "Later week" }).click();
  await page.locator('.day-button[data-empty="false"]').first().click();
  await page.locator('.time-button[data-free="true"]').first().click();
  await doctor.press("Move here");
  await until(async () => (await clinic.visit(visit.id)).start !== visit.start, "the move");
  await page.getByText(/^Moved from/).first().waitFor();
  await shoot("visit-moved");
});

test("a visit is cancelled with a reason", async () => {
  const [visit] = await clinic.ahead();
  await doctor.goto(`/visit/${visit.id}`);
  await page.getByRole("button", { name: /^Cancel visit/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("radio", { name: "The clinic is closed" }).check();
  await shoot("cancel");
  await sheet.getByRole("button", { name: "Cancel visit" }).click();
  await until(async () => (await clinic.stateOf(visit.id)) === "cancelled", "the cancellation");
});

test("the calendar turns and zooms, goes by arrow keys, and an empty place is blocked and given back", async () => {
  await doctor.goto("/calendar");
  await page.locator(".week-grid__day").nth(6).waitFor();
  await shoot("calendar-week");
  const button = page.locator(".week-grid button").first();
  await button.focus();
  const at = () => page.evaluate(() => { const box = document.activeElement.getBoundingClientRect(); return [box.x, box.y]; });
  const [x, y] = await at();
  await page.keyboard.press("ArrowDown");
  assert.ok((await at())[1] > y);
  await page.keyboard.press("ArrowRight");
  assert.ok((await at())[0] > x);
  await page.getByRole("radio", { name: "Day" }).check();
  await page.waitForFunction(() => document.querySelectorAll(".week-grid__day").length === 1);
  await shoot("calendar-day");
  await page.getByRole("button", { name: "Later", exact: true }).click();
  const before = await page.locator('.block[data-kind="leave"]').count();
  await page.locator(".week-grid__empty").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Block this time" }).waitFor();
  await shoot("calendar-empty");
  await page.getByRole("dialog").getByRole("button", { name: "Block this time" }).click();
  await page.waitForFunction((before) => document.querySelectorAll('.block[data-kind="leave"]').length > before, before);
  await page.locator('.block[data-kind="leave"]').first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Give the time back" }).click();
  await page.waitForFunction((before) => document.querySelectorAll('.block[data-kind="leave"]').length === before, before);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll(".week-grid__day").length === 1);
});

test("leave names the visits it hits, and each is decided about", async () => {
  const visit = (await clinic.ahead()).at(-1);
  const date = dateIn(place.zone, new Date(visit.start));
  await doctor.goto("/leave/new");
  await page.locator("#leave-first").fill(date);
  await page.locator("#leave-last").fill("");
  await doctor.press("Save");
  await page.getByText("Fill this in.").first().waitFor();
  await page.locator("#leave-last").fill(date);
  const hit = page.locator("article.card", { has: page.getByRole("radio", { name: "Cancel" }) });
  await hit.first().waitFor();
  await hit.first().getByRole("radio", { name: "Cancel" }).check();
  if ((await hit.count()) > 1) await hit.nth(1).getByRole("radio", { name: "Move" }).check();
  await shoot("leave-hits");
  const before = (await clinic.visits("cancelled")).length;
  await doctor.press("Save");
  await until(async () => (await clinic.visits("cancelled")).length === before + 1, "the cancellation");
  await doctor.heading("Leave").waitFor();
  await shoot("leave-entry");
});

test("a request without a time gets one, another is declined", async () => {
  const waiting = page.locator(".visit-card", { hasText: "Waits for you" });
  await doctor.goto("/requests");
  await waiting.first().waitFor();
  const before = await waiting.count();
  await shoot("requests-open");
  await waiting.first().click();
  await page.getByRole("button", { name: "Offer a time" }).click();
  await page.locator('.time-button[data-free="true"]').first().click();
  await shoot("offer");
  await doctor.press("Offer this time");
  await page.getByText("Time offered").first().waitFor({ timeout: 60_000 });
  await shoot("request");
  await doctor.goto("/requests");
  await page.waitForFunction((before) => [...document.querySelectorAll(".visit-card")].filter((card) => card.textContent.includes("Waits for you")).length === before - 1, before);
  if (before > 1) {
    await waiting.first().click();
    await doctor.press("Decline");
    await page.getByRole("dialog").getByRole("radio", { name: "Please call the clinic" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
    await page.getByText("Declined").first().waitFor({ timeout: 60_000 });
  }
});

test("the profile is checked, kept while one looks elsewhere, and saved", async () => {
  await doctor.goto("/more");
  await doctor.press("Profile");
  await page.getByLabel("Your name with title").fill(" ");
  await doctor.press("Save");
  await page.getByText("Enter your name.").first().waitFor();
  await doctor.press("Back");
  await doctor.press("Profile");
  assert.equal(await page.getByLabel("Your name with title").inputValue(), " ");
  await page.getByLabel("Your name with title").fill("Dr. Test Rao");
  await doctor.press("Save");
  await doctor.synced();
  await doctor.goto("/more");
  await page.getByText("Dr. Test Rao").first().waitFor();
});

test("settings apply at once and come back after a reload", async () => {
  await doctor.goto("/settings");
  await page.getByRole("radio", { name: "हिन्दी" }).check();
  await doctor.heading("सेटिंग").first().waitFor();
  await doctor.goto("/");
  await doctor.heading("आज").first().waitFor();
  await shoot("today-hindi");
  await doctor.goto("/settings");
  await page.getByRole("radio", { name: "English" }).check();
  await doctor.heading("Settings").waitFor();
});

const screens = {
  today: "/", calendar: "/calendar", requests: "/requests", more: "/more", schedules: "/schedule", leave: "/leave", "leave-new": "/leave/new",
  profile: "/profile", reviews: "/reviews", verification: "/verification", notices: "/notices", outbox: "/outbox", settings: "/settings",
  security: "/settings/security", password: "/settings/password", sessions: "/settings/sessions",
};
const looks = [
  { name: "light", theme: "Light", size: "Normal" }, { name: "dark", theme: "Dark", size: "Normal" }, { name: "large", theme: "Light", size: "Largest" },
];

test("every screen looks right in light, dark and large text, and axe finds nothing", async () => {
  const [visit] = await clinic.ahead();
  const all = { ...screens, schedule: `/schedule/${clinic.role}`, visit: `/visit/${visit.id}`, move: `/visit/${visit.id}/move` };
  const found = [];
  for (const look of looks) {
    await doctor.goto("/settings");
    await page.getByRole("radio", { name: look.theme, exact: true }).check();
    await page.getByRole("radio", { name: look.size, exact: true }).check();
    await doctor.synced();
    for (const [name, where] of Object.entries(all)) {
      await doctor.goto(where);
      await page.locator("h1").first().waitFor();
      await page.waitForFunction(() => !document.querySelector(".skeleton"));
      found.push(...(await shoot(name, look.name)));
    }
  }
  await doctor.goto("/settings");
  await page.getByRole("radio", { name: "Normal", exact: true }).check();
  assert.deepEqual(found, []);
});

test("a new doctor registers, hands in the license, is turned down with a reason, and is verified at last", async () => {
  const fresh = await Device.start(browser, address, { name: "fresh", face });
  const { page } = fresh;
  const admin = await Api.signIn(address, "super");
  await fresh.heading(/Your practice/).waitFor();
  await shoot("welcome", "light", page);
  await fresh.press("Create account");
  await fresh.press("Create account");
  await page.getByText("Use at least 10 characters.").first().waitFor();
  await shoot("sign-up", "light", page);
  const ownEmail = `newcomer.${Date.now().toString(36)}@example.org`;
  await page.getByLabel("Your name with title").fill("Dr. Nina Newcomer");
  await page.getByLabel("Email").fill(ownEmail);
  await page.getByLabel("Password", { exact: true }).fill("three quiet green boats");
  await fresh.press("Create account");
  await page.getByText("Your license").first().waitFor({ timeout: 60_000 });
  await fresh.press("Hand in");
  await page.getByText("Say who issued the license.").first().waitFor();
  await shoot("verification-new", "light", page);
  const handIn = async (number) => {
    await page.getByLabel("License number").fill(number);
    await page.getByLabel("Issued by").fill("Medical council");
    await page.getByLabel("Country code").fill("in");
    await page.getByLabel("Valid until").fill("2035-01-31");
    await page.getByRole("checkbox").first().check();
    await fresh.press("Hand in");
    await page.getByText("Being checked").first().waitFor();
    await fresh.synced();
  };
  await handIn(`T-${Date.now()}`);
  await shoot("verification-submitted", "light", page);
  const doctors = await admin.get("/v1/admin/doctors?limit=100");
  const id = doctors.items.map((item) => item.doctor ?? item).find((item) => item.email === ownEmail)?.id;
  assert.ok(id, "the admin sees the newcomer");
  await admin.post(`/v1/admin/doctors/${id}/reject`, { reason: "The number belongs to another council." });
  await page.getByText("The number belongs to another council.").waitFor({ timeout: 60_000 });
  await shoot("verification-rejected", "light", page);
  await handIn(`U-${Date.now()}`);
  await admin.post(`/v1/admin/doctors/${id}/verify`, {});
  await page.getByText("Patients can find you.").waitFor({ timeout: 60_000 });
  await admin.post(`/v1/admin/doctors/${id}/suspend`, { reason: "The license has to be renewed." });
  await page.getByText("The license has to be renewed.").waitFor({ timeout: 60_000 });
  await shoot("verification-suspended", "light", page);
  await fresh.context.close();
});

test("signing out wipes the device", async () => {
  await doctor.goto("/settings");
  await doctor.press("Sign out and wipe this phone");
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out and wipe this phone" }).click();
  await doctor.heading(/Your practice/).waitFor();
  await doctor.goto("/calendar");
  await doctor.heading(/Your practice/).waitFor();
});

/** A picture of the whole page; answers what is wrong with it. */
async function shoot(name, look = "light", page = doctor.page) {
  const folder = path.join(pictures("doctor"), look);
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => { scrollTo(0, 0); return document.fonts.ready; });
  const modal = await page.locator("dialog[open]").count();
  if (!modal) await tall(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  const found = (await faults(page)).map((fault) => `${name}, ${look}: ${fault}`);
  await page.setViewportSize(phone.viewport);
  found.forEach((fault) => console.error(fault));
  return found;
}
