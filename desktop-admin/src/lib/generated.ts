// Generated from the Rust types by `npm run types`. Do not edit.

/**
 * What the request is for, administratively.
 */
export type About = "new_problem" | "follow_up" | "prescription_renewal" | "test_results" | "certificate" | "other";
/**
 * The languages that are complete (BCP 47).
 */
export type Language = "en" | "hi";
export type Role =
  | {
      name: "patient";
    }
  | {
      doctor_id: string;
      name: "doctor";
    }
  | {
      clinics: string[];
      name: "clinic_admin";
    }
  | {
      name: "support_admin";
    }
  | {
      name: "super_admin";
    };
export type AccountStatus = "active" | "disabled";
export type RoleFilter = "patient" | "doctor" | "clinic_admin" | "support_admin" | "super_admin" | "staff";
export type ActivityOutcome = "accepted" | "refused";
/**
 * Administrative sex (HL7 FHIR R4 AdministrativeGender).
 */
export type Sex = "female" | "male" | "other" | "unknown";
export type LeaveReason = "holiday" | "away" | "training" | "block";
/**
 * Time in which a doctor sees nobody.
 */
export type LeaveTime =
  | {
      end: string;
      kind: "between";
      start: string;
    }
  | {
      first: string;
      kind: "days";
      last: string;
    };
/**
 * What a program may do with an account. A token never reaches how the account itself is protected.
 */
export type ApiScope = ("admin_read" | "admin_write") | "read" | "write";
/**
 * In what quality somebody acts on a visit or a request.
 */
export type Party = "patient" | "doctor" | "clinic" | "system";
/**
 * Why a visit does not take place. A closed list: free text here would become medical text.
 */
export type CancelReason = "cannot_come" | "not_needed" | "found_other_time" | "doctor_away" | "clinic_closed" | "booked_twice" | "other";
export type Happening =
  | {
      event: "became";
      state: State;
    }
  | {
      event: "moved";
      from: string;
    }
  | {
      event: "reassigned";
      from: string;
    }
  | {
      event: "reopened";
      from: State;
      reason: string;
    };
export type State =
  "held" | "requested" | "booked" | "arrived" | "in_progress" | "fulfilled" | "declined" | "expired" | "cancelled" | "noshow";
/**
 * How patient and doctor meet.
 */
export type Mode = "in_person" | "video" | "chat";
/**
 * How a visit came about.
 */
export type Origin =
  | {
      from: "patient";
    }
  | {
      from: "front_desk";
    }
  | {
      from: "waitlist";
      waitlist_id: string;
    }
  | {
      consultation_id: string;
      from: "consultation";
    };
/**
 * The currencies an installation can charge in (ISO 4217).
 */
export type Currency = "EUR" | "USD" | "GBP" | "INR" | "AED" | "JPY";
export type AppointmentSort = "start" | "state" | "doctor" | "clinic";
/**
 * Something that cannot come from the server's own work.
 */
export type AuditFinding =
  | {
      is: "seal_missing";
      seal: number;
    }
  | {
      is: "seal_forged";
      seal: number;
    }
  | {
      after: number;
      count: number;
      is: "lines_missing";
      seal: number;
      until: number;
    }
  | {
      after: number;
      count: number;
      is: "lines_added";
      seal: number;
      until: number;
    }
  | {
      after: number;
      is: "lines_changed";
      seal: number;
      until: number;
    }
  | {
      after: number;
      count: number;
      is: "never_sealed";
    }
  | {
      is: "shortened";
      kept: number;
    }
  | {
      is: "rewritten";
      kept: number;
    }
  | {
      is: "foreign_witness";
      kept: number;
    };
/**
 * Bytes in base64.
 */
export type Blob = string;
export type Cadence = "daily" | "weekly";
export type DeclineReason = "not_offered" | "no_capacity" | "call_us" | "emergency_care" | "other";
export type ConsultationState = "new" | "triaged" | "offered" | "accepted" | "declined" | "withdrawn" | "expired";
export type DayPart = "morning" | "afternoon" | "evening";
export type Urgency = "routine" | "soon" | "urgent";
export type Standing = "registered" | "submitted" | "verified" | "rejected" | "suspended" | "removed";
export type DoctorSort = "name" | "standing" | "registered_at" | "submitted_at";
/**
 * What a vault is for. There is one for each.
 */
export type VaultOf = {
  kind: "history";
  patient_id: string;
};
export type Permission = "read" | "book" | "manage";
/**
 * How staff made sure who asks them for help.
 */
export type Identified = "video_call" | "in_person" | "call_back";
/**
 * The kinds of record, named on the wire in snake case.
 */
export type Kind =
  | "account"
  | "patient"
  | "link"
  | "patient_summary"
  | "settings"
  | "follow"
  | "clinic"
  | "specialty"
  | "visit_type"
  | "doctor"
  | "doctor_profile"
  | "practitioner_role"
  | "schedule"
  | "leave"
  | "availability_week"
  | "appointment"
  | "waitlist_entry"
  | "consultation"
  | "review"
  | "rating"
  | "notice"
  | "key_ring"
  | "vault"
  | "history_entry";
export type Relation = "oneself" | "guardian" | "caregiver";
/**
 * What an e-mail brought: the long secret of its link, or the short code, which counts with the address only.
 */
export type MailProof =
  | {
      by: "link";
      token: string;
    }
  | {
      by: "code";
      /**
       * Spaces and hyphens do not count.
       */
      code: string;
      email: string;
    };
