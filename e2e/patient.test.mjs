// A person uses the patient app on a phone's screen, online, offline and back, against a real server with the demo clinic.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Device, PASSWORD, browser as launch, faults, looks, picture, server, stop } from "./patient-device.mjs";
import { CONFIRMS_BY_ITSELF, Practice } from "./practice.mjs";

const stamp = Date.now().toString(36);
const email = (name) => `${name}.${stamp}@example.org`;
let browser, address, mina;

before(async () => {
  [browser, address] = await Promise.all([launch(), server()]);
  mina = await Device.start(browser, address, { name: "mina" });
});

after(async () => {
  await browser?.close();
  await stop();
});

/** As many of the walks here take on one day. */
const TIMES = 8;

/** Which of the doctors found has that many free times on the day that is shown first: it depends on the hour. */
let free = 0;

/** Opens the times of the first doctor found who has enough of them. */
async function firstTimes(device) {
  for (let tries = 0; tries < 12; tries += 1) {
    await device.goto("/find");
    await device.page.locator(".doctor-card__head").nth(free).click();
    await device.press("Choose a time");
    const times = device.page.locator('.time-button[data-free="true"]');
    if (await times.nth(TIMES - 1).waitFor({ timeout: 5_000 }).then(() => true, () => false)) return;
    free += 1;
  }
  assert.fail("no doctor has free times this week");
}

async function doctorsName(device) {
  return (await device.page.locator("main .strong").first().innerText()).trim();
}

/** Chooses the n-th free time of the day shown; answers the doctor's name and the time's words. */
async function choose(device, n = 0) {
  const doctor = await doctorsName(device);
  const time = device.page.locator('.time-button[data-free="true"]').nth(n);
  const words = await time.innerText();
  await time.click();
  await device.heading("Check and book").waitFor();
  return { doctor, words };
}

/** Books the n-th free time of the first doctor; answers where the visit is shown. */
async function newVisit(device, n) {
  await firstTimes(device);
  await choose(device, n);
  await device.press("Book");
  await sent(device);
  return new URL(device.page.url()).pathname.replace("/booked/", "/visit/");
}

async function sent(device) {
  await device.page.getByRole("heading", { name: /^(Booked|Requested)$/ }).waitFor();
}

test("an account is opened in three steps, each checked", async () => {
  await mina.heading(/Care that fits/).waitFor();
  await mina.press("Create account");
  await mina.press("Continue");
  await mina.page.getByText("Enter your name.").first().waitFor();
  await mina.goto("/welcome");
  await mina.signUp("Mina Shah", email("mina"));
  await mina.synced();
});

test("a doctor is found by words, filters and order", async () => {
  await mina.goto("/find");
  await mina.page.locator(".doctor-card").first().waitFor();
  const all = await mina.page.locator(".doctor-card").count();
  assert.ok(all > 5, `only ${all} doctors`);
  await mina.page.getByRole("textbox").fill("cardio");
  await mina.page.waitForFunction((all) => document.querySelectorAll(".doctor-card").length < all, all);
  assert.ok((await mina.page.locator(".doctor-card").count()) > 0);
  await mina.page.getByRole("textbox").fill("nobody is called that");
  await mina.page.getByText("No doctor fits").waitFor();
  await mina.press("Clear all filters");
  await mina.page.locator(".doctor-card").first().waitFor();
  await mina.page.locator(".doctor-card .time-button").first().waitFor();
});

test("a visit is booked online and stands in the list", async () => {
  await firstTimes(mina);
  const { doctor } = await choose(mina);
  await mina.press("Book");
  await sent(mina);
  await mina.press("See your visits");
  await mina.page.locator(".visit-card", { hasText: doctor }).first().waitFor();
});

test("a visit booked without network waits, says so, and is sent by itself", async () => {
  await firstTimes(mina);
  await choose(mina, 2);
  mina.offline();
  await mina.press("Book");
  await mina.heading("Waiting to be sent").waitFor();
  await mina.press("See your visits");
  await mina.page.locator(".visit-card", { hasText: "Waiting to be sent" }).waitFor();
  mina.online();
  await mina.page.locator(".visit-card", { hasText: "Waiting to be sent" }).waitFor({ state: "detached", timeout: 60_000 });
});

