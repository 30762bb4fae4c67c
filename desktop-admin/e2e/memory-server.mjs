// A server of the walk's own, for trying the front end where no real one is built: a few hundred made-up rows behind the
// same paths. It knows no rules; whatever it accepts proves nothing but that the screens work.
import { createServer } from "node:http";

const NAMES = ["Asha Verma", "Jonas Weber", "Priya Nair", "Lena Hoffmann", "Rahul Mehta", "Maya Iyer", "Tom Becker", "Sara Lindqvist", "Omar Haddad", "Anita Rao", "Felix Braun", "Neha Kulkarni", "Paul Schmidt", "Ines Costa", "Vikram Singh", "Julia Roth"];
const PLACES = [["Nordlicht Berlin", "Berlin", "DE", "Europe/Berlin", 52.52, 13.4, "EUR"], ["Marigold Clinic", "Pune", "IN", "Asia/Kolkata", 18.52, 73.86, "INR"], ["Harbor Health", "Boston", "US", "America/New_York", 42.36, -71.06, "USD"]];
const SPECIALTIES = [["General practice", "सामान्य चिकित्सा"], ["Cardiology", "हृदय रोग"], ["Dermatology", "त्वचा रोग"], ["Paediatrics", "बाल रोग"], ["Orthopaedics", "हड्डी रोग"]];
const STATES = ["fulfilled", "fulfilled", "fulfilled", "cancelled", "noshow", "booked", "booked", "requested", "arrived"];
const DAY = 86_400_000;

let counter = 0;
const id = () => `0199aaaa-0000-7000-8000-${(++counter).toString(16).padStart(12, "0")}`;
const at = (offset) => new Date(Math.round((Date.now() + offset) / 900_000) * 900_000).toISOString();
const pick = (list, index) => list[index % list.length];

function world() {
  const clinics = PLACES.map(([name, city, country, zone, latitude, longitude, currency]) => ({ id: id(), active: true, details: { name, address: { street: "Main street 1", city, postal_code: "10115", country }, place: { latitude, longitude }, zone, phone: "+49301234567", currency, policy: { cancel_notice_min: 1440, late_cancel_allowed: true, no_show_after_min: 30, answer_before_min: 60, offer_hold_min: 120 } } }));
  const specialties = SPECIALTIES.map(([en, hi]) => ({ id: id(), name: { en, hi }, active: true }));
  const visitTypes = [["First visit", "पहली मुलाक़ात", 30], ["Follow-up", "अगली मुलाक़ात", 15]].map(([en, hi, length]) => ({ id: id(), active: true, details: { name: { en, hi }, mode: "in_person", default_length_min: length, default_capacity: 1 } }));
  const standing = ["submitted", "submitted", "submitted", "verified", "verified", "verified", "verified", "verified", "verified", "suspended", "rejected", "registered"];
  const doctors = standing.map((state, index) => ({ id: id(), account_id: id(), name: `Dr. ${pick(NAMES, index)}`, email: `doctor${index}@example.org`, standing: state, license: state === "registered" ? null : { number: `L-${4800 + index}`, authority: "State medical board", country: pick(["DE", "IN", "US"], index), valid_until: at(index === 1 ? 20 * DAY : 900 * DAY).slice(0, 10) }, clinics: [pick(clinics, index).id], registered_at: at(-200 * DAY), submitted_at: at(-(index + 1) * 20 * 3_600_000), history: [{ at: at(-200 * DAY), standing: "registered", reason: null, by: null }, { at: at(-(index + 1) * DAY), standing: state, reason: state === "rejected" ? "The number is not in the register." : null, by: null }] }));
  const verified = doctors.filter(({ standing }) => standing === "verified");
  const profiles = verified.map((doctor, index) => ({ id: doctor.id, listed: true, verified_at: at(-90 * DAY), details: { name: doctor.name, specialties: [pick(specialties, index).id], about: "", languages: ["en"], education: [], certifications: [], practising_since: 2009 } }));
  const offerings = (currency) => visitTypes.map(({ id, details }) => ({ visit_type_id: id, length_min: details.default_length_min, buffer_before_min: 0, buffer_after_min: 5, capacity: 1, price: { amount_minor: 4500, currency }, mode: "in_person" }));
  const roles = verified.map((doctor, index) => ({ id: id(), doctor_id: doctor.id, clinic_id: pick(clinics, index).id, active: true, listed: true, zone: pick(clinics, index).details.zone, offerings: offerings(pick(clinics, index).details.currency), auto_confirm: index % 2 === 0, minimum_notice_min: 60, cancel_notice_min: 1440 }));
  const patients = Array.from({ length: 130 }, (_, index) => ({ id: id(), status: index % 17 === 16 ? "deactivated" : "active", clinics: [pick(clinics, index).id], merged_into: null, registered_at: at(-index * DAY), profile: { name: index < 2 ? "Maya Iyer" : `${pick(NAMES, index).split(" ")[0]} ${pick(NAMES, index * 7 + 3).split(" ")[1]}`, birth_date: `19${60 + (index % 39)}-0${1 + (index % 9)}-1${index % 9}`, sex: null, phone: `+4930${1000000 + index}`, email: `p${index}@example.org`, address: null, emergency_contact: null, insurance: null, language: "en", zone: "Europe/Berlin" } }));
  const appointments = Array.from({ length: 420 }, (_, index) => visit(index, roles, patients, clinics, profiles, visitTypes));
  const consultations = Array.from({ length: 24 }, (_, index) => request(index, clinics, patients, verified));
  const account = (name, email, role) => ({ id: id(), role, status: "active", name, email, language: "en", created_at: at(-300 * DAY) });
  const accounts = [account("Ruth Adler", "super@example.org", { name: "super_admin" }), account("Kiran Desai", "clinic@example.org", { name: "clinic_admin", clinics: [clinics[1].id] }), account("Sam Doyle", "support@example.org", { name: "support_admin" })];
  return { clinics, specialties, visitTypes, doctors, profiles, roles, patients, appointments, consultations, accounts };
}