export type PatientStatus = "active" | "deactivated" | "merged";
export type Refusal =
  | {
      code: "invalid";
      fields: FieldError[];
    }
  | {
      code: "not_allowed";
    }
  | {
      code: "not_found";
      kind: Kind;
    }
  | {
      code: "already_exists";
      kind: Kind;
    }
  | {
      code: "wrong_state";
      kind: Kind;
      state: string;
    }
  | {
      code: "slot_taken";
      next_free: string[];
    }
  | {
      code: "slot_not_offered";
      next_free: string[];
      why: WhyNot;
    }
  | {
      appointment_id: string;
      code: "own_overlap";
      start: string;
    }
  | {
      code: "hold_expired";
    }
  | {
      code: "hold_token";
    }
  | {
      code: "offer_expired";
    }
  | {
      code: "in_the_past";
    }
  | {
      code: "too_late";
      notice_min: number;
    }
  | {
      code: "too_many";
      limit: number;
    }
  | {
      code: "doctor_not_listed";
    }
  | {
      code: "patient_inactive";
    }
  | {
      code: "account_disabled";
    }
  | {
      code: "series_blocked";
      starts: string[];
    }
  | {
      code: "last_super_admin";
    }
  | {
      code: "own_rights";
    }
  | {
      code: "keys_refused";
    }
  | {
      code: "keys_moved";
    }
  | {
      code: "edited_meanwhile";
    }
  | {
      code: "step_up_needed";
    }
  | {
      code: "depends_on_refused";
      command: string;
    }
  | {
      code: "id_reused";
    }
  | {
      code: "too_old";
    }
  | {
      code: "unknown_command";
    };
/**
 * Why a visit cannot start at a time. The first that applies, in this order.
 */
export type WhyNot =
  | {
      code: "visit_type_not_offered";
    }
  | {
      code: "past";
    }
  | {
      code: "too_soon";
      earliest: string;
    }
  | {
      code: "beyond_horizon";
      latest: string;
    }
  | {
      code: "closed_that_day";
    }
  | {
      code: "closed";
    }
  | {
      code: "not_on_grid";
      nearest: string;
    }
  | {
      code: "on_leave";
    }
  | {
      code: "taken";
    }
  | {
      code: "buffer";
    }
  | {
      code: "full";
    }
  | {
      code: "daily_cap";
    }
  | {
      code: "no_such_time";
      local: string;
    };
export type TextSize = "normal" | "large" | "larger" | "largest";
export type Theme = ("light" | "dark") | "device";
/**
 * Proves once more who sits there: by the second factor, where the account has one, else by the password.
 */
export type StepUp =
  | {
      by: "password";
      password: string;
    }
  | {
      by: "code";
      code: string;
    };

/**
 * requested → booked.
 */
export interface Accept {
  appointment_id: string;
}
/**
 * Takes the offered time; it becomes a booked visit.
 */
export interface AcceptConsultation {
  consultation_id: string;
}
/**
 * Takes the time on offer.
 */
export interface AcceptPlace {
  waitlist_id: string;
}
/**
 * Someone who signs in. Id is the account's.
 */
export interface Account {
  created_at: string;
  /**
   * Lower case; unique.
   */
  email: string;
  id: string;
  language: Language;
  /**
   * As the person wants to be called.
   */
  name: string;
  role: Role;
  status: AccountStatus;
}
/**
 * How an account is protected, and what this session may still have to do.
 */
export interface AccountSecurity {
  email_verified: boolean;
  /**
   * Whether the server can send e-mail at all.
   */
  email_works: boolean;
  /**
   * Until when this session counts as just proven.
   */
  fresh_until: string;
  recovery_codes_left: number;
  /**
   * The account gets nothing else before it has a second factor and this session has used it.
   */
  second_factor_demanded: boolean;
  /**
   * This session was begun, or stepped up, with a second factor.
   */
  second_factor_used: boolean;
  /**
   * An authenticator app is set up and confirmed.
   */
  totp: boolean;
}
export interface Accounts {
  cursor?: string | null;
  descending?: boolean | null;
  limit?: number | null;
  /**
   * `patient`, `doctor`, `clinic_admin`, `support_admin`, `super_admin`, or `staff` for the three admin roles.
   */
  role?: RoleFilter | null;
  status?: AccountStatus | null;
  text?: string | null;
}
/**
 * Who did what, newest first: the audit lines of the actor's scopes.
 */
export interface Activity {
  /**
   * Of this account only.
   */
  actor_id?: string | null;
  /**
   * The name of a command, or its beginning up to a dot: `auth`, `read`, `appointments.book`.
   */
  command?: string | null;
  cursor?: string | null;
  /**
   * With what people only do for themselves, what they read, and what the server computes anew.
   */
  everything?: boolean | null;
  /**
   * First instant, inclusive.
   */
  from?: string | null;
  limit?: number | null;
  outcome?: ActivityOutcome | null;
  /**
   * About this record only.
   */
  subject_id?: string | null;
  /**
   * Last instant, exclusive.
   */
  until?: string | null;
}
export interface ActivityLine {
  actor_id?: string | null;
  /**
   * `None` is the server itself.
   */
  actor_name?: string | null;
  at: string;
  /**
   * The command's name.
   */
  command: string;
  /**
   * The number of the line: it never changes, and later lines have higher ones.
   */
  number: number;
  /**
   * `accepted` or the refusal's code.
   */
  outcome: string;
  subject?: string | null;
}
/**
 * Adds a remark; never medical.
 */
export interface AddConsultationNote {
  consultation_id: string;
  text: string;
}
/**
 * A new patient for whom the account is guardian.
 */
export interface AddDependant {
  link_id: string;
  patient_id: string;
  profile: Profile;
}
/**
 * What a person says of themselves.
 */
export interface Profile {
  address?: Address | null;
  birth_date?: string | null;
  email?: string | null;
  emergency_contact?: EmergencyContact | null;
  insurance?: Insurance | null;
  language: Language;
  name: string;
  /**
   * International form, `+` and digits (ITU-T E.164).
   */
  phone?: string | null;
  sex?: Sex | null;
  zone: string;
}
export interface Address {
  city: string;
  /**
   * ISO 3166-1 alpha-2.
   */
  country: string;
  postal_code: string;
  street: string;
}
export interface EmergencyContact {
  name: string;
  phone: string;
  relation: string;
}
export interface Insurance {
  insurer: string;
  member_number: string;
}
/**
 * Takes time out of the schedule. Visits already booked stay until somebody decides about each.
 */
export interface AddLeave {
  doctor_id: string;
  leave_id: string;
  reason: LeaveReason;
  role_id?: string | null;
  time: LeaveTime;
  zone: string;
}
/**
 * Gives a doctor a role at a clinic, with an empty schedule in the clinic's zone.
 */
