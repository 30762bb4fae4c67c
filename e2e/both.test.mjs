// A doctor and a patient, each with a device of their own, deal with each other over a real server with the demo clinic: what one
// does is what the other sees. The desk and what must lie in the past go over the API.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Device, browser as launch, faults, picture, server, stop } from "./patient-device.mjs";
import { Api, PASSWORD, Practice, email, place, startOfDay, until } from "./practice.mjs";

const signIn = (who) => `${email(who)}:${PASSWORD}`;
let browser, address, clinic, patient, me, doctor, phone;

before(async () => {
  [browser, address] = await Promise.all([launch(), server()]);
  clinic = await Practice.open(address);
  patient = await Api.signIn(address, place.patient);
  // Not whoever comes first among the visits: that may be a child.
  me = (await patient.get("/v1/patients/me")).id;
  await clinic.clearElsewhere(me, patient);
  [doctor, phone] = await Promise.all([
    Device.start(browser, address, { name: "doctor", face: "serve-doctor", signIn: signIn(place.who) }),
    Device.start(browser, address, { name: "patient", signIn: signIn(place.patient) }),
  ]);
  await Promise.all([doctor.synced(), phone.synced()]);
});

after(async () => {
  await browser?.close();
  await stop();
});

// What one test leaves cut is mended for the next.
afterEach(() => {
  doctor.online();
  phone.online();
});

const asked = () => clinic.book(me, { who: patient, where: "/v1/patients/appointments" });

/** A visit of the patient with the doctor that is settled. */
async function settled() {
  const id = await asked();
  if ((await clinic.stateOf(id)) === "requested") await clinic.own.post(`/v1/doctors/appointments/${id}/accept`);
  return id;
}

const chip = (device, words) => device.page.locator(".chip", { hasText: words }).first();

/** Presses until the page holds a free time, and takes it. */
async function takeTime(page) {
  const free = page.locator('.time-button[data-free="true"]');
  await page.locator(".week-strip, .day-button").first().waitFor();
  for (let weeks = 0; weeks < 5; weeks += 1) {
    const day = page.locator('.day-button[data-empty="false"]').last();
    if (await day.count()) {
      await day.click();
      await day.and(page.locator('[aria-pressed="true"]')).waitFor();
      await free.first().waitFor();
      // The day may be drawn anew under the finger; what counts is that a time is chosen.
      for (let tries = 0; tries < 3; tries += 1) {
        await free.last().click();
        const chosen = page.locator('.time-button[aria-pressed="true"]').first();
        if (await chosen.waitFor({ timeout: 3_000 }).then(() => true, () => false)) return;
      }
      assert.fail("no time can be chosen");
    }
    await page.getByRole("button", { name: "Later week" }).click();
  }
  assert.fail("no free time");
}

test("a request that the doctor declines tells the patient why", async () => {
  const id = await asked();
  await doctor.goto(`/visit/${id}`);
  await doctor.press(/^Decline/);
  const sheet = doctor.page.getByRole("dialog");
  await sheet.getByRole("radio", { name: "I am away" }).check();
  await sheet.getByRole("button", { name: "Decline" }).click();
  await chip(doctor, "Declined").waitFor();
  await until(async () => (await clinic.stateOf(id)) === "declined", "the refusal");
  await phone.goto(`/visit/${id}`);
  await chip(phone, "Declined").waitFor({ timeout: 60_000 });
  await phone.page.getByText("The doctor is away").waitFor();
  await phone.page.getByRole("button", { name: "Book again" }).waitFor();
  await picture(phone.page, "light", "visit-declined");
  await phone.goto("/notices");
  await phone.page.getByText("The doctor could not take your visit").first().waitFor();
});

