// Opens the real window: core behind Tauri's bridge, the pages in the system's web view, and a server behind a cable that
// can be cut. What only a browser was asked before is asked here: charts, dialogs, fonts, keys, the content policy.
//
//   MEDICONNECT_PROGRAMS or CARGO_TARGET_DIR   where mediconnect-admin and mediconnect-server are
//   MEDICONNECT_ADMIN     the program itself
//   MEDICONNECT_SERVER    a server with the demo clinic; without it one is started
//   MEDICONNECT_PICTURES  where the pictures go (default target/screens/window)
//   MEDICONNECT_WEBDRIVER WebKitGTK's driver (default WebKitWebDriver)
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cableTo } from "./cable.mjs";
import { demoServer, person, programs } from "./demo.mjs";
import { stamp } from "./hands.mjs";
import { driver, eventually, KEYS, screen } from "./webdriver.mjs";

const pictures = process.env.MEDICONNECT_PICTURES ?? fileURLToPath(new URL("../../target/screens/window", import.meta.url));
const binary = process.env.MEDICONNECT_ADMIN ?? join(programs, "mediconnect-admin");
mkdirSync(pictures, { recursive: true });
if (!existsSync(binary)) throw new Error(`${binary} is not built: cargo build --manifest-path src-tauri/Cargo.toml`);

const home = mkdtempSync(join(tmpdir(), "mediconnect-window-"));
const downloads = join(home, "Downloads");
mkdirSync(downloads);
const server = await demoServer();
const cable = await cableTo(server.url);
const display = await screen();
const surroundings = {
  ...process.env,
  DISPLAY: display.name,
  GDK_BACKEND: "x11",
  HOME: home,
  XDG_DATA_HOME: join(home, "data"),
  XDG_CONFIG_HOME: join(home, "config"),
  XDG_CACHE_HOME: join(home, "cache"),
  // No session bus: nothing of this machine's keys, and no other window of the app, takes part.
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
  MEDICONNECT_DATA: join(home, "mediconnect"),
  MEDICONNECT_SERVER: cable.url,
  TAURI_WEBVIEW_AUTOMATION: "true",
};
const driving = await driver(surroundings);

let window;
let passed = 0;
const failed = [];
const picture = (name) => window.picture(join(pictures, `${name}.png`));

/** One thing the window can do. Those after it go on from where it ends, so the first failure ends the walk. */
async function can(what, tried) {
  if (failed.length > 0) return;
  try {
    await tried();
    passed += 1;
    console.log(`✓ ${what}`);
  } catch (error) {
    failed.push(what);
    console.error(`✕ ${what}: ${error.stack}`);
    await picture("stopped").catch(() => undefined);
  }
}

const row = "tr[data-row]";
// The driver finds no point to press in a row itself.
const cell = `${row} td`;
const { email, password } = person("super");
const focus = () => window.run(`() => document.activeElement.id || document.activeElement.tagName`);
const hears = () => window.run(`() => { window.refused = []; document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.refused.push(violatedDirective + " " + blockedURI)); }`);