function visit(index, roles, patients, clinics, profiles, visitTypes) {
  const role = pick(roles, index);
  const patient = pick(patients, index * 3);
  const start = at(((index % 60) - 45) * DAY + (index % 9) * 3_600_000);
  const past = Date.parse(start) < Date.now();
  const state = past ? pick(STATES.slice(0, 5), index * 7) : pick(STATES.slice(5), index * 7);
  const type = pick(visitTypes, index);
  const cancellation = state === "cancelled" ? { by: "patient", reason: "cannot_come", late: index % 2 === 0, at: start } : null;
  const history = [{ at: at(-60 * DAY), by: "patient", what: { event: "became", state: "requested" } }, { at: at(-59 * DAY), by: "doctor", what: { event: "became", state: "booked" } }, { at: start, by: "clinic", what: { event: "became", state } }];
  return { id: id(), patient_id: patient.id, patient_name: patient.profile.name, doctor_id: role.doctor_id, role_id: role.id, clinic_id: role.clinic_id, visit_type_id: type.id, state, start, end: new Date(Date.parse(start) + 1_800_000).toISOString(), zone: role.zone, place: { span: { start, end: start }, session: id(), seat: 0, capacity: 1 }, mode: "in_person", price: role.offerings[0].price, names: { doctor: profiles.find(({ id }) => id === role.doctor_id).details.name, clinic: clinics.find(({ id }) => id === role.clinic_id).details.name, visit_type: type.details.name }, origin: { from: pick(["patient", "front_desk"], index) }, hold: null, series_id: null, cancellation, cancel_notice_min: 1440, answer_by: start, no_show_at: start, created_by: null, history, staff_notes: [] };
}

function request(index, clinics, patients, verified) {
  const state = pick(["new", "new", "new", "triaged", "offered", "accepted", "declined"], index);
  const assigned = state === "new" ? null : pick(verified, index);
  return { id: id(), patient_id: pick(patients, index * 5).id, patient_name: pick(patients, index * 5).profile.name, doctor_name: assigned?.name ?? null, clinic_id: pick(clinics, index).id, wish: { about: pick(["new_problem", "follow_up", "prescription_renewal"], index), urgency: pick(["routine", "soon", "urgent"], index), mode: "in_person", specialty_id: null, doctor_id: null, days: [{ date: at(2 * DAY).slice(0, 10), part: "morning" }] }, state, assigned: assigned?.id ?? null, appointment_id: null, offer_expires_at: null, opened_at: at(-index * 5 * 3_600_000), expires_at: at(9 * DAY), decline_reason: null, history: [{ at: at(-index * 5 * 3_600_000), by: "patient", state: "new" }], staff_notes: [] };
}