test("a visit moved offline stands at its new time at once, and the patient is told", async () => {
  const id = await settled();
  await doctor.goto(`/visit/${id}`);
  await doctor.button(/^Move/).waitFor();
  const before = await doctor.page.locator(".next__name").innerText();
  await doctor.press(/^Move/);
  doctor.offline();
  await takeTime(doctor.page);
  await doctor.press("Move here");
  await chip(doctor, "Waiting to be sent").waitFor();
  const shown = await doctor.page.locator(".next__name").innerText();
  assert.notEqual(shown, before);
  await doctor.page.getByText(/^Moved from/).first().waitFor();
  assert.deepEqual(await faults(doctor.page), []);
  await picture(doctor.page, "light", "doctor-moved-offline");
  doctor.online();
  await chip(doctor, "Booked").waitFor({ timeout: 60_000 });
  assert.equal(await doctor.page.locator(".next__name").innerText(), shown);
  await phone.goto(`/visit/${id}`);
  await phone.page.getByText(/^Moved from/).first().waitFor({ timeout: 60_000 });
});

test("a move onto a time that was taken meanwhile comes back with other times, one of which is taken in one tap", async () => {
  const id = await settled();
  await doctor.goto(`/visit/${id}`);
  const { start } = await clinic.visit(id);
  await doctor.press(/^Move/);
  doctor.offline();
  await takeTime(doctor.page);
  await doctor.press("Move here");
  await chip(doctor, "Waiting to be sent").waitFor();
  const wanted = await doctor.page.locator(".next__name").innerText();
  // Everything of that day goes to others before the doctor is back.
  await fill(wanted);
  doctor.online();
  await doctor.goto("/outbox");
  await doctor.page.getByText("This time was taken").waitFor({ timeout: 60_000 });
  assert.equal((await clinic.visit(id)).start, start);
  await picture(doctor.page, "light", "doctor-refused-move");
  await doctor.page.locator(".refusal .time-button").first().click();
  await doctor.page.getByText("Everything is sent").waitFor({ timeout: 60_000 });
  assert.notEqual((await clinic.visit(id)).start, start);
});

/** Lets the desk book the time that the doctor's device shows for a moved visit. */
async function fill(words) {
  const time = words.match(/(\d\d):(\d\d)/);
  assert.ok(time, words);
  for (let day = 0; day < 40; day += 1) {
    const first = startOfDay(day - 1);
    for (let quarter = 0; quarter < 96; quarter += 1) {
      const start = new Date(first + quarter * 15 * 60_000);
      const there = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: place.zone }).format(start);
      const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: place.zone }).format(start);
      if (there !== `${time[1]}:${time[2]}` || !words.includes(date)) continue;
      await clinic.book(clinic.patients.find((other) => other !== me), { first: start.getTime(), tries: 1 });
      return;
    }
  }
  assert.fail(`no such time: ${words}`);
}

