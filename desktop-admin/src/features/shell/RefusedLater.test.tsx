import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BackendContext } from "@/lib/app";
import type { Backend, RefusedLater as Refused } from "@/lib/backend";
import { RefusedLater } from "./RefusedLater";

const page = document.createElement("div");
let root: Root;

/** The notices over an outbox that holds these, and the outbox as it is left. */
async function shown(...outbox: Refused[]) {
  const backend = {
    refusedLater: async () => [...outbox],
    dismiss: async (id: string) => void outbox.splice(outbox.findIndex((command) => command.id === id), 1),
  } as Partial<Backend> as Backend;
  root = createRoot(page);
  await act(async () =>
    root.render(
      <MantineProvider>
        <BackendContext value={backend}>
          <QueryClientProvider client={new QueryClient()}>
            <RefusedLater />
          </QueryClientProvider>
        </BackendContext>
      </MantineProvider>,
    ),
  );
  await act(async () => void (await vi.waitFor(() => expect(page.querySelectorAll("[role=alert]")).toHaveLength(outbox.length))));
  return outbox;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
});

afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

const refused = (id: string, name: string): Refused => ({ id, name, submitted_at: "2026-11-21T10:00:00Z", refusal: { code: "wrong_state", kind: "appointment", state: "cancelled" } });

it("says what was refused and why, until it is dismissed", async () => {
  const outbox = await shown(refused("1", "appointments.accept"), refused("2", "directory.verify"));
  const notices = () => [...page.querySelectorAll("[role=alert]")].map((notice) => notice.textContent);
  expect(notices()[0]).toContain("Refused later: confirmed a visit");
  expect(notices()[1]).toContain("verified a doctor");
  expect(notices()[0]).toContain("21 Nov");
  await act(async () => page.querySelector("button")!.click());
  await act(async () => void (await vi.waitFor(() => expect(notices()).toHaveLength(1))));
  expect(notices()[0]).toContain("verified a doctor");
  expect(outbox.map(({ id }) => id)).toEqual(["2"]);
});

it("shows nothing where nothing was refused", async () => {
  await shown();
  expect(page.querySelector("[data-refused-later]")).toBeNull();
});
