/** The backend of the desktop app: every call is a Tauri command, and behind it is core. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Challenge, Commands, Fetches, Refusal } from "../generated";
import { ChallengedError, RefusedError, TroubleError, type Backend, type Directory, type FirstPassword, type NewStaff, type Protections, type RefusedLater, type Session, type Trouble } from ".";

/** How the Rust side says that something failed. */
type Failure = { is: "refused"; refusal: Refusal } | { is: "trouble"; trouble: Trouble; detail: string } | { is: "challenged"; challenge: Challenge };

interface Fetched<Answer> {
  answer: Answer;
  as_of: string;
  kept: boolean;
}

async function ask<Answer>(command: string, args?: Record<string, unknown>): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args);
  } catch (failure) {
    throw errorOf(failure as Failure);
  }
}

function errorOf(failure: Failure): Error {
  if (failure.is === "refused") return new RefusedError(failure.refusal);
  if (failure.is === "challenged") return new ChallengedError(failure.challenge);
  if (failure.is === "trouble") return new TroubleError(failure.trouble, failure.detail);
  return new TroubleError("server", String(failure));
}

export class TauriBackend implements Backend {
  private server: string | null = null;
  private readonly listeners = new Set<(asOf: string | null) => void>();

  static async open(): Promise<TauriBackend> {
    const backend = new TauriBackend();
    backend.server = await ask<string>("default_server");
    return backend;
  }

  defaultServer() {
    return this.server;
  }

  session() {
    return ask<Session | null>("session");
  }

  signIn(server: string, email: string, password: string) {
    return ask<Session>("sign_in", { server, email, password });
  }

  secondStep(challenge: Challenge, code: string) {
    return ask<Session>("second_step", { challenge, code });
  }

  signOut() {
    return ask<void>("sign_out");
  }

  async fetch<Name extends keyof Fetches>(name: Name, query: Fetches[Name]["query"]) {
    const { answer, as_of, kept } = await ask<Fetched<Fetches[Name]["answer"]>>("fetch", { name, query });
    for (const listener of this.listeners) listener(kept ? as_of : null);
    return answer;
  }

  watchKept(kept: (asOf: string | null) => void) {
    this.listeners.add(kept);
    return () => void this.listeners.delete(kept);
  }

  execute<Name extends keyof Commands>(name: Name, args: Commands[Name]) {
    return ask<void>("execute", { name, args });
  }

  changePassword(current: string, next: string) {
    return ask<void>("change_password", { current, new: next });
  }

  addStaff(staff: NewStaff) {
    return ask<FirstPassword>("add_staff", { staff });
  }

  newStaffPassword(accountId: string) {
    return ask<FirstPassword>("new_staff_password", { accountId });
  }

  protect<Name extends keyof Protections>(name: Name, args: Protections[Name]["args"]) {
    return ask<Protections[Name]["answer"]>("protect", { asked: { is: name, ...args } });
  }

  directory() {
    return ask<Directory>("directory");
  }

  watch(changed: () => void) {
    const stop = listen("changed", changed);
    return () => void stop.then((stop) => stop());
  }

  watchSettled(settled: () => void) {
    const stop = listen("settled", settled);
    return () => void stop.then((stop) => stop());
  }

  refusedLater() {
    return ask<RefusedLater[]>("refused_later");
  }

  dismiss(commandId: string) {
    return ask<void>("dismiss", { commandId });
  }

  save(name: string, text: string) {
    return ask<string>("save", { name, text });
  }
}
