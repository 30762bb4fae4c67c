/**
 * The backend over the server's REST, for a browser under test. It holds the session in memory only: a reload signs out.
 * The desktop app never uses it.
 */
import { FETCH_PATHS, type Account, type Challenge, type Commands, type Fetches, type Refusal } from "../generated";
import { uuidv7 } from "../uuid";
import { ChallengedError, RefusedError, TroubleError, type Backend, type Directory, type FirstPassword, type NewStaff, type ProtectionName, type Protections, type Session, type Trouble } from ".";

interface Tokens {
  access: string;
  refresh: string;
}

/** What `POST /v1/commands` answers, as far as it matters here. */
interface Receipt {
  outcome: { is: "accepted" } | { is: "refused"; refusal: Refusal };
}

const KEEPS: Record<string, keyof Directory> = {
  clinic: "clinics",
  specialty: "specialties",
  visit_type: "visitTypes",
  doctor_profile: "doctors",
  practitioner_role: "roles",
};

/** Where each question about protection is asked. */
const PROTECTIONS: { [Name in ProtectionName]: (args: Protections[Name]["args"]) => { method: "GET" | "POST" | "DELETE"; path: string; body?: unknown } } = {
  security: () => ({ method: "GET", path: "/v1/auth/security" }),
  step_up: ({ proof }) => ({ method: "POST", path: "/v1/auth/step-up", body: proof }),
  send_verification: () => ({ method: "POST", path: "/v1/auth/email/send" }),
  verify_email: (body) => ({ method: "POST", path: "/v1/auth/email/verify", body }),
  set_up_totp: () => ({ method: "POST", path: "/v1/auth/totp" }),
  confirm_totp: (body) => ({ method: "POST", path: "/v1/auth/totp/confirm", body }),
  turn_off_totp: () => ({ method: "DELETE", path: "/v1/auth/totp" }),
  renew_recovery_codes: () => ({ method: "POST", path: "/v1/auth/recovery-codes" }),
  api_tokens: () => ({ method: "GET", path: "/v1/auth/tokens" }),
  make_api_token: ({ new: body }) => ({ method: "POST", path: "/v1/auth/tokens", body }),
  end_api_token: ({ id }) => ({ method: "DELETE", path: `/v1/auth/tokens/${id}` }),
  reset_second_factor: ({ account_id, identified }) => ({ method: "POST", path: `/v1/admin/accounts/${account_id}/second-factor/reset`, body: { identified } }),
  reset_second_factor_of_doctor: ({ doctor_id, identified }) => ({ method: "POST", path: `/v1/admin/doctors/${doctor_id}/second-factor/reset`, body: { identified } }),
};

/** Problems by whose code the person is told what to do. */
const TROUBLES: Record<string, Trouble> = {
  wrong_credentials: "credentials",
  wrong_code: "wrong_code",
  step_up_needed: "step_up",
  second_factor_needed: "second_factor_needed",
  email_not_verified: "not_verified",
  no_mail: "no_mail",
};

export class HttpBackend implements Backend {
  private tokens: Tokens | null = null;
  private account: Account | null = null;
  private refreshing: Promise<void> | null = null;
  private answeredAt: string | null = null;
  private readonly listeners = new Set<(asOf: string | null) => void>();

  /** `root` is where the server answers: empty for the page's own origin. */
  constructor(private readonly root = "") {}

  defaultServer() {
    return null;
  }

  async session(): Promise<Session | null> {
    return this.account && { account: this.account, server: this.root || location.origin };
  }

  async signIn(_server: string, email: string, password: string): Promise<Session> {
    const body = JSON.stringify({ email, password, device: { id: uuidv7(), name: "Browser" } });
    return this.entered(await this.send("/v1/auth/login", { method: "POST", body }));
  }

  async secondStep({ token }: Challenge, code: string): Promise<Session> {
    const body = JSON.stringify({ challenge: token, code });
    return this.entered(await this.send("/v1/auth/second-factor", { method: "POST", body }));
  }

  private async entered(answer: Response): Promise<Session> {
    if (answer.status === 429) throw new TroubleError("too_many_tries");
    if (answer.status >= 500) throw new TroubleError("server");
    if (answer.status === 401) {
      const { code, challenge } = (await answer.json().catch(() => ({}))) as { code?: string; challenge?: Challenge };
      if (challenge) throw new ChallengedError(challenge);
      throw new TroubleError(code === "wrong_code" ? "wrong_code" : "credentials");
    }
    if (!answer.ok) throw await errorOf(answer);
    const { account, tokens } = (await answer.json()) as { account: Account; tokens: Tokens };
    this.tokens = tokens;
    this.account = account;
    return (await this.session())!;
  }

  async signOut() {
    if (this.tokens) await this.call("/v1/auth/logout", { method: "POST" }).catch(() => undefined);
    this.tokens = this.account = null;
  }