export interface AddRole {
  clinic_id: string;
  doctor_id: string;
  role_id: string;
}
/**
 * A new member of staff; the first password is set by the server.
 */
export interface AddStaff {
  account_id: string;
  email: string;
  language: Language;
  name: string;
  role: Role;
}
/**
 * Adds a remark; never medical.
 */
export interface AddVisitNote {
  appointment_id: string;
  text: string;
}
/**
 * Told once.
 */
export interface ApiToken {
  line: ApiTokenLine;
  /**
   * Sent as `Authorization: Bearer …`.
   */
  token: string;
}
/**
 * An API token as its owner sees it in a list.
 */
export interface ApiTokenLine {
  created_at: string;
  expires_at: string;
  id: string;
  last_used_at?: string | null;
  name: string;
  scopes: ApiScope[];
}
/**
 * A visit, or the hold of a time for one.
 */
export interface Appointment {
  /**
   * When a request that nobody answered expires.
   */
  answer_by: string;
  /**
   * Cancel or move without being late until this long before the start.
   */
  cancel_notice_min: number;
  cancellation?: Cancellation | null;
  clinic_id: string;
  created_by?: string | null;
  doctor_id: string;
  end: string;
  /**
   * What happened, oldest first.
   */
  history: Moment[];
  hold?: Hold | null;
  id: string;
  mode: Mode;
  names: Names;
  /**
   * When a booked visit without check-in counts as a no-show.
   */
  no_show_at: string;
  origin: Origin;
  patient_id: string;
  place: Place;
  price: Money;
  role_id: string;
  series_id?: string | null;
  /**
   * Administrative remarks of staff; never medical.
   */
  staff_notes: StaffNote[];
  /**
   * From when to when patient and doctor meet.
   */
  start: string;
  state: State;
  visit_type_id: string;
  /**
   * The clinic's zone.
   */
  zone: string;
}
export interface Cancellation {
  at: string;
  by: Party;
  /**
   * After the notice the clinic asks for.
   */
  late: boolean;
  reason: CancelReason;
}
/**
 * One event in the life of a visit.
 */
export interface Moment {
  at: string;
  by: Party;
  what: Happening;
}
/**
 * A time kept for a while for whoever has the token.
 */
export interface Hold {
  expires_at: string;
  /**
   * BLAKE3 of the token, hex; `None` where the offer itself is the right to it.
   */
  token_hash?: string | null;
}
/**
 * Names as they were at booking, so that a visit reads the same years later.
 */
export interface Names {
  clinic: string;
  doctor: string;
  visit_type: LocalText;
}
/**
 * A name in each language the product speaks.
 */
export interface LocalText {
  en: string;
  hi: string;
}
/**
 * The place in the doctor's time: the visit with its buffers, its session and seat.
 */
export interface Place {
  capacity: number;
  seat: number;
  /**
   * Own for a single visit; shared by the seats of a group slot.
   */
  session: string;
  span: Span;
}
/**
 * The visit with its own buffers.
 */
export interface Span {
  end: string;
  start: string;
}
/**
 * An amount in the minor unit of its currency (ISO 4217): 1250 EUR is 12.50 €.
 */
export interface Money {
  amount_minor: number;
  currency: Currency;
}
export interface StaffNote {
  at: string;
  by: string;
  text: string;
}
/**
 * A visit with the patient's name, which the record does not carry.
 */
export interface AppointmentLine {
  appointment: Appointment;
  patient_name: string;
}
export interface Appointments {
  clinic_id?: string | null;
  cursor?: string | null;
  descending?: boolean | null;
  doctor_id?: string | null;
  /**
   * Starts at or after.
   */
  from?: string | null;
  limit?: number | null;
  patient_id?: string | null;
  sort?: AppointmentSort | null;
  state?: State | null;
  /**
   * Part of the patient's or doctor's name.
   */
  text?: string | null;
  /**
   * Starts before.
   */
  until?: string | null;
}
/**
 * Gives a request to a doctor of the clinic: new, triaged → triaged.
 */
export interface AssignConsultation {
  consultation_id: string;
  doctor_id: string;
}
/**
 * One seal, signed. The newest is the head.
 */
export interface AuditHead {
  at: string;
  /**
   * BLAKE3 over the seal before and the lines of this one, hex.
   */
  hash: string;
  /**
   * Counts from 1.
   */
  number: number;
  /**
   * Ed25519 over [`AuditHead::signed_bytes`] by the server's receipt key, hex.
   */
  signature: string;
}
/**
 * What a check of the whole audit found.
 */
export interface AuditReport {
  /**
   * Empty where all is as it was written.
   */
  findings: AuditFinding[];
  head?: AuditHead | null;
  lines: number;
  seals: number;
  /**
   * Written in the last moments, not sealed yet.
   */
  waiting: number;
}
/**
 * Opening hours on one date.
 */
export interface Block {
  /**
   * Minutes of the local day; 1440 is midnight at its end.
   */
  end_min: number;
  /**
   * Minutes of the local day.
   */
  start_min: number;
  /**
   * Only these kinds of visit; all of them where it is absent.
   */
  visit_types?: string[] | null;
}
/**
 * Books a time, or turns a hold into a booking when `appointment_id` is held and the token is given.
 */
export interface Book {
  appointment_id: string;
  hold_token?: string | null;
  patient_id: string;
  role_id: string;
  start: string;
  visit_type_id: string;
}
/**
 * Books every occurrence, or, where `skip_blocked`, those that are free. The first has to be free.
 */
export interface BookSeries {
  /**
   * @minItems 2
   * @maxItems 52
   */
  appointment_ids: string[];
  first_start: string;
  patient_id: string;
  recurrence: Recurrence;
  role_id: string;
  series_id: string;
  skip_blocked: boolean;
  visit_type_id: string;
}
/**
 * Its `count` is the number of ids.
 */