test("doctors are found and times of viewed doctors shown without network", async () => {
  await mina.goto("/find");
  await mina.page.locator(".doctor-card").first().waitFor();
  mina.offline();
  await mina.goto("/find");
  await mina.page.locator(".doctor-card .time-button").first().waitFor();
  mina.online();
});

test("a lost race shows why and offers other times in one tap", async () => {
  const ravi = await Device.start(browser, address, { name: "ravi" });
  await ravi.signUp("Ravi Menon", email("ravi"));
  for (const device of [mina, ravi]) await firstTimes(device);
  const place = 4;
  const { words } = await choose(mina, place);
  mina.offline();
  const other = await choose(ravi, place);
  assert.equal(other.words, words);
  await mina.press("Book");
  await mina.heading("Waiting to be sent").waitFor();
  await ravi.press("Book");
  await sent(ravi);
  mina.online();
  await mina.page.getByText("This time was taken").first().waitFor({ timeout: 60_000 });
  await mina.goto("/");
  await mina.page.getByText("Needs your answer").waitFor();
  await mina.page.locator(".refusal .time-button").first().click();
  await mina.page.locator(".refusal").waitFor({ state: "detached" });
  await mina.synced();
  await mina.goto("/outbox");
  await mina.page.getByText("Everything is sent").waitFor();
  await ravi.context.close();
});

test("a visit is moved to another time and the history says so", async () => {
  const visit = await newVisit(mina, 5);
  await mina.goto(visit);
  await mina.press("Change the time");
  await mina.page.locator('.time-button[data-free="true"]').nth(1).click();
  await mina.heading("Check and move").waitFor();
  await mina.press("Change the time");
  await sent(mina);
  await mina.goto(visit);
  await mina.page.getByText(/^Moved from/).first().waitFor();
});

test("a visit is cancelled after being told what it means", async () => {
  const visit = await newVisit(mina, 6);
  await mina.goto("/visits");
  await mina.page.locator(".visit-card").first().waitFor();
  const before = await mina.page.locator(".visit-card").count();
  await mina.goto(visit);
  await mina.press("Cancel the visit");
  const dialog = mina.page.getByRole("alertdialog");
  await dialog.getByText(/It costs nothing until|marked as cancelled late/).waitFor();
  await dialog.getByRole("button", { name: "Cancel the visit" }).click();
  await mina.page.locator(".chip", { hasText: "Cancelled" }).waitFor();
  await mina.goto("/visits");
  await mina.page.waitForFunction((before) => document.querySelectorAll(".visit-card").length < before, before);
});

test("a booked visit goes to the calendar as a file", async () => {
  const { role, kind } = await Practice.open(address, { who: CONFIRMS_BY_ITSELF, desk: "desk.london" });
  await mina.goto(`/times/${role}/${kind}?moving=`);
  // The last of the day: with the other doctor she has visits among the first ones.
  await mina.page.locator('.time-button[data-free="true"]').last().click();
  await mina.heading("Check and book").waitFor();
  await mina.press("Book");
  await mina.page.getByRole("heading", { name: "Booked" }).waitFor();
  const [file] = await Promise.all([mina.page.waitForEvent("download"), mina.press("Add to calendar")]);
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.match(text, /DTSTART:\d{8}T\d{6}Z\r\n/);
});

test("who waits for an earlier time is offered one and can pass", async () => {
  await firstTimes(mina);
  await mina.press("Tell me if something earlier opens");
  await mina.press("Wait for a time");
  await mina.heading("Waiting for a time").waitFor();
  await mina.page.getByText(/has a time for you/).waitFor({ timeout: 60_000 });
  await mina.press("Pass");
  await mina.page.getByText(/has a time for you/).waitFor({ state: "detached", timeout: 60_000 }).catch(() => {});
  await mina.goto("/waitlist");
  await mina.page.locator(".card").first().waitFor();
});