test("a time offered offline shows at once; the patient asks for another, and takes the next", async () => {
  await phone.goto("/requests/new");
  await phone.page.getByLabel("Which clinic?").waitFor();
  const clinics = await phone.page.getByLabel("Which clinic?").locator("option").allInnerTexts();
  const { clinic_id } = (await clinic.visits("fulfilled")).at(-1);
  const { items } = await clinic.own.get("/v1/clinics");
  const name = items.find((one) => one.id === clinic_id).details.name;
  await phone.page.getByLabel("Which clinic?").selectOption({ label: clinics.find((option) => option.startsWith(name)) });
  await phone.page.getByLabel("Follow-up").check();
  await phone.page.getByLabel("It can wait").check();
  await phone.press("Send the request");
  await phone.heading("Your request").waitFor();
  await phone.page.waitForURL(/\/request\/[0-9a-f-]{36}$/);
  const id = new URL(phone.page.url()).pathname.split("/").at(-1);
  await phone.synced();
  await clinic.desk.post(`/v1/admin/consultations/${id}/assign`, { doctor_id: clinic.doctor });
  const offer = async () => {
    await doctor.goto(`/request/${id}`);
    await doctor.page.getByRole("button", { name: "Offer a time" }).click({ timeout: 60_000 });
    await takeTime(doctor.page);
    await doctor.press("Offer this time");
  };
  await doctor.goto(`/request/${id}`);
  await doctor.button("Offer a time").waitFor({ timeout: 60_000 });
  await doctor.press("Offer a time");
  await doctor.page.locator(".day-button").first().waitFor();
  doctor.offline();
  await takeTime(doctor.page);
  await doctor.press("Offer this time");
  await chip(doctor, "Waiting to be sent").waitFor();
  await doctor.page.getByText(/^Offered: /).waitFor();
  await picture(doctor.page, "light", "doctor-offered-offline");
  doctor.online();
  await phone.page.getByText(/offers you a time/).first().waitFor({ timeout: 60_000 });
  await picture(phone.page, "light", "request-offered");
  assert.deepEqual(await faults(phone.page), []);
  await phone.press("Another time, please");
  await phone.page.getByText("Sent to the clinic").first().waitFor({ timeout: 60_000 }).catch(() => phone.page.getByText("The clinic is looking for a time").first().waitFor());
  await until(async () => ["new", "triaged"].includes((await clinic.own.get(`/v1/consultations/${id}`)).state), "the patient's answer");
  await offer();
  await phone.goto("/");
  await phone.page.getByText(/offers you a time/).first().waitFor({ timeout: 60_000 });
  await phone.press("Take it");
  await until(async () => (await clinic.own.get(`/v1/consultations/${id}`)).state === "accepted", "the acceptance");
  await phone.goto(`/request/${id}`);
  await phone.page.getByText("You took the time").first().waitFor({ timeout: 60_000 });
  await phone.press("See the visit");
  await chip(phone, "Booked").waitFor();
});

test("leave that hits a booked visit cancels it, and the patient reads that the doctor is away", async () => {
  const id = await settled();
  const { start } = await clinic.visit(id);
  const date = new Intl.DateTimeFormat("sv", { timeZone: place.zone }).format(new Date(start));
  await doctor.goto("/leave/new");
  await doctor.page.locator("#leave-first").fill(date);
  await doctor.page.locator("#leave-last").fill(date);
  const hits = doctor.page.locator("article.card", { has: doctor.page.getByRole("radio", { name: "Cancel" }) });
  await hits.first().waitFor();
  for (const hit of await hits.all()) await hit.getByRole("radio", { name: "Cancel" }).check();
  await doctor.press("Save");
  await until(async () => (await clinic.stateOf(id)) === "cancelled", "the cancellation");
  await phone.goto(`/visit/${id}`);
  await chip(phone, "Cancelled").waitFor({ timeout: 60_000 });
  await phone.page.getByText("The doctor is away").first().waitFor();
});

test("somebody who is trusted is let in, sees what was allowed, and is shut out again", async () => {
  const helper = await Device.start(browser, address, { name: "helper" });
  const theirs = `helper.${Date.now().toString(36)}@example.org`;
  await helper.signUp("Helga Helper", theirs);
  await helper.synced();
  await phone.goto("/account");
  await phone.press("People I care for");
  await phone.press(/Who may help/);
  await phone.heading("Let somebody help").waitFor();
  await phone.page.getByLabel(/^Their email/).fill("no address at all");
  for (const name of ["See", "Book"]) await phone.page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).uncheck();
  await phone.press("Let somebody help");
  await phone.page.getByText("Choose at least one thing they may do.").first().waitFor();
  await phone.page.getByText("Enter an email such as name@example.org.").first().waitFor();
  assert.deepEqual(await faults(phone.page), []);
  await picture(phone.page, "light", "carers-wrong");
  await phone.page.getByLabel(/^Their email/).fill(theirs);
  for (const name of ["See", "Book"]) await phone.page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).check();
  await phone.press("Let somebody help");
  await phone.page.getByText("Helga Helper", { exact: true }).waitFor({ timeout: 60_000 });
  await picture(phone.page, "light", "carers");
  await helper.goto("/people");
  await helper.page.getByText("You help").first().waitFor({ timeout: 60_000 });
  await helper.goto("/visits");
  await helper.page.locator(".visit-card").first().waitFor({ timeout: 60_000 });
  await phone.press("End access");
  await phone.page.getByRole("alertdialog").getByRole("button", { name: "End access" }).click();
  await phone.page.getByText("Helga Helper", { exact: true }).waitFor({ state: "detached", timeout: 60_000 });
  await helper.goto("/people");
  await helper.page.getByText("You help").first().waitFor({ state: "detached", timeout: 60_000 });
  await helper.context.close();
});

