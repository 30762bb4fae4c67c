// The front desk: registered with nonsense first, booked, moved, cancelled; checked in on the day; two files of one person.
import assert from "node:assert/strict";
import { button, choose, dialog, go, openFirst, panel, rows, said, settled, stamp } from "./hands.mjs";

export async function desk({ page, picture, url }) {
  const name = `Nora Quill ${stamp}`;
  await registered(page, picture, url, name);
  await booked(page, picture);
  await movedAndCancelled(page, picture, url, name);
  await day(page, picture, url);
  await merged(page, picture, url, name);
  await closed(page, picture, url, name);
}

async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) await page.locator("form").getByLabel(label, { exact: true }).fill(value);
}

async function registered(page, picture, url, name) {
  await go(page, url, "/front-desk");
  await fill(page, { Name: name, Born: "2199-01-01", Phone: "no phone", Email: "nora@" });
  await page.keyboard.press("Enter");
  await page.locator("form [aria-invalid=true]").nth(2).waitFor();
  assert.equal(await page.locator("form").getByLabel("Phone", { exact: true }).inputValue(), "no phone", "what was typed stays");
  await picture("front-desk-nonsense");
  await fill(page, { Born: "1971-05-09", Phone: "+49 30 5550199", Email: `nora.${stamp}@example.org` });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name }).waitFor();
}

async function booked(page, picture) {
  await choose(page, page.getByRole("combobox", { name: "Doctor" }));
  await page.locator("[data-time]").first().click();
  await picture("front-desk-chosen");
  await page.getByRole("button", { name: /^Book / }).click();
  await page.locator("form input").first().waitFor();
}

async function movedAndCancelled(page, picture, url, name) {
  await go(page, url, `/patients?text=${encodeURIComponent(name)}`);
  await openFirst(page);
  await panel(page).getByRole("link", { name: "Visits" }).click();
  await rows(page).first().waitFor();
  assert.equal(await rows(page).count(), 1, "the visits of one patient");
  await openFirst(page);
  const before = await rows(page).first().textContent();
  await button(panel(page), "Move").click();
  const times = panel(page).locator("[data-time]");
  await times.first().waitFor();
  await times.last().click();
  await picture("visit-move");
  await panel(page).getByRole("button", { name: /^Move to/ }).click();
  await panel(page).getByText("Moved").first().waitFor();
  assert.notEqual(await rows(page).first().textContent(), before);
  const cancel = panel(page).getByRole("button", { name: /^(Cancel visit|Decline)$/ });
  const word = await cancel.textContent();
  await cancel.click();
  await button(dialog(page), word).click();
  await dialog(page).getByText("Give a reason.").waitFor();
  await choose(page, dialog(page).getByRole("combobox"));
  await button(dialog(page), word).click();
  await dialog(page).waitFor({ state: "detached" });
  await panel(page).getByText(word === "Decline" ? "Declined" : "Cancelled").first().waitFor();
}

/** Somebody who stands at the desk today: checked in, begun, done. */
async function day(page, picture, url) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" }).format(new Date());
  await go(page, url, `/visits?state=booked&from=${today}&until=${today}&sort=start&descending=0`);
  await settled(page);
  if ((await rows(page).count()) === 0) return;
  await openFirst(page);
  for (const [press, becomes] of [["Check in", "Arrived"], ["Start", "In progress"], ["Complete", "Done"]]) {
    await button(panel(page), press).click();
    await panel(page).getByText(becomes).first().waitFor();
  }
  await picture("visit-done");
}

/** The same person registered twice, as it happens on the phone. */
async function merged(page, picture, url, name) {
  await go(page, url, "/front-desk");
  await fill(page, { Name: name.replace("Quill", "Quil"), Born: "1971-05-09", Phone: "+49305550199" });
  await page.getByText("Already known").waitFor();
  await picture("front-desk-known");
  await page.getByRole("button", { name: /register/i }).last().click();
  await page.getByRole("heading", { name: name.replace("Quill", "Quil") }).waitFor();
  await go(page, url, `/patients?text=${encodeURIComponent(name)}`);
  await openFirst(page);
  await button(panel(page), "Merge").click();
  await dialog(page).getByRole("textbox").fill("somebody else");
  await button(dialog(page), "Merge").click();
  await dialog(page).getByText("This is not the same.").waitFor();
  await picture("patient-merge");
  await dialog(page).getByRole("textbox").fill(name.replace("Quill", "Quil"));
  await button(dialog(page), "Merge").click();
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(await panel(page).getByRole("button", { name: "Merge" }).count(), 0, "there is no second file any more");
  await go(page, url, `/patients?status=merged&text=${encodeURIComponent(name.replace("Quill", "Quil"))}`);
  await rows(page).first().waitFor();
  await openFirst(page);
  await panel(page).getByText("Merged").first().waitFor();
  await picture("patient-merged");
}

async function closed(page, picture, url, name) {
  await go(page, url, `/patients?text=${encodeURIComponent(name)}`);
  await openFirst(page);
  for (const [press, becomes] of [["Deactivate", "Deactivated"], ["Reactivate", "Active"]]) {
    await button(panel(page), press).click();
    await dialog(page).getByRole("textbox").fill("As asked by phone");
    await button(dialog(page), press).click();
    await dialog(page).waitFor({ state: "detached" });
    await panel(page).getByText(becomes).first().waitFor();
    if (press === "Deactivate") await picture("patient-deactivated");
  }
}

/** A doctor suspended and let in again, and several requests given to one doctor at once. */
export async function decided({ page, picture, url }) {
  await go(page, url, "/doctors?view=all&standing=verified&sort=name");
  await openFirst(page);
  await button(panel(page), "Suspend").click();
  await button(dialog(page), "Suspend").click();
  await dialog(page).getByText("Give a reason.").waitFor();
  await dialog(page).getByRole("textbox").fill("The insurance has run out.");
  await picture("doctor-suspend");
  await button(dialog(page), "Suspend").click();
  await panel(page).getByText("Suspended").first().waitFor();
  await said(page, "The insurance has run out.");
  await button(panel(page), "Reinstate").click();
  await panel(page).getByText("Verified").first().waitFor();
  await bulk(page, picture, url);
}

async function bulk(page, picture, url) {
  await go(page, url, "/requests?state=new");
  await rows(page).first().waitFor();
  // Those of one clinic that has several, so that one doctor can have them.
  for (const clinic of ["Pune", "London", "New York"]) {
    await choose(page, page.getByRole("combobox", { name: "Clinic" }), clinic);
    await page.waitForURL((url) => url.href.includes("clinic"));
    await page.waitForTimeout(500);
    await settled(page);
    if ((await rows(page).count()) > 1) break;
  }
  await rows(page).nth(1).waitFor();
  const before = await rows(page).count();
  for (const index of [0, 1]) {
    await rows(page).nth(index).focus();
    await page.keyboard.press("Space");
  }
  await said(page, "2 marked");
  await choose(page, page.getByRole("combobox", { name: "Assign to a doctor" }));
  await picture("requests-marked");
  await button(page, "Assign").first().click();
  await page.waitForFunction((before) => document.querySelectorAll("tr[data-row]").length === before - 2, before);
}