/** Somebody else in the clinic rejects the doctor whose address stands in this text, past the cable. */
async function rejectedByAnother(text) {
  const ask = async (path, token, body) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(server.url + path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const device = { id: "019a0000-0000-7000-8000-000000000001", name: "Another desk" };
  const { tokens } = await ask("/v1/auth/login", null, { email, password, device });
  const { items } = await ask("/v1/admin/doctors?standing=submitted", tokens.access);
  const doctor = items.find(({ email }) => text.includes(email));
  await ask(`/v1/admin/doctors/${doctor.id}/reject`, tokens.access, { reason: "The license is of another board" });
}

await can("opens and asks who is there", async () => {
  window = await driving.open(binary);
  await window.size(1280, 800);
  await window.shows("Sign in with your staff account.");
  await hears();
  await picture("sign-in");
});

await can("refuses a wrong password and keeps the address", async () => {
  await window.type("input[type=email]", email);
  await window.type("input[type=password]", "certainly-wrong-1");
  await window.press("button[type=submit]");
  await window.shows("That did not match");
  assert.equal(await window.run(`() => document.querySelector("input[type=email]").value`), email);
});

await can("signs in by core and draws the charts", async () => {
  await window.type("input[type=password]", password);
  await window.keys(KEYS.enter);
  await window.shows("Visits by day");
  await eventually("bars", () => window.run(`() => document.querySelectorAll("figure svg path").length > 40`));
  const drawn = await window.run(`() => [...document.querySelectorAll("figure")].map((figure) => figure.getBoundingClientRect()).every(({ width, height }) => width > 200 && height > 150)`);
  assert.ok(drawn, "the charts have room");
  await picture("overview");
});

await can("has its fonts inside, Hindi too", async () => {
  const fonts = () => window.run(`() => [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family.replaceAll('"', ""))`);
  assert.ok((await fonts()).includes("Inter Variable"));
  await window.go("/settings");
  await window.press("label", "हिन्दी");
  await window.shows("सेटिंग");
  await eventually("Devanagari", async () => (await fonts()).includes("Noto Sans Devanagari"));
  await picture("settings-hindi");
  await window.press("label", "English");
  await window.shows("Text size");
});

await can("is worked by keys: palette, search, rows, panel", async () => {
  await window.chord(KEYS.control, "k");
  await window.find("[role=dialog] input");
  await window.keys("visits");
  await window.find("[role=dialog] [data-selected]");
  await window.keys(KEYS.enter);
  await window.find(row);
  await eventually("the palette is gone", () => window.run(`() => !document.querySelector("[role=dialog]")`));
  await window.keys("/", "kapoor");
  await eventually("found", () => window.run(`() => { const rows = [...document.querySelectorAll("tr[data-row]")]; return rows.length > 0 && rows.every(({ textContent }) => textContent.includes("Kapoor")); }`));
  await window.keys(KEYS.down, KEYS.enter);
  await window.find("aside h2");
  assert.equal(await focus(), "panel-title");
  await picture("visit");
  await window.keys(KEYS.escape);
  await eventually("the panel is gone", () => window.run(`() => !document.querySelector("aside")`));
  assert.equal(await focus(), "TR");
});

await can("keeps the focus in a dialog and gives it back", async () => {
  await window.go("/doctors");
  await window.press(cell);
  await window.press("aside button", "Reject");
  await window.find("[role=dialog] textarea");
  for (let presses = 0; presses < 6; presses += 1) {
    await window.keys(KEYS.tab);
    assert.ok(await window.run(`() => Boolean(document.activeElement.closest("[role=dialog]"))`), "Tab stays inside");
  }
  await window.press("[role=dialog] button", "Reject");
  await window.shows("Give a reason.");
  await picture("dialog");
  await window.keys(KEYS.escape);
  await eventually("the dialog is gone", () => window.run(`() => !document.querySelector("[role=dialog]")`));
  assert.ok(await window.run(`() => Boolean(document.querySelector("aside"))`), "the panel stays");
});

await can("verifies a doctor by a command through core", async () => {
  const name = await window.run(`() => document.querySelector("aside h2").textContent`);
  await window.press("aside button", "Verify");
  await eventually("verified", () => window.run(`() => document.querySelector("aside [data-tone=positive]")?.textContent === "Verified"`));
  await window.shows(`${name}`);
  await picture("doctor-verified");
});

await can("tells a first password once and copies it", async () => {
  await window.go("/staff?add=1");
  await window.find("aside form, form aside");
  const [name, address] = ["Wren Field", `wren.${stamp}@example.org`];
  await window.run(`() => void [...document.querySelectorAll("aside input[type=radio]")].find(({ value }) => value === "support_admin").click()`);
  await window.type("aside input[type=email]", address);
  await window.type("aside input:not([type=email]):not([type=radio]):not([readonly])", name);
  await window.press("aside button[type=submit]");
  await window.find("[data-first-password]");
  const first = await window.run(`() => document.querySelector("[data-first-password]").textContent`);
  assert.match(first, /^[a-z0-9-]{20,}$/);
  await window.press("[role=dialog] button", "Copy password");
  await window.shows("Copied");
  await picture("first-password");
  await window.press("[role=dialog] button", "I have it, close");
  await window.shows(address);
});

await can("saves an export under the downloads", async () => {
  await window.go("/doctors?view=all");
  await window.find(row);
  await window.press("button[aria-label^='Export'], button[aria-label*='CSV']");
  await eventually("the file", () => readdirSync(downloads).some((name) => /^doctors-.*\.csv$/.test(name)));
});

await can("says when the server is gone, keeps what was typed, and goes on when it is back", async () => {
  await window.go("/visits?state=booked");
  await window.press(cell);
  await window.find("aside form input");
  cable.cut();
  await window.type("aside form input", `Called ${stamp}`);
  await window.press("aside form button[type=submit]");
  await eventually("why", () => window.run(`() => /The server can't be reached|No answer yet/.test(document.querySelector("aside [role=alert]")?.innerText)`));
  assert.equal(await window.run(`() => document.querySelector("aside form input").value`), `Called ${stamp}`);
  await window.shows("nothing can be changed until it answers");
  await picture("offline");
  // What never left is sent by hand; what was sent and not answered goes by itself. Either way it is there once.
  const never = await window.run(`() => document.querySelector("aside [role=alert]").innerText.includes("can't be reached")`);
  cable.mend();
  await window.hides("nothing can be changed until it answers");
  if (never) await window.press("aside form button[type=submit]");
  const times = () => window.run(`(text) => document.querySelector("aside").innerText.split(text).length - 1`, `Called ${stamp}`);
  await eventually("the note", async () => (await times()) === 1 && (await window.run(`() => document.querySelector("aside form input").value === ""`)));
});

await can("lets nothing out but through the bridge, and breaks no rule of its own", async () => {
  assert.deepEqual(await window.run(`() => window.refused`), [], "the pages keep to their policy");
  await window.run(`(url) => void fetch(url).catch(() => undefined)`, `${server.url}/v1/installation`);
  await eventually("refused", () => window.run(`() => window.refused.some((what) => what.startsWith("connect-src"))`));
  await window.run(`() => { const script = document.createElement("script"); script.textContent = "window.smuggled = true"; document.head.append(script); }`);
  assert.equal(await window.run(`() => window.smuggled ?? null`), null, "no script that was not built in");
});

await can("is dark where that is chosen, and as small as a laptop", async () => {
  await window.go("/settings");
  await window.press("label", "Dark");
  await window.size(1024, 700);
  await window.go("/");
  await window.shows("Visits by day");
  await picture("overview-dark-small");
  await window.go("/visits");
  await window.press(cell);
  await window.find("aside h2");
  await picture("visit-dark-small");
});

await can("knows who was signed in when it opens again, server or not", async () => {
  await window.close();
  cable.cut();
  window = await driving.open(binary);
  await window.find("nav");
  await window.go("/visits?state=booked");
  await window.find(row);
  await window.shows("nothing can be changed until it answers");
  await picture("again-offline");
  cable.mend();
  await window.hides("nothing can be changed until it answers");
});

await can("shows after a restart what was refused while it was closed, until that is dismissed", async () => {
  await window.go("/doctors");
  await window.press(cell);
  await window.find("aside button");
  const shown = await window.run(`() => document.querySelector("aside").innerText`);
  cable.swallow();
  await window.press("aside button", "Verify");
  await eventually("sent into nothing", () => cable.swallowed().includes("/v1/sync/push"));
  await window.close();
  await rejectedByAnother(shown);
  cable.mend();
  window = await driving.open(binary);
  await window.shows("Refused later: verified a doctor");
  await picture("refused-later");
  await window.press("[data-refused-later] button", "Understood");
  await window.hides("Refused later");
  await window.close();
  window = await driving.open(binary);
  await window.find("nav");
  await window.hides("Refused later");
});

await can("signs out", async () => {
  await window.press("nav button", "Sign out");
  await window.shows("Sign in with your staff account.");
});

await window?.close().catch(() => undefined);
driving.stop();
display.stop();
cable.stop();
await server.stop();
// The web view writes its caches for a moment after its window is gone.
for (let left = 40; existsSync(home) && left > 0; left -= 1) {
  try {
    rmSync(home, { recursive: true, force: true });
  } catch (error) {
    if (left === 1) console.warn(`${home} stays: ${error.message}`);
    await new Promise((later) => setTimeout(later, 250));
  }
}
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);