test("a visit that took place can be reviewed once, and everyone reads it", async () => {
  const first = await clinic.openToday();
  const id = await clinic.book(me, { first, step: 5 * 60_000, tries: 200 });
  await clinic.own.post(`/v1/doctors/appointments/${id}/check-in`);
  await clinic.own.post(`/v1/doctors/appointments/${id}/complete`);
  await phone.goto(`/visit/${id}`);
  await phone.page.getByRole("button", { name: "Write a review" }).click({ timeout: 60_000 });
  await phone.press("Send review");
  await phone.page.getByText("Choose one.").first().waitFor();
  await phone.page.getByRole("radio", { name: /^Good/ }).check();
  const words = `Ruhig, gründlich, \u{1F600} <b>und</b> ${"sehr ".repeat(20)}gut`;
  await phone.page.getByLabel(/In your own words/).fill(words);
  assert.deepEqual(await faults(phone.page), []);
  await picture(phone.page, "light", "review");
  await phone.press("Send review");
  await phone.page.getByText(/You gave 4 stars/).waitFor({ timeout: 60_000 });
  assert.equal(await phone.button("Write a review").count(), 0);
  await phone.synced();
  await doctor.goto("/reviews");
  await doctor.page.getByText(words).first().waitFor({ timeout: 60_000 });
});

test("who did not come is marked so once the visit has begun", async () => {
  const first = await clinic.openToday();
  const id = await clinic.book(clinic.patients.find((other) => other !== me), { first, step: 60_000, tries: 4 });
  await doctor.goto(`/visit/${id}`);
  await doctor.button(/^Check in/).waitFor({ timeout: 60_000 });
  assert.equal(await doctor.button(/^Did not come/).count(), 0, "before it has begun nobody is missed");
  await doctor.button(/^Did not come/).waitFor({ timeout: 150_000 });
  await doctor.press(/^Did not come/);
  await chip(doctor, "Missed").waitFor();
  await until(async () => (await clinic.stateOf(id)) === "noshow", "the mark");
});

