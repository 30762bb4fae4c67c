// What each role sees and reaches: by the menus, and by an address that somebody typed or was sent.
import assert from "node:assert/strict";
import { person } from "./demo.mjs";
import { button, go, openFirst, panel, rows, settled, signIn } from "./hands.mjs";

const ALL = ["Overview", "Visits", "Requests", "Front desk", "Patients", "Doctors", "Set-up", "Staff and accounts", "Settings"];
const SUPPORT = ALL.filter((name) => name !== "Front desk" && name !== "Set-up");

const menu = (page) => page.getByRole("navigation").getByRole("link").allTextContents();

/** Within one session: a reload would sign a browser out. */
const address = (page, path) => page.evaluate((path) => void (location.hash = path), path);

export async function roles({ picture, anew, url }) {
  await clinicAdmin(await anew(), picture, url);
  await support(await anew(), picture, url);
  await noStaff(await anew(), picture);
}

async function clinicAdmin(page, picture, url) {
  await signIn(page, person("desk.pune"));
  assert.deepEqual(await menu(page), ALL);
  await picture("clinic-admin-overview", page);
  await go(page, url, "/set-up");
  await rows(page).first().waitFor();
  assert.equal(await rows(page).count(), 1, "the own clinic alone");
  assert.equal(await page.getByRole("button", { name: /^Add/ }).count(), 0);
  await openFirst(page);
  await picture("clinic-admin-set-up", page);
  for (const path of ["/set-up?open=new", "/set-up?view=specialties&open=new", "/staff?add=1"]) {
    await address(page, path);
    await settled(page);
    assert.equal(await panel(page).count(), 0, `${path} opens nothing`);
  }
  assert.equal(await button(page, "Add staff").count(), 0);
  await address(page, "/set-up?view=visit-types");
  await openFirst(page);
  assert.equal(await button(panel(page), "Save").count(), 0, "the catalogue is the installation's");
  await address(page, "/visits");
  await settled(page);
  await rows(page).first().waitFor();
  const places = await rows(page).evaluateAll((rows) => [...new Set(rows.map((row) => row.cells[5].textContent))]);
  assert.deepEqual(places, ["Banyan Health, Pune"], "visits of the own clinic alone");
  await address(page, "/patients");
  await settled(page);
  await rows(page).first().waitFor();
  const clinics = await rows(page).evaluateAll((rows) => rows.map((row) => row.cells[4].textContent));
  assert.ok(clinics.every((names) => names.includes("Pune")), "patients of the own clinic alone");
  await page.context().close();
}

async function support(page, picture, url) {
  await signIn(page, person("support"));
  assert.deepEqual(await menu(page), SUPPORT);
  await picture("support-overview", page);
  for (const path of ["/front-desk", "/set-up", "/set-up?open=new", "/audit"]) {
    await address(page, path);
    await page.getByRole("heading", { name: "This screen is not for your role" }).waitFor();
  }
  await picture("not-allowed", page);
  await go(page, url, "/visits?state=booked");
  await openFirst(page);
  assert.equal(await panel(page).getByRole("button", { name: /Cancel visit|Move|Check in/ }).count(), 0, "support runs no visits");
  await picture("support-visit", page);
  await address(page, "/doctors?view=all");
  await openFirst(page);
  assert.equal(await panel(page).getByRole("button", { name: /Verify|Reject|Suspend/ }).count(), 0, "support verifies nobody");
  await address(page, "/requests");
  await rows(page).first().waitFor();
  assert.equal(await page.getByRole("checkbox").count(), 0, "support assigns nothing");
  await address(page, "/staff?role=staff");
  await openFirst(page);
  assert.equal(await panel(page).getByRole("button", { name: /Change role|Disable|new password/ }).count(), 0, "support changes no staff");
  await page.context().close();
}

/** A patient's password is right, and all the same they have no business here. */
async function noStaff(page, picture) {
  const { email, password } = person("patient.london");
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByText("This account is not for staff").waitFor();
  await picture("sign-in-not-staff", page);
  await page.context().close();
}