test("a clinic is asked, with the emergency number in sight, and the request withdrawn", async () => {
  await mina.goto("/requests/new");
  await mina.page.getByRole("link", { name: /^Call \d+/ }).waitFor();
  await mina.press("Send the request");
  await mina.page.getByRole("alert").getByText("Choose what it is about.").waitFor();
  await mina.page.getByLabel("Which clinic?").selectOption({ index: 1 });
  await mina.page.getByLabel("Follow-up").check();
  await mina.page.getByLabel("Soon").check();
  await mina.page.locator(".days__day").nth(3).click();
  await mina.press("Send the request");
  await mina.heading("Your request").waitFor();
  await mina.page.getByText("Sent to the clinic").first().waitFor();
  await mina.synced();
  await mina.press("Withdraw the request");
  await mina.page.getByText("You withdrew it").first().waitFor();
});

test("a child is added and booked for", async () => {
  await mina.goto("/people");
  await mina.press("Add a person");
  await mina.press("Add a person");
  await mina.page.getByText("Fill this in.").first().waitFor();
  await mina.page.getByLabel("Full name").fill("Arun Shah");
  await mina.page.getByLabel(/Date of birth/).fill("2019-05-31");
  await mina.press("Add a person");
  await mina.heading("Arun Shah").waitFor();
  await firstTimes(mina);
  await choose(mina);
  await mina.page.getByRole("radio", { name: /Arun Shah/ }).check();
  await mina.press("Book");
  await sent(mina);
  await mina.page.getByText("For Arun Shah").first().waitFor();
});

test("personal data is checked beside each field and kept while one looks elsewhere", async () => {
  await mina.goto("/account");
  await mina.press("Personal data");
  await mina.page.getByLabel(/^Phone/).first().fill("12");
  await mina.press("Save");
  await mina.page.getByText(/Enter a number with the country code/).first().waitFor();
  await mina.press("Back");
  await mina.press("Personal data");
  assert.equal(await mina.page.getByLabel(/^Phone/).first().inputValue(), "12");
  await mina.page.getByLabel(/^Phone/).first().fill("+49 30 123456");
  await mina.press("Save");
  await mina.heading("You", { exact: true }).waitFor();
  await mina.synced();
});

/** The recovery words, once they are on paper. */
let paper;

test("the medical history is written without network, sent by itself, changed and searched", async () => {
  await mina.goto("/records");
  await mina.page.getByText("Nothing written yet").waitFor();
  await picture(mina.page, "light", "records-empty");
  const { page } = mina;
  const add = async (kind, title, more = async () => {}) => {
    await mina.press("Add");
    await page.getByRole("dialog").getByRole("button", { name: kind }).click();
    await page.getByRole("textbox").first().fill(title);
    await more();
    await mina.press("Save");
    await page.locator(".list-row__title", { hasText: title }).waitFor();
  };
  mina.offline();
  await add("Allergies", "Penicillin", async () => {
    await page.getByLabel(/^What happens then/).fill("Hives");
    await page.getByLabel("How bad is it?").selectOption({ label: "Severe" });
  });
  await page.getByText("Severe · Hives").waitFor();
  await picture(page, "light", "records-offline");
  mina.online();
  await mina.synced();
  await page.locator(".list-row .pending-clock").waitFor({ state: "detached" });
  await mina.press("Add");
  await page.getByRole("dialog").getByRole("button", { name: "Conditions" }).click();
  await mina.press("Save");
  await page.getByText("Fill this in.").first().waitFor();
  await page.getByLabel("Illness or condition").fill("Asthma");
  await page.getByLabel(/^Since when/).fill("last year");
  await mina.press("Save");
  await page.getByText("Enter a year such as 2019, or a month such as 2019-04.").first().waitFor();
  await page.getByLabel(/^Since when/).fill("2019-04");
  await mina.press("Save");
  await page.getByText("since April 2019").waitFor();
  for (const vaccine of ["Measles", "Tetanus", "Polio"]) await add("Vaccinations", vaccine);
  await add("Medication", "Salbutamol");
  await page.getByRole("textbox", { name: "Search in your history" }).fill("asth");
  await page.locator(".list-row__title", { hasText: "Penicillin" }).waitFor({ state: "detached" });
  await page.locator(".list-row__title", { hasText: "Asthma" }).click();
  await page.getByLabel("It is over").check();
  await mina.press("Save");
  await page.getByText("since April 2019 · over").waitFor();
  await page.getByRole("textbox", { name: "Search in your history" }).fill("");
  await page.locator(".list-row__title", { hasText: "Polio" }).click();
  await mina.press("Remove");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await page.locator(".list-row__title", { hasText: "Penicillin" }).waitFor();
  assert.equal(await page.locator(".list-row__title", { hasText: "Polio" }).count(), 0);
  await mina.synced();
});