/** Presses Tab until the focus is where it is wanted. */
async function tabTo(page, name, presses = 200) {
  for (let n = 0; n < presses; n += 1) {
    const found = await page.evaluate((pattern) => {
      const { activeElement: at } = document;
      return new RegExp(pattern).test(at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? "");
    }, name);
    if (found) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the keyboard does not reach ${name}`);
}

/** Presses Tab until what has the focus matches, and on past so many that match. */
async function tabInto(page, selector, past = 0) {
  for (let n = 0; n < 200; n += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) {
      if (past === 0) return;
      past -= 1;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

/** Moves a visit to a free time, past so many earlier ones. */
async function moveByKeyboard(id, past) {
  await doctor.goto(`/visit/${id}`);
  const { page } = doctor;
  await doctor.button(/^Move/).waitFor();
  await tabTo(page, "^Move");
  await page.keyboard.press("Enter");
  await page.locator(".day-button").first().waitFor();
  const free = '.time-button[data-free="true"]';
  const open = '.day-button[data-empty="false"]';
  for (let weeks = 0; weeks < 5 && !(await page.locator(free).count()); weeks += 1) {
    if (await page.locator(open).count()) await tabInto(page, open);
    else await tabTo(page, "^Later week");
    await page.keyboard.press("Enter");
    await page.locator(`${free}, ${open}`).first().waitFor();
  }
  await tabInto(page, free, Math.min(past, (await page.locator(free).count()) - 1));
  await page.keyboard.press("Enter");
  await tabTo(page, "^Move here");
  await page.keyboard.press("Enter");
}

test("the doctor answers, moves and takes leave by keyboard alone", async () => {
  const id = await asked();
  await doctor.goto("/");
  let { page } = doctor;
  await tabTo(page, "^Requests");
  await page.keyboard.press("Enter");
  await page.locator(".request-card").first().waitFor();
  const before = (await clinic.visits("requested")).length;
  await tabTo(page, "^Accept, ");
  await page.keyboard.press("Enter");
  await until(async () => (await clinic.visits("requested")).length === before - 1, "the acceptance");
  if ((await clinic.stateOf(id)) === "requested") await clinic.own.post(`/v1/doctors/appointments/${id}/accept`);
  const { start } = await clinic.visit(id);
  const moved = async () => (await clinic.visit(id)).start !== start;
  // At some times the patient is somewhere else, which a doctor cannot know: then the next but one is tried.
  for (let past = 0; past < 10 && !(await moved()); past += 2) {
    await moveByKeyboard(id, past);
    await until(moved, "the move", 40).catch(() => {});
  }
  assert.ok(await moved(), "the move did not come to be");
  ({ page } = doctor);
  await doctor.button(/^Cancel visit/).waitFor();
  await tabTo(page, "^Cancel visit");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.waitForFunction(() => document.querySelector("dialog[open]")?.contains(document.activeElement));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await doctor.goto("/leave");
  ({ page } = doctor);
  await tabTo(page, "^Add leave");
  await page.keyboard.press("Enter");
  await page.locator("#leave-first").waitFor();
  await tabTo(page, "^Save");
  await page.keyboard.press("Enter");
  await doctor.heading("Leave").waitFor();
  await page.locator(".visit-card").first().waitFor();
});

test("a patient lets the doctor read the medical history, and ends it", async () => {
  const id = await settled();
  const { names } = await clinic.visit(id);
  await doctor.goto(`/visit/${id}`);
  await doctor.page.getByText("The patient shares no medical history with you").waitFor();
  await phone.goto("/records");
  await phone.press("Add");
  await phone.page.getByRole("dialog").getByRole("button", { name: "Allergies" }).click();
  await phone.page.getByLabel("What are you allergic to?").fill("Penicillin");
  await phone.press("Save");
  await phone.page.locator(".list-row__title", { hasText: "Penicillin" }).waitFor();
  await phone.press("Only you");
  await phone.press("Let this doctor read");
  await phone.page.getByText("Tick the box if you agree.").waitFor();
  await phone.page.getByLabel("Doctor", { exact: true }).selectOption({ label: names.doctor });
  await phone.page.getByLabel(/^I agree that this doctor/).check();
  await phone.press("Let this doctor read");
  await phone.page.locator(".card", { hasText: names.doctor }).getByText(/^Until/).waitFor();
  assert.deepEqual(await faults(phone.page), []);
  await picture(phone.page, "light", "readers-one");
  await doctor.page.getByText("Penicillin").waitFor({ timeout: 60_000 });
  await doctor.page.getByText(/^Shared with you until/).waitFor();
  assert.deepEqual(await faults(doctor.page), []);
  await picture(doctor.page, "light", "doctor-shared-history");
  await phone.press("End access");
  await picture(phone.page, "light", "readers-end");
  await phone.page.getByRole("alertdialog").getByRole("button", { name: "End access" }).click();
  await phone.page.getByText("Nobody but you can read it.").waitFor();
  await doctor.page.getByText("The patient shares no medical history with you").waitFor({ timeout: 60_000 });
  assert.equal(await doctor.page.getByText("Penicillin").count(), 0);
  await picture(doctor.page, "light", "doctor-not-shared");
});