export interface Recurrence {
  cadence: Cadence;
  /**
   * How many visits in all.
   */
  count: number;
  /**
   * 2 with a weekly cadence is every second week.
   */
  interval: number;
}
/**
 * held, requested, booked → cancelled. Marked late after the clinic's notice.
 */
export interface Cancel {
  appointment_id: string;
  reason: CancelReason;
}
/**
 * What a right password is answered with where the account has a second factor: the problem
 *  [`problem::MFA_REQUIRED`] carries it.
 */
export interface Challenge {
  expires_at: string;
  /**
   * Sent back with the code. Good once, and for a few wrong codes.
   */
  token: string;
}
/**
 * Adds an entry to the account's device list. Whoever goes leaves a new generation behind: new secrets, and the account key
 *  wrapped anew for all who stay.
 */
export interface ChangeKeys {
  entry: Blob;
  secrets: Blob;
  /**
   * @minItems 1
   * @maxItems 40
   */
  wraps: Wrap[];
}
/**
 * The account key for one device, recovery key or passkey.
 */
export interface Wrap {
  key: Blob;
  member_id: string;
}
/**
 * Another staff role, or other clinics.
 */
export interface ChangeStaffRole {
  account_id: string;
  role: Role;
}
/**
 * Adds an entry to a vault's member log, with the grants that it announces: one unit, taken or refused whole.
 */
export interface ChangeVault {
  entry: Blob;
  /**
   * @maxItems 200
   */
  grants: Blob[];
  vault_id: string;
}
/**
 * Reads the whole audit and compares it with its seals.
 */
export interface CheckAudit {}
/**
 * booked → arrived.
 */
export interface CheckIn {
  appointment_id: string;
}
export interface Clinic {
  active: boolean;
  details: ClinicDetails;
  id: string;
}
export interface ClinicDetails {
  address: Address;
  currency: Currency;
  name: string;
  phone: string;
  place: Place2;
  policy: Policy;
  zone: string;
}
/**
 * A point on the WGS 84 ellipsoid, in degrees.
 */
export interface Place2 {
  latitude: number;
  longitude: number;
}
/**
 * A clinic's rules for all its doctors.
 */
export interface Policy {
  /**
   * A request to book that the doctor has not answered expires this long before its start at the latest.
   */
  answer_before_min: number;
  /**
   * Patients cancel or move a visit at least this long before; later it counts as late.
   */
  cancel_notice_min: number;
  /**
   * Whether a patient may still cancel later than that (it is then marked late).
   */
  late_cancel_allowed: boolean;
  /**
   * A booked visit without check-in becomes a no-show this long after its end.
   */
  no_show_after_min: number;
  /**
   * How long an offered time is held.
   */
  offer_hold_min: number;
}
/**
 * in_progress or arrived → fulfilled.
 */
export interface Complete {
  appointment_id: string;
}
export interface Consultation {
  /**
   * The held visit on offer, later the visit.
   */
  appointment_id?: string | null;
  /**
   * The doctor it was given to.
   */
  assigned?: string | null;
  clinic_id: string;
  decline_reason?: DeclineReason | null;
  expires_at: string;
  history: ConsultationMoment[];
  id: string;
  offer_expires_at?: string | null;
  opened_at: string;
  patient_id: string;
  /**
   * Administrative remarks of staff; never medical.
   */
  staff_notes: StaffNote[];
  state: ConsultationState;
  wish: ConsultationWish;
}
export interface ConsultationMoment {
  at: string;
  by: Party;
  state: ConsultationState;
}
export interface ConsultationWish {
  about: About;
  /**
   * At most 14; empty means any day.
   *
   * @maxItems 14
   */
  days: PreferredDay[];
  /**
   * A doctor the patient would like.
   */
  doctor_id?: string | null;
  mode: Mode;
  specialty_id?: string | null;
  urgency: Urgency;
}
/**
 * A day that would do, in the clinic's zone.
 */
export interface PreferredDay {
  date: string;
  /**
   * `None` is any time of the day.
   */
  part?: DayPart | null;
}
export interface ConsultationLine {
  consultation: Consultation;
  doctor_name?: string | null;
  patient_name: string;
}
export interface Consultations {
  clinic_id?: string | null;
  cursor?: string | null;
  descending?: boolean | null;
  doctor_id?: string | null;
  limit?: number | null;
  patient_id?: string | null;
  state?: ConsultationState | null;
  text?: string | null;
  urgency?: Urgency | null;
}
export interface DayFigures {
  date: string;
  figures: FigureSet;
}
export interface FigureSet {
  booked: number;
  cancelled: number;
  fulfilled: number;
  late_cancelled: number;
  noshow: number;
  requested: number;
  /**
   * Visits that start in the stretch, holds and expired ones aside.
   */
  visits: number;
}
/**
 * The hours of one date instead of those of its weekday. Without blocks the day is closed.
 */
export interface DayOverride {
  /**
   * @maxItems 50
   */
  blocks: Block[];
  date: string;
}
/**
 * requested → declined. The time is free again.
 */
export interface Decline {
  appointment_id: string;
  reason: CancelReason;
}
/**
 * Ends a request with a reason the patient reads.
 */
export interface DeclineConsultation {
  consultation_id: string;
  reason: DeclineReason;
}
/**
 * A doctor as the installation knows them: license and standing. Not public.
 */
export interface Doctor {
  account_id: string;
  /**
   * Clinics where the doctor has or asks for a role.
   */
  clinics: string[];
  email: string;
  /**
   * Newest last.
   */
  history: StandingMoment[];
  id: string;
  license?: License | null;
  name: string;
  registered_at: string;
  standing: Standing;
  submitted_at?: string | null;
}
export interface StandingMoment {
  at: string;
  by?: string | null;
  /**
   * Why, in the reviewer's words; shown to the doctor.
   */
  reason?: string | null;
  standing: Standing;
}
export interface License {
  /**
   * Who issued it.
   */
  authority: string;
  /**
   * ISO 3166-1 alpha-2.
   */
  country: string;
  number: string;
  valid_until: string;
}
export interface DoctorDetails {
  about: string;
  /**
   * @maxItems 20
   */
  certifications: string[];
  /**
   * @maxItems 20
   */
  education: string[];
  /**
   * Languages spoken (ISO 639-1).
   *
   * @maxItems 12
   */
  languages: string[];
  /**
   * With title, as patients see it.
   */
  name: string;
  practising_since?: number | null;
  /**
   * @maxItems 6
   */
  specialties: string[];
}
/**
 * A doctor's public page. In the directory while `listed`. Has the doctor's id.
 */