test("the recovery words are shown until they are on paper, and leaving without them is warned of", async () => {
  const { page } = mina;
  await mina.goto("/settings");
  await mina.press("Sign out and wipe this phone");
  await page.getByRole("alertdialog").getByText(/Your recovery words are not on paper yet/).waitFor();
  await picture(page, "light", "sign-out-without-words");
  await page.getByRole("alertdialog").getByRole("button", { name: "See the words" }).click();
  await page.locator(".words__word").nth(23).waitFor();
  paper = await page.locator(".words__word").allInnerTexts();
  assert.equal(paper.length, 24);
  for (const look of looks) {
    await mina.goto("/settings");
    await page.getByRole("radio", { name: look.theme, exact: true }).check();
    await page.getByRole("radio", { name: look.size, exact: true }).check();
    await mina.goto("/words");
    await page.locator(".words__word").nth(23).waitFor();
    assert.deepEqual(await faults(page), []);
    await picture(page, look.name, "words");
  }
  await mina.press("I have written them down");
  await mina.press("Check");
  await page.getByText(/This is not word \d+/).first().waitFor();
  assert.deepEqual(await faults(page), []);
  await picture(page, "large", "words-check");
  for (const field of await page.locator("main input").all()) {
    const id = await field.getAttribute("id");
    const label = await page.locator(`label[for="${id}"]`).innerText();
    await field.fill(paper[Number(label.match(/\d+/)[0]) - 1]);
  }
  await mina.press("Check");
  await page.getByText("Your words are safe on paper").waitFor();
  await mina.goto("/");
  await page.locator("main").waitFor();
  assert.equal(await page.getByText("Write down your recovery words").count(), 0);
  await mina.goto("/words");
  await page.getByText("The words are not on this phone").waitFor();
});

test("another phone says that it cannot read the history, and reads it with the words", async () => {
  const other = await Device.start(browser, address, { name: "mina-two" });
  const { page } = other;
  await other.press("Sign in");
  await page.getByLabel("Email").fill(email("mina"));
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
  await other.heading(/Mina/).waitFor();
  await other.goto("/records");
  await page.getByText("This phone cannot open it yet").waitFor();
  assert.equal(await page.getByText("Penicillin").count(), 0);
  for (const look of looks) {
    assert.deepEqual(await faults(page), []);
    if (look.name === "light") await picture(page, "light", "records-locked");
  }
  await other.press("Enter the words");
  await page.getByRole("textbox").fill(paper.slice(0, 23).join(" "));
  await other.press("Open");
  await page.getByText("These are 23 words").waitFor();
  await page.getByRole("textbox").fill([...paper.slice(1), paper[0]].join(" "));
  await other.press("Open");
  await page.getByText("The words do not belong together").first().waitFor();
  await picture(page, "light", "unlock-wrong");
  await page.getByRole("textbox").fill(paper.join("  ").toUpperCase());
  await other.press("Open");
  await page.locator(".list-row__title", { hasText: "Penicillin" }).waitFor();
  await other.synced();
  await other.context.close();
});