  async fetch<Name extends keyof Fetches>(name: Name, query: Fetches[Name]["query"]): Promise<Fetches[Name]["answer"]> {
    const asked = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== "") asked.set(key, String(value));
    }
    const answer = await this.call(`${FETCH_PATHS[name]}?${asked}`);
    return answer.json() as Promise<Fetches[Name]["answer"]>;
  }

  async execute<Name extends keyof Commands>(name: Name, args: Commands[Name]) {
    const headers = { "idempotency-key": uuidv7() };
    const answer = await this.call("/v1/commands", { method: "POST", body: JSON.stringify({ name, args }), headers });
    const { outcome } = (await answer.json()) as Receipt;
    if (outcome.is === "refused") throw new RefusedError(outcome.refusal);
  }

  async changePassword(current: string, next: string) {
    await this.call("/v1/auth/password", { method: "POST", body: JSON.stringify({ current, new: next }) });
  }

  async addStaff(staff: NewStaff) {
    const answer = await this.call("/v1/admin/staff", { method: "POST", body: JSON.stringify(staff) });
    return answer.json() as Promise<FirstPassword>;
  }

  async newStaffPassword(accountId: string) {
    const answer = await this.call(`/v1/admin/staff/${accountId}/password`, { method: "POST" });
    return answer.json() as Promise<FirstPassword>;
  }

  async protect<Name extends ProtectionName>(name: Name, args: Protections[Name]["args"]): Promise<Protections[Name]["answer"]> {
    const { method, path, body } = PROTECTIONS[name](args as never);
    const answer = await this.call(path, { method, ...(method === "POST" && { body: JSON.stringify(body ?? {}) }) });
    if (answer.status === 204) return undefined as never;
    const said = await answer.json();
    return name === "api_tokens" ? said.items : said;
  }

  /** The desktop app reads the directory from its local store; here it is one pull of everything that is synced. */
  async directory(): Promise<Directory> {
    const body = JSON.stringify({ protocol: 1, incarnation: null, checkpoint: "", cursors: [] });
    const answer = await this.call("/v1/sync/pull", { method: "POST", body });
    const held: Directory = { clinics: [], specialties: [], visitTypes: [], doctors: [], roles: [] };
    for (const line of (await answer.text()).split("\n").filter(Boolean).map((text) => JSON.parse(text))) {
      if (line.line !== "page") continue;
      for (const { kind, body } of line.rows) {
        const list = KEEPS[kind as string];
        if (list && body) (held[list] as unknown[]).push(body);
      }
    }
    return held;
  }

  watch(changed: () => void) {
    const timer = setInterval(changed, 15_000);
    return () => clearInterval(timer);
  }

  /** Nothing is kept here, but what is on the screen is from the last answer all the same. */
  watchKept(kept: (asOf: string | null) => void) {
    this.listeners.add(kept);
    return () => void this.listeners.delete(kept);
  }

  /** Here an answer comes at once or not at all. */
  watchSettled() {
    return () => undefined;
  }

  async refusedLater() {
    return [];
  }

  async dismiss() {}

  async save(name: string, text: string) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    return null;
  }

  private async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (init.body) headers.set("content-type", "application/json");
    if (this.tokens) headers.set("authorization", `Bearer ${this.tokens.access}`);
    try {
      const answer = await fetch(this.root + path, { ...init, headers });
      this.answeredAt = new Date().toISOString();
      for (const listener of this.listeners) listener(null);
      return answer;
    } catch {
      for (const listener of this.listeners) listener(this.answeredAt);
      throw new TroubleError("offline");
    }
  }

  private async call(path: string, init?: RequestInit): Promise<Response> {
    let answer = await this.send(path, init);
    if (answer.status === 401 && this.tokens) {
      await (this.refreshing ??= this.refresh().finally(() => (this.refreshing = null)));
      answer = await this.send(path, init);
    }
    if (!answer.ok) throw await errorOf(answer);
    return answer;
  }

  private async refresh() {
    const body = JSON.stringify({ refresh: this.tokens!.refresh });
    const answer = await this.send("/v1/auth/refresh", { method: "POST", body });
    if (!answer.ok) {
      this.tokens = this.account = null;
      throw new TroubleError("signed_out");
    }
    this.tokens = (await answer.json()) as Tokens;
  }
}

/** problem+json (RFC 9457) as an error. Some refusals are said by the problem's own code and errors alone. */
async function errorOf(answer: Response): Promise<Error> {
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; title?: string; refusal?: Refusal; errors?: { path: string; message: string }[] };
  const trouble = TROUBLES[problem.code ?? ""];
  if (trouble) return new TroubleError(trouble);
  if (answer.status === 401) return new TroubleError("signed_out");
  if (answer.status === 429) return new TroubleError("too_many_tries");
  if (answer.status >= 500 || !problem.code) return new TroubleError("server", problem.title);
  return new RefusedError(problem.refusal ?? ({ code: problem.code, fields: problem.errors ?? [] } as Refusal));
}
