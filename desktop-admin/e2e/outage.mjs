// The way to the server breaks in the middle of work: what is on the screen stays and says so, nothing typed is lost, and
// everything goes on by itself when the way is there again.
import assert from "node:assert/strict";
import { button, choose, go, openFirst, panel, rows, said, settled, stamp } from "./hands.mjs";

export async function outage({ page, picture, url, cable }) {
  await go(page, url, "/visits?state=booked");
  await openFirst(page);
  const note = `Called back ${stamp}`;
  const field = panel(page).getByRole("textbox");
  await field.fill(note);
  const shown = await rows(page).count();
  // First the network of this computer.
  await page.context().setOffline(true);
  await button(panel(page), "Save").click();
  await panel(page).getByText("The server can't be reached").waitFor();
  assert.equal(await field.inputValue(), note, "what was typed stays");
  assert.equal(await rows(page).count(), shown, "what is shown stays");
  await page.getByText("nothing can be changed until it answers").waitFor();
  await picture("offline");
  await page.context().setOffline(false);
  await button(panel(page), "Save").click();
  await panel(page).getByText(note).waitFor();
  await page.getByText("nothing can be changed until it answers").waitFor({ state: "detached" });
  await serverGone(page, picture, cable);
}

/** Then the server: a list that was never seen has nothing to show, and says why. */
async function serverGone(page, picture, cable) {
  await page.keyboard.press("Escape");
  cable.cut();
  await choose(page, page.getByRole("combobox", { name: "State" }), "Done");
  await page.getByRole("alert").first().waitFor();
  await picture("server-gone");
  cable.mend();
  await button(page, "Try again").first().click();
  await settled(page);
  await rows(page).first().waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  await said(page, "Done");
}