test("settings apply at once and come back after a reload", async () => {
  await mina.goto("/settings");
  await mina.page.getByRole("radio", { name: "हिन्दी" }).check();
  await mina.heading("सेटिंग").first().waitFor();
  await mina.page.reload();
  await mina.heading("सेटिंग").first().waitFor();
  await mina.page.getByRole("radio", { name: "English" }).check();
  await mina.heading("Settings").waitFor();
  await mina.press("Where you are signed in");
  await mina.page.getByText("This device").waitFor();
});

test("back returns where one was, at the same height", async () => {
  await mina.goto("/find");
  await mina.page.locator(".doctor-card").nth(8).waitFor();
  await mina.page.evaluate(() => scrollTo(0, 900));
  await mina.page.waitForTimeout(200);
  const card = mina.page.locator(".doctor-card__head").nth(5);
  await card.scrollIntoViewIfNeeded();
  const height = await mina.page.evaluate(() => scrollY);
  assert.ok(height > 200, `at ${height}`);
  await card.click();
  await mina.page.getByRole("button", { name: "Choose a time" }).waitFor();
  await mina.press("Back");
  await mina.page.waitForFunction((height) => Math.abs(scrollY - height) < 200 && document.querySelector(".doctor-card"), height);
});

test("the way from the first screen to a sent booking goes by keyboard alone", async () => {
  await mina.goto("/");
  await mina.page.locator("main").waitFor();
  const until = async (reached, key = "Tab") => {
    for (let presses = 0; presses < 150; presses += 1) {
      if (await mina.page.evaluate(reached)) return;
      await mina.page.keyboard.press(key);
    }
    assert.fail(`the keyboard does not reach ${reached}`);
  };
  await until(() => document.activeElement?.textContent === "Find");
  await mina.page.keyboard.press("Enter");
  await mina.page.locator(".doctor-card .time-button").first().waitFor();
  // The time itself may go to somebody else under the finger; then it is the next one's turn.
  for (let tries = 0; tries < 3 && !(await mina.heading("Check and book").isVisible()); tries += 1) {
    await until(() => document.activeElement?.matches(".doctor-card .time-button"));
    await mina.page.keyboard.press("Enter");
    await mina.heading("Check and book").waitFor({ timeout: 8_000 }).catch(() => undefined);
  }
  await mina.heading("Check and book").waitFor();
  await until(() => document.activeElement?.textContent === "Book");
});

const screens = [
  ["home", "/"], ["find", "/find"], ["visits", "/visits"], ["requests", "/requests"], ["ask", "/requests/new"],
  ["waitlist", "/waitlist"], ["notices", "/notices"], ["outbox", "/outbox"], ["account", "/account"], ["people", "/people"],
  ["add-person", "/people/add"], ["settings", "/settings"], ["security", "/settings/security"], ["confirm-email", "/settings/security/email"], ["password", "/settings/password"], ["sessions", "/settings/sessions"],
  ["records", "/records"], ["words-gone", "/words"], ["unlock", "/unlock"],
];

/** Screens that are reached by going there. */
const ways = [
  ["doctor", async (device) => {
    await device.goto("/find");
    await device.page.locator(".doctor-card__head").first().click();
    await device.button("Choose a time").waitFor();
  }],
  ["times", (device) => firstTimes(device)],
  ["confirm", async (device) => {
    await firstTimes(device);
    await choose(device);
  }],
  ["visit", async (device) => {
    await device.goto("/visits");
    await device.page.locator(".visit-card").first().click();
    await device.heading("What happened").waitFor();
  }],
  ["cancel", async (device) => {
    await device.goto("/visits");
    await device.page.locator(".visit-card").first().click();
    await device.press("Cancel the visit");
    await device.page.getByRole("alertdialog").waitFor();
  }],
  ["profile", async (device) => {
    await device.goto("/account");
    await device.press("Personal data");
    await device.page.getByLabel("Full name").waitFor();
  }],
  ["add-entry", async (device) => {
    await device.goto("/records");
    await device.press("Add");
    await device.page.getByRole("dialog").getByRole("button", { name: "Allergies" }).waitFor();
  }],
  ["entry", async (device) => {
    await device.goto("/records");
    await device.page.locator(".list-row__title", { hasText: "Penicillin" }).click();
    await device.page.getByLabel("What are you allergic to?").waitFor();
  }],
  ["readers", async (device) => {
    await device.goto("/records");
    await device.press("Only you");
    await device.page.getByText("Let a doctor in").first().waitFor();
  }],
  ["filter", async (device) => {
    await device.goto("/find");
    await device.press("Specialty");
    await device.page.getByRole("dialog").waitFor();
  }],
];

