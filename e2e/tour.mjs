// The tour: a patient books offline and comes online, the doctor accepts, the admin sees it live. Pictures of every step
// go to $MEDICONNECT_SCREENS. The server of $MEDICONNECT_SERVER has the demo clinic.

import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Device, browser as launch, server, stop } from "./patient-device.mjs";

const PASSWORD = process.env.MEDICONNECT_DEMO_PASSWORD ?? "sunrise-harbour-42";
const screens = path.join(process.env.MEDICONNECT_SCREENS ?? path.resolve("../target/screens"), "tour");
const admin = path.resolve(import.meta.dirname, "../desktop-admin");
const signIn = (who) => `${who}@mediconnect.example:${PASSWORD}`;

const browser = await launch();
const address = await server();
let step = 0;

await rm(screens, { recursive: true, force: true });
await mkdir(screens, { recursive: true });

async function shoot(page, name, says) {
  step += 1;
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(screens, `${String(step).padStart(2, "0")}-${name}.png`), animations: "disabled" });
  console.log(`${String(step).padStart(2)}. ${says}`);
}

/** The admin app's own pages in a browser, signed in as the super admin. */
async function openAdmin() {
  const { serveFront } = await import(pathToFileURL(path.join(admin, "e2e/front.mjs")));
  const front = await serveFront(address);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", timezoneId: "Asia/Kolkata" });
  const page = await context.newPage();
  await page.goto(front.url);
  await page.locator("input[type=email]").fill("super@mediconnect.example");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").waitFor();
  await page.locator("figure svg").first().waitFor({ state: "attached" });
  return { page, front, at: (where) => page.goto(`${front.url}/#${where}`) };
}

/** One picture of all three apps, for the README: phones above, the desk below. */
async function together(phones, desk) {
  const taken = await readdir(screens);
  const image = async (name, style) => {
    const bytes = await readFile(path.join(screens, taken.find((file) => file.endsWith(`-${name}.png`))));
    return `<img style="border-radius:14px;border:1px solid #d5dedc;${style}" src="data:image/png;base64,${bytes.toString("base64")}">`;
  };
  const above = await Promise.all(phones.map((name) => image(name, "width:325px")));
  const below = await image(desk, "width:1023px");
  const context = await browser.newContext({ viewport: { width: 1071, height: 600 } });
  const page = await context.newPage();
  await page.setContent(`<body style="margin:24px;display:grid;gap:24px;background:#eef3f2">
    <div style="display:flex;gap:24px">${above.join("")}</div>${below}</body>`);
  await page.screenshot({ path: path.join(screens, "apps.png"), fullPage: true });
}

try {
  const desk = await openAdmin();
  await shoot(desk.page, "admin-before", "The admin sees the day as it is.");

  const patient = await Device.start(browser, address, { name: "tour-patient", signIn: signIn("patient.pune") });
  await patient.synced();
  await shoot(patient.page, "patient-home", "The patient's home: the next visit, and what waits.");
  const doctor = await Device.start(browser, address, { name: "tour-doctor", signIn: signIn("doctor.pune"), face: "serve-doctor" });
  await doctor.synced();
  await shoot(doctor.page, "doctor-today", "The doctor's day.");
  await doctor.goto("/more");
  const name = (await doctor.page.locator("main .strong.large").first().innerText()).trim();

  await patient.goto("/find");
  await patient.page.locator(".doctor-card").first().waitFor();
  await patient.page.getByRole("textbox").fill(name);
  await patient.page.locator(".doctor-card__head").first().click();
  await patient.button("Choose a time").first().waitFor();
  await shoot(patient.page, "patient-doctor", "A doctor's page, with what patients say.");
  await patient.press("Choose a time");
  const free = patient.page.locator('.time-button[data-free="true"]').first();
  const later = patient.button(/^Next: /);
  await free.or(later).first().waitFor();
  // A week that is full offers the way to the next free time.
  if (await later.count()) await later.click();
  await free.waitFor();
  await shoot(patient.page, "patient-times", "Times, day by day.");
  patient.offline();
  await patient.page.locator('.time-button[data-free="true"]').last().click();
  await patient.button("Book").first().waitFor();
  await shoot(patient.page, "patient-confirm-offline", "The network is gone; the form is not.");
  await patient.press("Book");
  await patient.heading("Waiting to be sent").waitFor();
  await shoot(patient.page, "patient-waiting", "Nothing is called booked before the server says so.");
  patient.online();
  await patient.press("See your visits");
  await patient.page.locator(".visit-card", { hasText: "Waiting to be sent" }).waitFor({ state: "detached", timeout: 60_000 });
  await patient.synced();
  await shoot(patient.page, "patient-requested", "Back online, the booking went out by itself.");

  await doctor.goto("/requests");
  const card = doctor.page.locator(".request-card").first();
  await card.waitFor();
  await shoot(doctor.page, "doctor-requests", "The doctor is asked.");
  const asks = (await card.locator(".strong").first().innerText()).trim();
  await doctor.page.getByRole("button", { name: `Accept, ${asks}` }).first().click();
  await doctor.synced();
  await doctor.goto("/calendar");
  const accepted = doctor.page.locator(".block", { hasText: asks });
  // This week, or one of the next.
  for (let week = 0; week < 6 && !(await accepted.count()); week += 1) {
    await doctor.press("Later");
    await doctor.page.waitForTimeout(300);
  }
  await accepted.first().scrollIntoViewIfNeeded();
  await shoot(doctor.page, "doctor-calendar", "Accepted: it is in the calendar.");

  await patient.goto("/visits");
  await patient.page.locator(".visit-card").first().waitFor();
  await shoot(patient.page, "patient-booked", "The patient sees it at once.");

  await desk.at("/");
  await desk.page.locator("figure svg").first().waitFor({ state: "attached" });
  await desk.page.getByRole("listitem").filter({ hasText: name }).filter({ hasText: "confirmed a visit" }).first().waitFor({ timeout: 30_000 });
  await shoot(desk.page, "admin-live", "And so does the admin.");
  await desk.at("/visits");
  await desk.page.locator("tbody tr").first().waitFor();
  await shoot(desk.page, "admin-visits", "Every figure opens its rows.");
  await desk.front.stop();
  await together(["patient-home", "patient-times", "doctor-today"], "admin-live");
  console.log(`${step} pictures in ${screens}`);
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) await shoot(page, "stopped-here", page.url());
  throw error;
} finally {
  await browser.close();
  await stop();
}
// Servers started inside this process keep it alive otherwise.
process.exit(0);