const has = (text, ...fields) => !text || fields.some((field) => field?.toLowerCase().includes(text.toLowerCase()));
const same = (wanted, value) => !wanted || wanted === value;

const QUESTIONS = {
  "/v1/admin/appointments": (w, q) => w.appointments.filter((v) => same(q.clinic_id, v.clinic_id) && same(q.doctor_id, v.doctor_id) && same(q.patient_id, v.patient_id) && same(q.state, v.state) && (!q.from || v.start >= q.from) && (!q.until || v.start < q.until) && has(q.text, v.patient_name, v.names.doctor)).sort((a, b) => (q.descending ? b.start.localeCompare(a.start) : a.start.localeCompare(b.start))).map(({ patient_name, ...appointment }) => ({ patient_name, appointment })),
  "/v1/admin/consultations": (w, q) => w.consultations.filter((c) => same(q.clinic_id, c.clinic_id) && same(q.doctor_id, c.assigned) && same(q.state, c.state) && same(q.urgency, c.wish.urgency) && has(q.text, c.patient_name)).map(line),
  "/v1/admin/doctors": (w, q) => w.doctors.filter((d) => same(q.standing, d.standing) && (!q.clinic_id || d.clinics.includes(q.clinic_id)) && has(q.text, d.name)),
  "/v1/admin/patients": (w, q) => w.patients.filter((p) => same(q.status, p.status) && (!q.clinic_id || p.clinics.includes(q.clinic_id)) && has(q.text, p.profile.name, p.profile.phone, p.profile.email)),
  "/v1/admin/patients/doubles": (w, q) => w.patients.filter((p) => p.profile.name === q.name),
  "/v1/admin/patients/links": (w, q) => [{ id: id(), account_id: id(), patient_id: q.patient_id, relation: "oneself", permissions: ["read", "book", "manage"], expires_at: null, revoked_at: null, granted_by: id(), granted_at: at(0), account_name: "Maya Iyer", patient_name: "Maya Iyer" }],
  "/v1/admin/accounts": (w, q) => w.accounts.filter((a) => (q.role === "staff" || same(q.role, a.role.name)) && same(q.status, a.status) && has(q.text, a.name, a.email)),
  "/v1/admin/activity": (w) => w.appointments.slice(0, 14).map((v, index) => ({ at: at(-index * 7 * 60_000), actor_name: index % 5 ? v.patient_name : null, command: pick(["appointments.book", "appointments.cancel", "directory.verify", "appointments.check_in"], index), outcome: index === 3 ? "slot_taken" : "accepted", subject: v.names.doctor })),
};

const line = ({ patient_name, doctor_name, ...consultation }) => ({ patient_name, doctor_name, consultation });

function figures(w, q) {
  const empty = () => ({ visits: 0, fulfilled: 0, cancelled: 0, late_cancelled: 0, noshow: 0, requested: 0, booked: 0 });
  const days = [];
  for (let day = Date.parse(q.from); day <= Date.parse(q.until); day += DAY) {
    const date = new Date(day).toISOString().slice(0, 10);
    const set = empty();
    for (const v of w.appointments.filter((v) => v.start.startsWith(date) && same(q.clinic_id, v.clinic_id))) {
      set.visits += 1;
      if (v.state in set) set[v.state] += 1;
    }
    days.push({ date, figures: set });
  }
  const now = days.reduce((sum, { figures }) => Object.fromEntries(Object.keys(sum).map((key) => [key, sum[key] + figures[key]])), empty());
  const before = Object.fromEntries(Object.entries(now).map(([key, value]) => [key, Math.round(value * 0.88) + 1]));
  const load = [1, 2, 3, 4, 5].flatMap((weekday) => [8, 9, 10, 11, 13, 14, 15, 16].map((hour) => ({ weekday, hour, visits: (weekday * hour * 7) % 23 })));
  return { as_of: new Date().toISOString(), now, before, per_day: days, load, by_specialty: w.specialties.map(({ name }, index) => ({ specialty: name.en, visits: 90 - index * 15 })), waiting_requests: 9, verification_queue: 3, accounts_by_role: [{ role: "patient", active: 1960, disabled: 14 }, { role: "doctor", active: 40, disabled: 1 }], active_accounts: 812 };
}