export interface DoctorProfile {
  details: DoctorDetails;
  id: string;
  /**
   * Verified and not suspended.
   */
  listed: boolean;
  verified_at?: string | null;
}
export interface Doctors {
  clinic_id?: string | null;
  cursor?: string | null;
  descending?: boolean | null;
  limit?: number | null;
  sort?: DoctorSort | null;
  standing?: Standing | null;
  text?: string | null;
}
/**
 * Files that may be of the same person: same birth date and a like name, or the same phone or e-mail.
 */
export interface Doubles {
  birth_date?: string | null;
  email?: string | null;
  name: string;
  phone?: string | null;
}
/**
 * Ends a role: no new bookings there.
 */
export interface EndRole {
  role_id: string;
}
/**
 * A hold, an offer or an unanswered request → expired.
 */
export interface Expire {
  appointment_id: string;
}
/**
 * An unanswered offer gives the time back and goes to triaged; a request past its time ends.
 */
export interface ExpireConsultation {
  consultation_id: string;
}
/**
 * An unanswered offer goes back to waiting with the time given free; a wish whose days are over ends.
 */
export interface ExpireEntry {
  waitlist_id: string;
}
/**
 * A link that ran out (server only).
 */
export interface ExpireLink {
  link_id: string;
}
/**
 * What is wrong with one field. `path` is as in the request: `address.city`, `weekly[2].end_min`.
 */
export interface FieldError {
  message: string;
  path: string;
}
/**
 * The live figures. `clinic_id` narrows them to one clinic; days are of `zone`.
 */
export interface Figures {
  clinic_id?: string | null;
  /**
   * First day, inclusive.
   */
  from: string;
  /**
   * Last day, inclusive; at most 366 days after `from`.
   */
  until: string;
  /**
   * IANA zone in which days are counted.
   */
  zone: string;
}
export interface FiguresAnswer {
  accounts_by_role: RoleCount[];
  active_accounts: number;
  as_of: string;
  before: FigureSet;
  by_specialty: SpecialtyFigures[];
  /**
   * Visits by ISO weekday (1 Monday) and hour of start, in `zone`.
   */
  load: LoadCell[];
  now: FigureSet1;
  per_day: DayFigures[];
  verification_queue: number;
  waiting_requests: number;
}
export interface RoleCount {
  active: number;
  disabled: number;
  role: string;
}
export interface SpecialtyFigures {
  specialty: string;
  visits: number;
}
export interface LoadCell {
  hour: number;
  visits: number;
  weekday: number;
}
/**
 * Of the stretch, and of the equally long stretch before it.
 */
export interface FigureSet1 {
  booked: number;
  cancelled: number;
  fulfilled: number;
  late_cancelled: number;
  noshow: number;
  requested: number;
  /**
   * Visits that start in the stretch, holds and expired ones aside.
   */
  visits: number;
}
/**
 * Keeps the doctor's times on this account's devices. Of those only viewed, the twelve latest stay.
 */
export interface FollowDoctor {
  doctor_id: string;
  favourite: boolean;
}
/**
 * Lays down the keys that the account's first device made. Done once: a second device is admitted by the first or by the
 *  recovery key.
 */
export interface FoundKeys {
  /**
   * The device list from its first entry on: the device, and the recovery key that it admitted.
   *
   * @minItems 1
   * @maxItems 4
   */
  entries: Blob[];
  installation: string;
  secrets: Blob;
  /**
   * @minItems 1
   * @maxItems 4
   */
  wraps: Wrap[];
}
/**
 * Founds a patient's vault. Whoever may manage the patient's file does it, with keys of their own.
 */
export interface FoundVault {
  entry: Blob;
  /**
   * @minItems 1
   * @maxItems 20
   */
  grants: Blob[];
  of: VaultOf;
}
/**
 * Lets the account with this e-mail address act for the patient.
 */
export interface GrantCaregiver {
  email: string;
  expires_at?: string | null;
  link_id: string;
  patient_id: string;
  /**
   * @minItems 1
   * @maxItems 3
   */
  permissions: Permission[];
}
/**
 * Holds a time for ten minutes for whoever has the token.
 */
export interface HoldTime {
  appointment_id: string;
  patient_id: string;
  role_id: string;
  start: string;
  token: string;
  visit_type_id: string;
}
/**
 * Waits for a time with this role.
 */
export interface JoinWaitlist {
  patient_id: string;
  role_id: string;
  visit_type_id: string;
  waitlist_id: string;
  wish: Wish;
}
/**
 * Which times would do, in the clinic's zone.
 */
export interface Wish {
  from: string;
  /**
   * Any of these; empty means any time of day.
   *
   * @maxItems 3
   */
  parts: DayPart[];
  /**
   * Inclusive.
   */
  until: string;
}
/**
 * Waits no more; a time on offer is given back.
 */
export interface LeaveWaitlist {
  waitlist_id: string;
}
/**
 * That an account acts for a patient.
 */
export interface Link {
  account_id: string;
  /**
   * Names as they were at granting, so that either side can show the link.
   */
  account_name: string;
  expires_at?: string | null;
  granted_at: string;
  granted_by: string;
  id: string;
  patient_id: string;
  patient_name: string;
  permissions: Permission[];
  relation: Relation;
  revoked_at?: string | null;
}
/**
 * booked → noshow; by the doctor or staff after the start, by the server some time after the end.
 */
export interface MarkNoShow {
  appointment_id: string;
}
/**
 * These notices were seen.
 */
export interface MarkNoticesRead {
  /**
   * @minItems 1
   * @maxItems 200
   */
  notice_ids: string[];
}
/**
 * Two files of one person become one: visits, requests and links move to the kept file.
 */
