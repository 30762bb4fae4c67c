// What the page behind the links in e-mails does. The secret is taken out of the address at once, so that it stays in no
// history; it is sent when the button is pressed, and not before.
"use strict";

const said = (key) => document.body.getAttribute(`data-${key}`);
const [what, token] = location.hash.slice(1).split(".");
history.replaceState(null, "", location.pathname + location.search);

const section = document.querySelector("section");
const form = document.querySelector("form");
const button = document.querySelector("button");
const field = document.querySelector("#new");
const outcome = document.querySelector("#outcome");
const resets = what === "reset";

if (token && (resets || what === "verify")) {
  document.querySelector("h1").textContent = said(`link-title-${what}`);
  button.textContent = said(`link-${what}`);
  document.querySelector("#password").hidden = !resets;
  field.required = resets;
  document.querySelector("label").textContent = said("link-new");
  document.querySelector("#help").textContent = said("link-help");
  section.hidden = false;
} else {
  outcome.textContent = said("link-wrong");
}

async function send() {
  const proof = { by: "link", token };
  const path = resets ? "/v1/auth/password/reset" : "/v1/auth/email/verify";
  const body = JSON.stringify(resets ? { proof, new: field.value } : { proof });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body });
  if (answer.ok) {
    section.hidden = true;
    return said(resets ? "link-was-reset" : "link-verified");
  }
  const { code } = await answer.json();
  return said({ wrong_code: "link-wrong", weak_password: "link-weak", invalid: "link-help" }[code] ?? "link-later");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  outcome.textContent = await send().catch(() => said("link-later"));
  button.disabled = false;
});
