import { describe, expect, it } from "vitest";
import type { PractitionerRole } from "@/lib/generated";
import { RefusedError } from "@/lib/backend";
import { fieldMessage, refusedField } from "@/lib/form";
import { may } from "@/lib/rights";
import { wordsOf } from "@/lib/activity";
import { textsOf } from "@/lib/texts";
import { checksOf } from "./doctors/checks";
import { callerErrors, fileOf, NOBODY, phoneOf } from "./front-desk/fields";
import { busyHours, latest } from "./overview/charts";
import { change, completion, figuresOf, noShowRate, stretchOf } from "./overview/stretch";
import { doctorsOfAll } from "./requests/doctors";
import { clinicErrors } from "./set-up/checks";
import { exampleOf, exampleStart } from "./set-up/policy-example";
import { lacksClinic, roleOf } from "./staff/RoleFields";
import { actionsOf } from "./visits/actions";

const set = { visits: 10, fulfilled: 6, cancelled: 2, late_cancelled: 1, noshow: 1, requested: 0, booked: 1 };

describe("overview", () => {
  it("ends each stretch today and counts its days inclusively", () => {
    expect(stretchOf("7d", "2026-11-21")).toEqual({ from: "2026-11-15", until: "2026-11-21" });
    expect(stretchOf("today", "2026-11-21")).toEqual({ from: "2026-11-21", until: "2026-11-21" });
  });

  it("says nothing about shares of nothing", () => {
    const none = { ...set, fulfilled: 0, noshow: 0, late_cancelled: 0 };
    expect(completion(none)).toBeNull();
    expect(noShowRate(none)).toBeNull();
    expect(completion(set)).toBe(0.75);
  });

  it("compares counts by share and shares by points, and not with nothing", () => {
    const answer = { as_of: "", now: set, before: { ...set, visits: 8, fulfilled: 5, noshow: 2 }, per_day: [], load: [], by_specialty: [], waiting_requests: 0, verification_queue: 0, accounts_by_role: [], active_accounts: 0 };
    const [visits, completed] = figuresOf(answer);
    expect(change(visits!)).toBeCloseTo(0.25);
    expect(change(completed!)).toBeCloseTo(0.75 - 0.625);
    expect(change({ ...visits!, before: 0 })).toBeNull();
  });

  it("shows the hours that are worked, and finds the latest such weekday", () => {
    expect(busyHours([{ weekday: 1, hour: 9, visits: 3 }, { weekday: 2, hour: 11, visits: 1 }, { weekday: 3, hour: 20, visits: 0 }])).toEqual([9, 10, 11]);
    expect(busyHours([])[0]).toBe(8);
    expect(latest(6, "2026-11-21")).toBe("2026-11-21");
    expect(latest(7, "2026-11-21")).toBe("2026-11-15");
  });
});

describe("activity", () => {
  const line = (command: string, outcome: string, actor_name: string | null = null) => wordsOf({ number: 1, at: "", actor_id: null, command, outcome, actor_name, subject: null }, textsOf("en"));

  it("tells the server from somebody who did not sign in", () => {
    expect(line("appointments.expire", "accepted")).toEqual({ who: "The system", what: "let a visit expire", why: null });
    expect(line("auth.sign_in", "wrong_credentials")).toEqual({ who: "Someone not signed in", what: "tried to sign in", why: "wrong email or password" });
    expect(line("auth.sign_in", "account_disabled").why).not.toContain("_");
    expect(line("auth.sign_in", "accepted", "Ruth")).toEqual({ who: "Ruth", what: "signed in", why: null });
  });

  it("names the page that somebody was turned away from", () => {
    const { what, why } = line("gate.GET /v1/admin/patients/{id}", "not_allowed", "Ruth");
    expect(what).toContain("GET /v1/admin/patients/{id}");
    expect(why).not.toContain("_");
    expect(line("read.patient", "accepted", "Ruth").what).toBe("looked at a patient's file");
  });

  it("says why a command was refused", () => {
    expect(line("appointments.book", "slot_taken", "Ruth")).toMatchObject({ who: "Ruth", what: "booked a visit", why: textsOf("en")("refusal-slot-taken-title") });
  });
});

describe("front desk", () => {
  it("reads phone numbers as people write them", () => {
    expect(phoneOf("0049 (30) 123-4567")).toBe("+49301234567");
    expect(fileOf({ ...NOBODY, name: "  Asha Verma ", phone: "+91 98765 43210" }, "Asia/Kolkata")).toMatchObject({ name: "Asha Verma", phone: "+919876543210", email: null, birth_date: null });
  });

  it("marks what cannot be, and asks for nothing but a name", () => {
    const today = new Date("2026-11-21T12:00:00Z");
    expect(callerErrors({ ...NOBODY, name: "Asha" }, today)).toEqual({});
    expect(callerErrors({ name: " ", birth_date: "2027-01-01", phone: "030 123", email: "asha@", language: "en" }, today)).toEqual({ name: true, birth_date: true, phone: true, email: true });
  });
});