export interface MergePatients {
  kept: string;
  merged: string;
}
export interface Names1 {
  clinic: string;
  doctor: string;
  visit_type: LocalText;
}
export interface NewApiToken {
  days: number;
  /**
   * By which its owner will recognise it.
   */
  name: string;
  /**
   * @minItems 1
   * @maxItems 4
   */
  scopes: ApiScope[];
}
/**
 * The next free starts of several roles, for a list of doctors.
 */
export interface NextFree {
  /**
   * Starts per role, 1 to 10.
   */
  count: number;
  /**
   * Comma-separated role ids, at most 50.
   */
  role_ids: string;
  /**
   * The first offering of the role where left out.
   */
  visit_type_id?: string | null;
}
export interface NextFreeAnswer {
  as_of: string;
  roles: RoleTimes[];
}
export interface RoleTimes {
  role_id: string;
  starts: string[];
  visit_type_id: string;
}
export interface NoticeSettings {
  requests: boolean;
  visits: boolean;
  waitlist: boolean;
}
/**
 * Holds a time with the role and offers it to the patient.
 */
export interface OfferConsultation {
  appointment_id: string;
  consultation_id: string;
  role_id: string;
  start: string;
  visit_type_id: string;
}
/**
 * A kind of visit as this role offers it.
 */
export interface Offering {
  /**
   * Kept free after the visit; may lie outside the opening hours.
   */
  buffer_after_min: number;
  /**
   * Kept free before the visit; may lie outside the opening hours.
   */
  buffer_before_min: number;
  /**
   * Patients seen together; 1 for an ordinary visit.
   */
  capacity: number;
  length_min: number;
  mode: Mode;
  price: Money;
  visit_type_id: string;
}
/**
 * One request with all its history; the same line as in the list.
 */
export interface OneConsultation {
  consultation_id: string;
}
/**
 * A new request.
 */
export interface OpenConsultation {
  clinic_id: string;
  consultation_id: string;
  patient_id: string;
  wish: ConsultationWish;
}
/**
 * A doctor registers; nothing is public until an admin has verified them.
 */
export interface OpenDoctorAccount {
  account_id: string;
  doctor_id: string;
  email: string;
  language: Language;
  name: string;
  zone: string;
}
/**
 * A person signs up and becomes their own patient.
 */
export interface OpenPatientAccount {
  account_id: string;
  email: string;
  language: Language;
  link_id: string;
  name: string;
  patient_id: string;
  zone: string;
}
/**
 * One page of a list.
 */
