// A practice of the demo clinic, worked over the API as the desk, an admin or a script would, beside the apps under test.

import assert from "node:assert/strict";

/** Of everyone in the demo clinic. */
export const PASSWORD = process.env.MEDICONNECT_DEMO_PASSWORD ?? "sunrise-harbour-42";

export const email = (who) => `${who}@mediconnect.example`;

const hourIn = (zone) => Number(new Intl.DateTimeFormat("en", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(new Date()));

export const dateIn = (zone, at = new Date()) => new Intl.DateTimeFormat("sv", { timeZone: zone }).format(at);

const places = [
  { who: "doctor.newyork", desk: "desk.newyork", patient: "patient.newyork", zone: "America/New_York" },
  { who: "doctor.london", desk: "desk.london", patient: "patient.london", zone: "Europe/London" },
];

/** Names of the demo's people in a practice in whose day there is time left for visits today. */
export const place = places.find(({ zone }) => hourIn(zone) < 22) ?? places[0];

/** The doctor of the demo clinic whose bookings are confirmed by themselves. */
export const CONFIRMS_BY_ITSELF = "doctor.london";

/** Waits until something the server does has come to be. */
export async function until(holds, what, most = 120) {
  for (let tries = 0; tries < most; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 250));
  }
  assert.fail(`${what} did not come to be`);
}

/** Somebody signed in over the API. */
export class Api {
  static async signIn(address, who) {
    const api = new Api();
    api.address = address;
    const device = { id: "019367a0-0000-7000-8000-" + Math.random().toString(16).slice(2, 14).padEnd(12, "0"), name: "test" };
    const answer = await api.post("/v1/auth/sessions", { email: email(who), password: PASSWORD, device });
    api.token = answer.tokens.access;
    api.account = answer.account;
    return api;
  }

  async call(method, where, body) {
    const headers = { "content-type": "application/json" };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const answer = await fetch(this.address + where, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${where}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  get(where) {
    return this.call("GET", where);
  }

  post(where, body) {
    return this.call("POST", where, body);
  }

  put(where, body) {
    return this.call("PUT", where, body);
  }

  /** All pages of a list. */
  async all(where) {
    const found = [];
    for (let cursor = ""; cursor !== undefined;) {
      const page = await this.get(`${where}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      found.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    }
    return found;
  }
}

/** A doctor with the desk of the clinic, one role and one kind of visit. */
export class Practice {
  static async open(address, { who = place.who, desk = place.desk, zone = place.zone } = {}) {
    const practice = new Practice();
    const [own, front] = await Promise.all([Api.signIn(address, who), Api.signIn(address, desk)]);
    Object.assign(practice, { own, desk: front, zone });
    const known = await practice.visits("fulfilled");
    Object.assign(practice, { role: known.at(-1).role_id, kind: known.at(-1).visit_type_id, doctor: known.at(-1).doctor_id });
    practice.patients = [...new Set(known.map((visit) => visit.patient_id))];
    return practice;
  }

  /** The visits that stand in one of these states, the latest last. */
  async visits(...states) {
    const found = await this.own.all("/v1/doctors/appointments");
    return found.filter((visit) => states.length === 0 || states.includes(visit.state));
  }

  visit(id) {
    return this.own.get(`/v1/doctors/appointments/${id}`);
  }

  async stateOf(id) {
    return (await this.visit(id)).state;
  }

  /** Booked visits from tomorrow on, which nothing of today reaches. */
  async ahead() {
    return (await this.visits("booked")).filter((visit) => Date.parse(visit.start) > Date.now() + 24 * 3600_000);
  }

  /** Books for a patient, by the desk or by `who`, at the first time from `first` on that is free. */
  async book(patient, { first = startOfDay(2), step = 3600_000, tries = 20 * 24, who = this.desk, where = "/v1/admin/appointments" } = {}) {
    for (let n = 0; n < tries; n += 1) {
      const start = new Date(first + n * step).toISOString();
      const body = { patient_id: patient, role_id: this.role, visit_type_id: this.kind, start, hold: null };
      const visit = await who.post(where, body).catch(() => undefined);
      if (visit) return visit.id ?? visit.appointment.id;
    }
    return assert.fail("no time is free");
  }

  /** Sends a request without a time for a patient and gives it to this doctor. */
  async ask(patient, who) {
    const { clinic_id } = (await this.visits("fulfilled")).at(-1);
    const wish = { about: "new_problem", urgency: "soon", mode: "video", specialty_id: null, doctor_id: null, days: [] };
    const { id } = await who.post("/v1/patients/consultations", { patient_id: patient, clinic_id, wish });
    await this.desk.post(`/v1/admin/consultations/${id}/assign`, { doctor_id: this.doctor });
  }

  /** Cancels what the demo has ahead for a patient with other doctors: it would stand in the way of times that are free here. */
  async clearElsewhere(patient, who) {
    const ahead = (await who.all("/v1/patients/appointments")).filter(
      ({ patient_id, doctor_id, state, start }) => patient_id === patient && doctor_id !== this.doctor && ["requested", "booked"].includes(state) && Date.parse(start) > Date.now(),
    );
    for (const { id } of ahead) await who.post(`/v1/patients/appointments/${id}/cancel`, { reason: "not_needed" });
  }

  /** Opens today from the next full minute on, so that a visit can begin soon, whatever the weekly hours are. */
  async openToday() {
    const { rules } = await this.own.get(`/v1/doctors/schedule/${this.role}`);
    const date = dateIn(this.zone);
    const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.zone });
    const [hour, minute] = clock.format(new Date()).split(":").map(Number);
    const start_min = Math.min(hour * 60 + minute + 1, 24 * 60 - 60);
    const overrides = [...rules.overrides.filter((day) => day.date !== date), { date, blocks: [{ start_min, end_min: 24 * 60, visit_types: null }] }];
    overrides.sort((one, other) => one.date.localeCompare(other.date));
    await this.own.put(`/v1/doctors/schedule/${this.role}`, { ...rules, overrides });
    return (Math.floor(Date.now() / 60_000) + 1) * 60_000;
  }
}

/** Midnight, universal time, so many days ahead. */
export function startOfDay(days) {
  const day = 24 * 3600_000;
  return Math.ceil(Date.now() / day) * day + days * day;
}