describe("visits", () => {
  const at = (state: Parameters<typeof actionsOf>[0]["state"], start: string) => actionsOf({ state, start }, Date.parse("2026-11-21T12:00:00Z"));

  it("offers a no-show only once the visit has begun", () => {
    expect(at("booked", "2026-11-21T11:00:00Z").plain).toEqual(["no_show", "check_in"]);
    expect(at("booked", "2026-11-21T13:00:00Z").plain).toEqual(["check_in"]);
    expect(at("booked", "2026-11-23T13:00:00Z").plain).toEqual([]);
  });

  it("offers nothing for a hold, and only reopening at the end", () => {
    expect(at("held", "2026-11-22T11:00:00Z")).toEqual({ plain: [], asking: [], movable: false });
    for (const state of ["cancelled", "declined", "expired", "noshow", "fulfilled"] as const) expect(at(state, "2026-11-22T11:00:00Z")).toEqual({ plain: [], asking: ["reopen"], movable: false });
  });
});

describe("requests", () => {
  const role = (doctor_id: string, clinic_id: string, active = true) => ({ doctor_id, clinic_id, active }) as PractitionerRole;

  it("can go at once only to a doctor of all their clinics", () => {
    const roles = [role("a", "one"), role("a", "two"), role("b", "one"), role("c", "two", false)];
    expect(doctorsOfAll(roles, ["one", "two", "one"])).toEqual(["a"]);
    expect(doctorsOfAll(roles, ["one"])).toEqual(["a", "b"]);
    expect(doctorsOfAll(roles, ["three"])).toEqual([]);
  });
});

describe("doctors", () => {
  const license = { number: "1", authority: "board", country: "DE", valid_until: "2027-01-01" };
  const failed = (valid_until: string, standing: "rejected" | "registered") =>
    checksOf({ license: { ...license, valid_until }, clinics: [], history: [{ at: "", standing, reason: null, by: null }] }, new Date("2026-11-21T00:00:00Z")).filter(({ passed }) => !passed).map(({ id }) => id);

  it("are checked for what can be checked here", () => {
    expect(failed("2029-01-01", "registered")).toEqual(["clinic"]);
    expect(failed("2026-12-24", "registered")).toEqual(["long-enough", "clinic"]);
    expect(failed("2026-11-01", "rejected")).toEqual(["in-date", "long-enough", "clinic", "first-time"]);
  });
});

describe("set-up", () => {
  const t = textsOf("en");
  const policy = { cancel_notice_min: 1_440, late_cancel_allowed: false, no_show_after_min: 30, answer_before_min: 60, offer_hold_min: 120 };
  const right = { name: "A", address: { street: "B", city: "C", postal_code: "", country: "DE" }, phone: "+49 30 1234567", place: { latitude: 52, longitude: 13 }, policy };

  it("marks each field of a clinic that is missing", () => {
    const wrong = clinicErrors({ name: "", address: { street: "", city: "", postal_code: "", country: "Germany" }, phone: "030", place: { latitude: 0, longitude: 181 }, policy: { cancel_notice_min: 21_000, late_cancel_allowed: true, no_show_after_min: 0, answer_before_min: 2_000, offer_hold_min: 1 } }, t);
    expect(Object.entries(wrong).filter(([, said]) => !said).map(([name]) => name)).toEqual(["latitude"]);
    expect(clinicErrors({ ...right, place: { latitude: 0, longitude: 0 } }, t).latitude).toBeTruthy();
    expect(Object.values(clinicErrors(right, t)).some(Boolean)).toBe(false);
  });

  it("says in the reader's words what only the server found", () => {
    const refused = new RefusedError({ code: "invalid", fields: [{ path: "details.name", message: "length is greater than 120" }] });
    expect(refusedField(refused, "name", t)).toBe("Use at most 120 characters.");
    expect(refusedField(refused, "street", t)).toBeUndefined();
    expect(fieldMessage("cannot change once the clinic exists", t)).toBe("cannot change once the clinic exists");
  });

  it("works the policy out for a Tuesday at ten of the clinic's clock, at least a week ahead", () => {
    const now = new Date("2026-11-21T12:00:00Z");
    expect(exampleStart("Asia/Kolkata", now).toISOString()).toBe("2026-12-01T04:30:00.000Z");
    const said = exampleOf(policy, "Asia/Kolkata", t, now).join("\n");
    expect(said).toContain("until Mon, 30 Nov, 10:00".replace("Mon,", "Mon"));
    expect(said).toContain("only the clinic can cancel");
    expect(said).toContain("11:00");
  });
});

describe("rights", () => {
  const account = (role: Parameters<typeof may>[0]["role"]) => ({ role });

  it("shows nobody a button that their role cannot use", () => {
    const [support, clinic, patient] = [account({ name: "support_admin" }), account({ name: "clinic_admin", clinics: ["one"] }), account({ name: "patient" })];
    expect(may(support, "run_visits")).toBe(false);
    expect(may(support, "close_files")).toBe(true);
    expect(may(clinic, "edit_clinics")).toBe(true);
    expect(may(clinic, "manage_staff")).toBe(false);
    expect(may(patient, "see_staff")).toBe(false);
  });

  it("names clinics only for a clinic admin, who needs one", () => {
    expect(roleOf({ name: "super_admin", clinics: ["one"] })).toEqual({ name: "super_admin" });
    expect(lacksClinic({ name: "clinic_admin", clinics: [] })).toBe(true);
  });
});