export interface AccountPage {
  items: Account[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface ActivityLinePage {
  items: ActivityLine[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface AppointmentLinePage {
  items: AppointmentLine[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface ConsultationLinePage {
  items: ConsultationLine[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface DoctorPage {
  items: Doctor[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface LinkPage {
  items: Link[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * One page of a list.
 */
export interface PatientPage {
  items: Patient[];
  /**
   * Give it back as `cursor` for the next page; `None` at the end.
   */
  next_cursor?: string | null;
}
/**
 * A patient's administrative file. Holds nothing medical.
 */
export interface Patient {
  /**
   * Clinics that know this patient: registered there, or with a visit or request there.
   */
  clinics: string[];
  id: string;
  /**
   * Where the file went when two of one person were merged.
   */
  merged_into?: string | null;
  profile: Profile;
  registered_at: string;
  status: PatientStatus;
}
/**
 * Lets the time go to the next and keeps waiting.
 */
export interface PassPlace {
  waitlist_id: string;
}
/**
 * The accounts that act for a patient.
 */
export interface PatientLinks {
  patient_id: string;
}
export interface Patients {
  clinic_id?: string | null;
  cursor?: string | null;
  descending?: boolean | null;
  limit?: number | null;
  status?: PatientStatus | null;
  /**
   * Part of the name, phone or e-mail, or a birth date.
   */
  text?: string | null;
}
/**
 * What a visit occupies of the doctor's time.
 */
export interface Place1 {
  capacity: number;
  seat: number;
  /**
   * Own for a single visit; shared by the seats of a group slot.
   */
  session: string;
  span: Span;
}
/**
 * A doctor's role at a clinic, with what the public may know of the schedule.
 */
export interface PractitionerRole {
  active: boolean;
  auto_confirm: boolean;
  cancel_notice_min: number;
  clinic_id: string;
  doctor_id: string;
  id: string;
  /**
   * The doctor is listed.
   */
  listed: boolean;
  minimum_notice_min: number;
  /**
   * Copied from the schedule's rules.
   */
  offerings: Offering[];
  zone: string;
}
/**
 * Told once. Each is good once, in place of a code of the app.
 */
export interface RecoveryCodes {
  codes: string[];
}
/**
 * How a series goes on from its first visit.
 */
export interface Recurrence1 {
  cadence: Cadence;
  /**
   * How many visits in all.
   */
  count: number;
  /**
   * 2 with a weekly cadence is every second week.
   */
  interval: number;
}
/**
 * Computes the weeks on offer of all roles of a doctor, and offers free times to those who wait.
 */
export interface RefreshAvailability {
  doctor_id: string;
}
/**
 * Another time please: back to triaged, the time is free again.
 */
export interface RefuseConsultationOffer {
  consultation_id: string;
}
/**
 * A patient without an account, known to the clinic.
 */
export interface RegisterPatient {
  clinic_id: string;
  patient_id: string;
  profile: Profile;
}
/**
 * Lists a suspended doctor again.
 */
export interface ReinstateDoctor {
  doctor_id: string;
}
/**
 * An admin turns the submission down; the doctor reads why and may resubmit.
 */
export interface RejectDoctor {
  doctor_id: string;
  reason: string;
}
/**
 * Gives a held time back.
 */
export interface ReleaseHold {
  appointment_id: string;
  token: string;
}
/**
 * Ends all roles; past visits keep the name.
 */
export interface RemoveDoctor {
  doctor_id: string;
  reason: string;
}
/**
 * Removes an entry: the vault's owners any, others their own.
 */
export interface RemoveHistory {
  entry_id: string;
  vault_id: string;
}
/**
 * Gives the time back.
 */
export interface RemoveLeave {
  leave_id: string;
}
/**
 * A terminal state is left: back to booked (if the time is still free) or arrived. With a reason, audited.
 */
export interface Reopen {
  appointment_id: string;
  reason: string;
}
/**
 * Says something in answer, or something else than before; an empty text takes the answer back.
 */
export interface ReplyToReview {
  review_id: string;
  text: string;
}
/**
 * Moves a visit to another start with the same doctor, or the role given. The old time is free again, at once and only if the new one is taken.
 */
export interface Reschedule {
  appointment_id: string;
  expected_start: string;
  role_id?: string | null;
  start: string;
}
/**
 * Ends a link at once.
 */
export interface RevokeLink {
  link_id: string;
}
/**
 * The schedule of one role.
 */
export interface Rules {
  /**
   * Bookings need no answer from the doctor.
   */
  auto_confirm: boolean;
  /**
   * Patients cancel or move a visit at least this long before it starts; later it counts as late.
   */
  cancel_notice_min: number;
  /**
   * At most this many visits start on one day; every seat of a group counts.
   */
  daily_cap?: number | null;
  /**
   * A visit is booked at most this many days of the calendar ahead.
   */
  horizon_days: number;
  /**
   * A visit is booked at least this long before it starts.
   */
  minimum_notice_min: number;
  /**
   * The kinds of visit, each at most once.
   *
   * @maxItems 50
   */
  offerings: Offering[];
  /**
   * Days that differ. An override replaces all blocks of its day.
   *
   * @maxItems 732
   */
  overrides: DayOverride[];
  /**
   * Visits start every so many minutes from the start of a block.
   */
  step_min: number;
  /**
   * Opening hours of an ordinary week.
   *
   * @maxItems 200
   */
  weekly: WeeklyBlock[];
  zone: string;
}
/**
 * Opening hours on one day of the week. An overnight shift is two blocks that touch at midnight.
 */
export interface WeeklyBlock {
  /**
   * Minutes of the local day; 1440 is midnight at its end.
   */
  end_min: number;
  /**
   * Minutes of the local day.
   */
  start_min: number;
  /**
   * Only these kinds of visit; all of them where it is absent.
   */
  visit_types?: string[] | null;
  /**
   * 1 is Monday (ISO 8601).
   */
  weekday: number;
}
/**
 * Creates a clinic or replaces its details.
 */
export interface SaveClinic {
  active: boolean;
  clinic_id: string;
  details: ClinicDetails;
}
/**
 * The rules of a role, as edited. Visits already booked stay.
 */
export interface SaveSchedule {
  role_id: string;
  rules: Rules;
}
/**
 * All settings of the acting account.
 */
export interface SaveSettings {
  language: Language;
  notices: NoticeSettings;
  text_size: TextSize;
  theme: Theme;
  zone: string;
}
/**
 * Creates a specialty or replaces it.
 */
export interface SaveSpecialty {
  active: boolean;
  name: LocalText;
  specialty_id: string;
}
/**
 * Creates a visit type or replaces it.
 */
export interface SaveVisitType {
  active: boolean;
  details: VisitTypeDetails;
  visit_type_id: string;
}
export interface VisitTypeDetails {
  default_capacity: number;
  /**
   * What a doctor's schedule starts from.
   */
  default_length_min: number;
  mode: Mode;
  name: LocalText;
}
/**
 * Disables an account or lets it in again. Sessions of a disabled account end.
 */
export interface SetAccountActive {
  account_id: string;
  active: boolean;
  reason: string;
}
/**
 * Deactivates a file (no new bookings) or reactivates it.
 */
export interface SetPatientActive {
  active: boolean;
  patient_id: string;
  reason: string;
}
/**
 * An account's settings. One per account, with the account's id.
 */
export interface Settings {
  account_id: string;
  language: Language;
  notices: NoticeSettings1;
  text_size: TextSize;
  theme: Theme;
  zone: string;
}
/**
 * In-app notices on or off, by subject.
 */
export interface NoticeSettings1 {
  requests: boolean;
  visits: boolean;
  waitlist: boolean;
}
/**
 * A time on offer.
 */
export interface Slot {
  /**
   * When the visit ends, without buffers.
   */
  end: string;
  seats_left: number;
  start: string;
}
/**
 * The slots of a role and visit type in a stretch of at most 62 days.
 */
export interface Slots {
  from: string;
  role_id: string;
  until: string;
  visit_type_id: string;
}
export interface SlotsAnswer {
  as_of: string;
  /**
   * The first free start at or after `until`, if none lies in the stretch.
   */
  next_free?: string | null;
  slots: Slot[];
}
/**
 * A half-open stretch of time in UTC: `start` belongs to it, `end` does not.
 */
export interface Span1 {
  end: string;
  start: string;
}
export interface Specialty {
  active: boolean;
  id: string;
  name: LocalText;
}
/**
 * booked or arrived → in_progress.
 */
export interface Start {
  appointment_id: string;
}
/**
 * The doctor hands in the license and names the clinics they want to work at.
 */
export interface SubmitForVerification {
  /**
   * @minItems 1
   * @maxItems 20
   */
  clinics: string[];
  doctor_id: string;
  license: License;
}
/**
 * Takes a verified doctor out of the directory; no new bookings.
 */
export interface SuspendDoctor {
  doctor_id: string;
  reason: string;
}
/**
 * For the authenticator app. Nothing is in force before a code of it was confirmed.
 */
export interface TotpSetUp {
  /**
   * The same secret to be typed, in base32.
   */
  secret: string;
  /**
   * `otpauth://totp/…`, to be shown as a QR code.
   */
  uri: string;
}
/**
 * No longer kept at hand.
 */
export interface UnfollowDoctor {
  doctor_id: string;
}
/**
 * The whole page, as edited by the doctor or an admin.
 */
export interface UpdateDoctorDetails {
  details: DoctorDetails;
  doctor_id: string;
}
/**
 * The whole profile, as edited.
 */
export interface UpdateProfile {
  patient_id: string;
  profile: Profile;
}
/**
 * An admin has checked the license. The doctor is listed.
 */
export interface VerifyDoctor {
  doctor_id: string;
}
/**
 * A kind of visit the installation offers, such as a first consultation.
 */
export interface VisitType {
  active: boolean;
  details: VisitTypeDetails;
  id: string;
}
/**
 * Why a start is not on offer.
 */
export interface WhyNotFree {
  role_id: string;
  start: string;
  visit_type_id: string;
}
export interface WhyNotFreeAnswer {
  next_free: string[];
  /**
   * `None`: it is free.
   */
  why?: WhyNot | null;
}
/**
 * Needs no answer any more.
 */
export interface WithdrawConsultation {
  consultation_id: string;
}
/**
 * Stores sealed content at its place. It must be sealed by who sends it, in the vault's present epoch, as the next revision.
 */
export interface WriteHistory {
  content: Blob;
  entry_id: string;
  vault_id: string;
}
/**
 * One per fulfilled visit, by the patient's side.
 */
export interface WriteReview {
  appointment_id: string;
  stars: number;
  text: string;
}

/** What can be asked of the server, by name. */

export interface Fetches {
  accounts: { query: Accounts; answer: AccountPage };
  activity: { query: Activity; answer: ActivityLinePage };
  appointments: { query: Appointments; answer: AppointmentLinePage };
  check_audit: { query: CheckAudit; answer: AuditReport };
  consultations: { query: Consultations; answer: ConsultationLinePage };
  doctors: { query: Doctors; answer: DoctorPage };
  doubles: { query: Doubles; answer: PatientPage };
  figures: { query: Figures; answer: FiguresAnswer };
  next_free: { query: NextFree; answer: NextFreeAnswer };
  one_consultation: { query: OneConsultation; answer: ConsultationLine };
  patient_links: { query: PatientLinks; answer: LinkPage };
  patients: { query: Patients; answer: PatientPage };
  slots: { query: Slots; answer: SlotsAnswer };
  why_not_free: { query: WhyNotFree; answer: WhyNotFreeAnswer };
}

/** Where each question is asked. */

export const FETCH_PATHS = {
  accounts: "/v1/admin/accounts",
  activity: "/v1/admin/activity",
  appointments: "/v1/admin/appointments",
  check_audit: "/v1/admin/audit/check",
  consultations: "/v1/admin/consultations",
  doctors: "/v1/admin/doctors",
  doubles: "/v1/admin/patients/doubles",
  figures: "/v1/admin/figures",
  next_free: "/v1/slots/next",
  one_consultation: "/v1/admin/consultations/one",
  patient_links: "/v1/admin/patients/links",
  patients: "/v1/admin/patients",
  slots: "/v1/slots",
  why_not_free: "/v1/slots/why",
} as const satisfies Record<keyof Fetches, string>;

/** Every command's arguments, by its name. */

export interface Commands {
  "accounts.add_staff": AddStaff;
  "accounts.change_role": ChangeStaffRole;
  "accounts.open_doctor": OpenDoctorAccount;
  "accounts.open_patient": OpenPatientAccount;
  "accounts.set_active": SetAccountActive;
  "appointments.accept": Accept;
  "appointments.add_note": AddVisitNote;
  "appointments.book": Book;
  "appointments.book_series": BookSeries;
  "appointments.cancel": Cancel;
  "appointments.check_in": CheckIn;
  "appointments.complete": Complete;
  "appointments.decline": Decline;
  "appointments.expire": Expire;
  "appointments.hold": HoldTime;
  "appointments.no_show": MarkNoShow;
  "appointments.release_hold": ReleaseHold;
  "appointments.reopen": Reopen;
  "appointments.reschedule": Reschedule;
  "appointments.start": Start;
  "consultations.accept": AcceptConsultation;
  "consultations.add_note": AddConsultationNote;
  "consultations.assign": AssignConsultation;
  "consultations.decline": DeclineConsultation;
  "consultations.expire": ExpireConsultation;
  "consultations.offer": OfferConsultation;
  "consultations.open": OpenConsultation;
  "consultations.refuse_offer": RefuseConsultationOffer;
  "consultations.withdraw": WithdrawConsultation;
  "directory.add_role": AddRole;
  "directory.end_role": EndRole;
  "directory.reinstate": ReinstateDoctor;
  "directory.reject": RejectDoctor;
  "directory.remove": RemoveDoctor;
  "directory.save_clinic": SaveClinic;
  "directory.save_specialty": SaveSpecialty;
  "directory.save_visit_type": SaveVisitType;
  "directory.submit": SubmitForVerification;
  "directory.suspend": SuspendDoctor;
  "directory.update_doctor": UpdateDoctorDetails;
  "directory.verify": VerifyDoctor;
  "history.remove": RemoveHistory;
  "history.write": WriteHistory;
  "keys.change": ChangeKeys;
  "keys.found": FoundKeys;
  "notices.mark_read": MarkNoticesRead;
  "profiles.add_dependant": AddDependant;
  "profiles.expire_link": ExpireLink;
  "profiles.grant_caregiver": GrantCaregiver;
  "profiles.merge": MergePatients;
  "profiles.register": RegisterPatient;
  "profiles.revoke_link": RevokeLink;
  "profiles.set_active": SetPatientActive;
  "profiles.update": UpdateProfile;
  "reviews.reply": ReplyToReview;
  "reviews.write": WriteReview;
  "scheduling.add_leave": AddLeave;
  "scheduling.refresh_availability": RefreshAvailability;
  "scheduling.remove_leave": RemoveLeave;
  "scheduling.save": SaveSchedule;
  "settings.follow": FollowDoctor;
  "settings.save": SaveSettings;
  "settings.unfollow": UnfollowDoctor;
  "vaults.change": ChangeVault;
  "vaults.found": FoundVault;
  "waitlist.accept": AcceptPlace;
  "waitlist.expire": ExpireEntry;
  "waitlist.join": JoinWaitlist;
  "waitlist.leave": LeaveWaitlist;
  "waitlist.pass": PassPlace;
}