function slots(q) {
  const starts = [];
  for (let day = Date.parse(q.from); day < Date.parse(q.until) && starts.length < 60; day += DAY) for (let step = 0; step < 9; step++) starts.push(new Date(day + 8 * 3_600_000 + step * 2_700_000).toISOString());
  return { slots: starts.filter((start) => Date.parse(start) > Date.now()).map((start) => ({ start, end: start, seats_left: 1 })), next_free: null, as_of: at(0) };
}

const ACCEPT = {
  "directory.verify": (w, { doctor_id }) => (w.doctors.find(({ id }) => id === doctor_id).standing = "verified"),
  "appointments.check_in": (w, { appointment_id }) => (w.appointments.find(({ id }) => id === appointment_id).state = "arrived"),
  "appointments.cancel": (w, { appointment_id, reason }) => Object.assign(w.appointments.find(({ id }) => id === appointment_id), { state: "cancelled", cancellation: { by: "clinic", reason, late: false, at: at(0) } }),
  "consultations.assign": (w, { consultation_id, doctor_id }) => Object.assign(w.consultations.find(({ id }) => id === consultation_id), { state: "triaged", assigned: doctor_id }),
  "directory.reject": (w, { doctor_id }) => (w.doctors.find(({ id }) => id === doctor_id).standing = "rejected"),
  "profiles.register": (w, { patient_id, clinic_id, profile }) => w.patients.push({ id: patient_id, profile, clinics: [clinic_id], status: "active", merged_into: null, registered_at: at(0) }),
};

function answer(w, path, q, body) {
  if (path === "/v1/auth/login") {
    const account = body.password === "memory-password" && w.accounts.find(({ email }) => email === body.email);
    return account ? { account, tokens: { access: account.id, refresh: account.id } } : { status: 401, code: "wrong_credentials" };
  }
  if (path === "/v1/commands") {
    if (body.name === "appointments.book" && !w.refusedOnce) return (w.refusedOnce = true), { outcome: { is: "refused", refusal: { code: "slot_taken", next_free: [at(DAY), at(DAY + 3_600_000)] } } };
    ACCEPT[body.name]?.(w, body.args);
    return { outcome: { is: "accepted", entries: [] } };
  }
  if (path === "/v1/admin/figures") return figures(w, q);
  if (path === "/v1/slots") return slots(q);
  if (path === "/v1/slots/why") return { why: { code: "taken" }, next_free: [at(DAY), at(2 * DAY)] };
  if (path === "/v1/admin/consultations/one") return line(w.consultations.find(({ id }) => id === q.consultation_id));
  const found = QUESTIONS[path]?.(w, q);
  if (!found) return { status: 404, code: "not_found" };
  const [start, limit] = [Number(q.cursor ?? 0), Number(q.limit ?? 50)];
  return { items: found.slice(start, start + limit), next_cursor: start + limit < found.length ? String(start + limit) : null };
}

function directoryLines(w) {
  const kinds = { clinic: w.clinics, specialty: w.specialties, visit_type: w.visitTypes, doctor_profile: w.profiles, practitioner_role: w.roles };
  const rows = Object.entries(kinds).flatMap(([kind, items]) => items.map((body) => ({ seq: 1, kind, id: body.id, rev: 1, body })));
  return [{ line: "begin" }, { line: "page", bucket: "directory", rows }, { line: "end" }].map((text) => JSON.stringify(text)).join("\n");
}

/** Starts on a free port; answers its address and how to stop it. */
export async function startMemoryServer() {
  const w = world();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://memory");
    let text = "";
    for await (const chunk of request) text += chunk;
    if (pathname === "/v1/sync/pull") return void response.end(directoryLines(w));
    const { status = 200, ...body } = answer(w, pathname, Object.fromEntries(searchParams), text ? JSON.parse(text) : {});
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
