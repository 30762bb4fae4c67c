// Clinics with their policies, specialties and kinds of visit: made, changed, and kept from being nonsense.
import assert from "node:assert/strict";
import { button, go, panel, rows, said, stamp } from "./hands.mjs";

export async function setUp({ page, picture, url }) {
  await clinics(page, picture, url);
  await specialties(page, picture, url);
  await visitTypes(page, picture, url);
}

const field = (page, label) => panel(page).getByLabel(label, { exact: true });
const save = (page) => button(panel(page), "Save").click();
const flip = (page, label) => panel(page).getByRole("switch", { name: label }).click();
const row = (page, name) => rows(page).filter({ hasText: name });

/** Saves, and waits until the panel has gone. */
async function saved(page) {
  await save(page);
  await panel(page).waitFor({ state: "detached" });
}

async function clinics(page, picture, url) {
  const name = `Lakeside Practice ${stamp}`;
  await go(page, url, "/set-up?open=new");
  await save(page);
  await panel(page).getByText("Fill this in.").first().waitFor();
  await picture("clinic-new-empty");
  await field(page, "Name").fill(name);
  await field(page, "Street").fill("1 Lake Road");
  await field(page, "City").fill("Dublin");
  await field(page, "Country").fill("4");
  await field(page, "Phone").fill("call us!");
  await field(page, "Latitude").fill("953");
  await field(page, "Longitude").fill("-6.26");
  await field(page, "Without check-in it is a no-show this long after its end").fill("");
  await field(page, "An offered time is held for").fill("99999");
  await save(page);
  await panel(page).getByText("from -90 to 90").waitFor();
  await panel(page).getByText("from 5 to 1,440").waitFor();
  await panel(page).getByText("from 5 to 2,880").waitFor();
  assert.equal(await field(page, "Phone").inputValue(), "call us!", "what was typed stays");
  await picture("clinic-new-nonsense");
  await field(page, "Country").fill("ie");
  await field(page, "Phone").fill("+353 1 555 0100");
  await field(page, "Latitude").fill("53.35");
  await field(page, "Without check-in it is a no-show this long after its end").fill("20");
  await field(page, "An offered time is held for").fill("90");
  // What only the server knows to be wrong: said beside what was typed, which stays.
  await field(page, "Name").fill("x".repeat(130));
  await save(page);
  await panel(page).getByText("Use at most 120 characters.").first().waitFor();
  assert.equal((await field(page, "Name").inputValue()).length, 130, "what was typed stays");
  await picture("clinic-new-refused");
  await field(page, "Name").fill(name);
  await saved(page);
  await row(page, name).click();
  await field(page, "Patients cancel or move a visit at least this long before").fill("48");
  await flip(page, "Later is possible, but counts as late");
  await picture("clinic-policy");
  await saved(page);
  await row(page, name).getByText("2 days").waitFor();
  await row(page, name).click();
  assert.equal(await field(page, "Currency").inputValue(), "EUR");
  await panel(page).getByText("only the clinic can cancel").waitFor();
  await flip(page, "Open for bookings");
  await saved(page);
  await row(page, name).getByText("Not offered").waitFor();
}

async function specialties(page, picture, url) {
  await go(page, url, "/set-up?view=specialties&open=new");
  await field(page, "Name in English").fill(`Sleep medicine ${stamp}`);
  await save(page);
  await panel(page).getByText("Fill this in.").waitFor();
  await field(page, "Name in Hindi").fill("निद्रा चिकित्सा");
  await picture("specialty-new");
  await saved(page);
  await row(page, stamp).click();
  await field(page, "Name in English").fill(`Sleep and rest ${stamp}`);
  await flip(page, "Offered to patients");
  await saved(page);
  await row(page, `Sleep and rest ${stamp}`).waitFor();
}

async function visitTypes(page, picture, url) {
  await go(page, url, "/set-up?view=visit-types&open=new");
  await field(page, "Name in English").fill(`Long talk ${stamp}`);
  await field(page, "Name in Hindi").fill("लंबी बातचीत");
  await field(page, "Length").fill("3");
  await field(page, "People at once").fill("1000");
  await save(page);
  await said(page, "from 5 to 480");
  await said(page, "from 1 to 100");
  await picture("visit-type-nonsense");
  await field(page, "Length").fill("50");
  await field(page, "People at once").fill("4");
  await saved(page);
  await row(page, stamp).getByText("50").first().waitFor();
}
