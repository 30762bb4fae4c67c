/**
 * The one door to everything outside the page. The app asks nothing of Tauri and nothing of the network but through
 * this interface, so the same screens run on core in the desktop app and on the server's REST in a browser under test.
 */
import type { Account, AccountSecurity, ApiToken, ApiTokenLine, Challenge, Clinic, Commands, DoctorProfile, Fetches, Identified, MailProof, NewApiToken, PractitionerRole, RecoveryCodes, Refusal, Specialty, StepUp, TotpSetUp, VisitType } from "../generated";

export type Me = Pick<Account, "id" | "name" | "email" | "role">;

export interface Session {
  account: Me;
  /** The server's address, as the person typed it. */
  server: string;
}

export type NewStaff = Omit<Commands["accounts.add_staff"], "account_id">;

/** An account and the password it opens with, which is told this once. */
export interface FirstPassword {
  account: Account;
  password: string;
}

/** The public directory: small, held whole, and on the desktop there without a network too. */
export interface Directory {
  clinics: Clinic[];
  specialties: Specialty[];
  visitTypes: VisitType[];
  doctors: DoctorProfile[];
  roles: PractitionerRole[];
}

/** A command whose answer was lost on the way, and that was refused when it was sent again. */
export interface RefusedLater {
  id: string;
  /** The command's name. */
  name: string;
  submitted_at: string;
  refusal: Refusal;
}

/** How accounts are protected: one's own, and the help that staff give others. All of it needs the network. */
export interface Protections {
  security: { args: object; answer: AccountSecurity };
  /** Proves once more who sits there; what is grave is then done for some minutes. */
  step_up: { args: { proof: StepUp }; answer: unknown };
  send_verification: { args: object; answer: unknown };
  verify_email: { args: { proof: MailProof }; answer: unknown };
  set_up_totp: { args: object; answer: TotpSetUp };
  confirm_totp: { args: { code: string }; answer: RecoveryCodes };
  turn_off_totp: { args: object; answer: unknown };
  renew_recovery_codes: { args: object; answer: RecoveryCodes };
  api_tokens: { args: object; answer: ApiTokenLine[] };
  make_api_token: { args: { new: NewApiToken }; answer: ApiToken };
  end_api_token: { args: { id: string }; answer: unknown };
  /** Of somebody who lost authenticator app and recovery codes. */
  reset_second_factor: { args: { account_id: string; identified: Identified }; answer: unknown };
  reset_second_factor_of_doctor: { args: { doctor_id: string; identified: Identified }; answer: unknown };
}

export type ProtectionName = keyof Protections;

export type FetchName = keyof Fetches;
export type CommandName = keyof Commands;

export interface Backend {
  /** Who is signed in; null where nobody is. */
  session(): Promise<Session | null>;
  /** Rejects with `ChallengedError` where a second step is wanted. */
  signIn(server: string, email: string, password: string): Promise<Session>;
  secondStep(challenge: Challenge, code: string): Promise<Session>;
  signOut(): Promise<void>;
  fetch<Name extends FetchName>(name: Name, query: Fetches[Name]["query"]): Promise<Fetches[Name]["answer"]>;
  /** Settles when the server has accepted; rejects with `RefusedError` where it refused. */
  execute<Name extends CommandName>(name: Name, args: Commands[Name]): Promise<void>;
  /** All other sessions of the account end. */
  changePassword(current: string, next: string): Promise<void>;
  addStaff(staff: NewStaff): Promise<FirstPassword>;
  /** The old password of a member of staff stops working, and all their sessions end. */
  newStaffPassword(accountId: string): Promise<FirstPassword>;
  protect<Name extends ProtectionName>(name: Name, args: Protections[Name]["args"]): Promise<Protections[Name]["answer"]>;
  directory(): Promise<Directory>;
  /** Calls `changed` whenever something the app holds may have changed. Returns what stops it. */
  watch(changed: () => void): () => void;
  /** Calls `kept` with the time an answer is from when it had to come from before, and with null when the server answers again. */
  watchKept(kept: (asOf: string | null) => void): () => void;
  /** Calls `settled` when the answer to a command came late; a refusal is then among `refusedLater`. */
  watchSettled(settled: () => void): () => void;
  /** The commands that were refused when nobody waited for the answer any more, oldest first. They stay until dismissed. */
  refusedLater(): Promise<RefusedLater[]>;
  dismiss(commandId: string): Promise<void>;
  /** Saves a text under the person's downloads; answers where, or null where the browser decides that. */
  save(name: string, text: string): Promise<string | null>;
  /** The address to offer at sign-in; null where it is fixed. */
  defaultServer(): string | null;
}

/** The server said no, and why. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
    this.name = "RefusedError";
  }
}

/** The password is right; the code of the second step is wanted too. */
export class ChallengedError extends Error {
  constructor(readonly challenge: Challenge) {
    super("a second step is wanted");
    this.name = "ChallengedError";
  }
}

export type Trouble =
  | "offline"
  | "unanswered"
  | "signed_out"
  | "credentials"
  | "not_staff"
  | "too_many_tries"
  | "wrong_code"
  | "second_step_over"
  | "step_up"
  | "second_factor_needed"
  | "not_verified"
  | "no_mail"
  | "server";

/** It could not be asked at all: no network, no session, a fault of the server. */
export class TroubleError extends Error {
  constructor(
    readonly trouble: Trouble,
    detail?: string,
  ) {
    super(detail ?? trouble);
    this.name = "TroubleError";
  }
}