for (const look of looks) {
  test(`every screen is clean in ${look.name}`, async () => {
      await mina.goto("/settings");
    await mina.page.getByRole("radio", { name: look.theme, exact: true }).check();
    await mina.page.getByRole("radio", { name: look.size, exact: true }).check();
    await mina.synced();
    const found = [];
    const all = [...screens.map(([name, where]) => [name, (device) => device.goto(where)]), ...ways];
    for (const [name, go] of all) {
      await go(mina);
      await mina.page.locator("h1").first().waitFor();
      await mina.page.waitForFunction(() => !document.querySelector(".skeleton"));
      await mina.page.waitForTimeout(150);
      found.push(...(await faults(mina.page)).map((fault) => `${name}: ${fault}`));
      await picture(mina.page, look.name, name);
    }
    assert.deepEqual(found, []);
  });
}

test("every screen is clean in Hindi", async () => {
  await mina.goto("/settings");
  await mina.page.getByRole("radio", { name: "Light", exact: true }).check();
  await mina.page.getByRole("radio", { name: "Normal", exact: true }).check();
  await mina.page.getByRole("radio", { name: "हिन्दी" }).check();
  await mina.page.locator('.sync-line[data-tone="neutral"]').waitFor();
  const found = [];
  for (const [name, where] of screens) {
    await mina.goto(where);
    await mina.page.locator("h1").first().waitFor();
    await mina.page.waitForFunction(() => document.documentElement.lang === "hi" && !document.querySelector(".skeleton"));
    found.push(...(await faults(mina.page)).map((fault) => `${name}: ${fault}`));
    const missing = await mina.page.locator(".app").innerText();
    if (/\[[a-z]+-[a-z-]+\]/.test(missing)) found.push(`${name}: a text is missing`);
    await picture(mina.page, "hindi", name);
  }
  await mina.goto("/settings");
  await mina.page.getByRole("radio", { name: "English" }).check();
  await mina.heading("Settings").waitFor();
  await mina.synced();
  assert.deepEqual(found, []);
});

test("signing out wipes this phone, and signing in brings everything back", async () => {
  await mina.goto("/settings");
  await mina.press("Sign out and wipe this phone");
  await mina.page.getByRole("alertdialog").getByRole("button", { name: "Sign out and wipe this phone" }).click();
  await mina.heading(/Care that fits/).waitFor();
  for (const look of ["light"]) {
    assert.deepEqual(await faults(mina.page), []);
    await picture(mina.page, look, "welcome");
    await mina.press("Create account");
    await mina.page.getByLabel("Your full name").waitFor();
    assert.deepEqual(await faults(mina.page), []);
    await picture(mina.page, look, "sign-up");
  }
  await mina.goto("/sign-in");
  await mina.page.getByLabel("Email").fill(email("mina"));
  await mina.page.getByLabel("Password", { exact: true }).fill("not the right one");
  await mina.press("Sign in");
  await mina.page.getByText("Email and password do not go together").waitFor();
  await picture(mina.page, "light", "sign-in");
  await mina.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await mina.press("Sign in");
  await mina.heading(/Mina/).waitFor();
  await mina.goto("/visits");
  await mina.page.locator(".visit-card").first().waitFor();
});
