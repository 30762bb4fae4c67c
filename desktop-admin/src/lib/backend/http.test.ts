import { afterEach, expect, it, vi } from "vitest";
import { RefusedError, TroubleError } from ".";
import { HttpBackend } from "./http";

type Reply = [status: number, body: unknown];
const account = { id: "a", name: "Ruth", email: "r@example.org", role: { name: "super_admin" } };
const entered: Reply = [200, { account, tokens: { access: "first", refresh: "r1" } }];

/** A backend whose server gives these answers in turn, and the requests it got. */
function served(...replies: Reply[]) {
  const asked: { path: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    const [status, body] = replies.shift() ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  });
  return { backend: new HttpBackend(), asked };
}

afterEach(() => vi.unstubAllGlobals());

it("tells wrong credentials from too many tries and from a server that fails", async () => {
  for (const [status, trouble] of [[401, "credentials"], [429, "too_many_tries"], [503, "server"]] as const) {
    const { backend } = served([status, {}]);
    await expect(backend.signIn("", "a", "b")).rejects.toMatchObject({ trouble });
    expect(await backend.session()).toBeNull();
  }
});

it("leaves empty filters out of the question and sends the token", async () => {
  const { backend, asked } = served(entered, [200, { items: [], next_cursor: null }]);
  await backend.signIn("", "a", "b");
  await backend.fetch("doctors", { text: "", standing: undefined, clinic_id: "k", limit: 5 });
  expect(asked[1]!.path).toBe("/v1/admin/doctors?clinic_id=k&limit=5");
  expect(new Headers(asked[1]!.init.headers).get("authorization")).toBe("Bearer first");
});

it("refreshes once for many calls at the same time, and then goes on", async () => {
  const { backend, asked } = served(entered, [401, {}], [401, {}], [200, { access: "second", refresh: "r2" }], [200, { items: [] }], [200, { items: [] }]);
  await backend.signIn("", "a", "b");
  await Promise.all([backend.fetch("doctors", {}), backend.fetch("patients", {})]);
  expect(asked.filter(({ path }) => path === "/v1/auth/refresh")).toHaveLength(1);
  expect(new Headers(asked.at(-1)!.init.headers).get("authorization")).toBe("Bearer second");
});

it("is signed out when the session cannot be refreshed", async () => {
  const { backend } = served(entered, [401, {}], [401, {}]);
  await backend.signIn("", "a", "b");
  await expect(backend.fetch("doctors", {})).rejects.toEqual(new TroubleError("signed_out"));
  expect(await backend.session()).toBeNull();
});

it("gives a refusal whole, from a receipt and from a problem", async () => {
  const refusal = { code: "slot_taken", next_free: ["2026-11-22T09:00:00Z"] };
  const { backend } = served([200, { outcome: { is: "refused", refusal } }], [409, { code: "slot_taken", refusal }], [422, { code: "invalid", errors: [{ path: "name", message: "must not be blank" }] }]);
  const order = () => backend.execute("directory.verify", { doctor_id: "d" }).catch((error: unknown) => error as RefusedError);
  expect(await order()).toMatchObject({ refusal });
  expect(await order()).toMatchObject({ refusal });
  expect(await order()).toMatchObject({ refusal: { code: "invalid", fields: [{ path: "name" }] } });
});

it("says offline when the network fails", async () => {
  const { backend } = served();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(backend.fetch("doctors", {})).rejects.toMatchObject({ trouble: "offline" });
});

it("puts the pulled directory together and leaves other kinds aside", async () => {
  const rows = [{ kind: "clinic", body: { id: "k" } }, { kind: "settings", body: {} }, { kind: "doctor_profile", body: null }];
  vi.stubGlobal("fetch", async () => new Response(['{"line":"begin"}', JSON.stringify({ line: "page", rows }), '{"line":"end"}'].join("\n")));
  expect(await new HttpBackend().directory()).toEqual({ clinics: [{ id: "k" }], specialties: [], visitTypes: [], doctors: [], roles: [] });
});
