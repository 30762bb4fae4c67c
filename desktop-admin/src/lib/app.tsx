/** What every screen may ask for: the backend, who is signed in, and commands with their refusals. */
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, use, useEffect, useMemo } from "react";
import { RefusedError, TroubleError, type Backend, type CommandName, type Directory, type FetchName, type Me, type Session } from "./backend";
import type { Commands, Fetches } from "./generated";
import { clinicsOf, may, type Right } from "./rights";
import { useTexts } from "./texts";

export const BackendContext = createContext<Backend | null>(null);
export const SessionContext = createContext<{ session: Session; signOut: () => void } | null>(null);

export const useBackend = () => use(BackendContext)!;
export const useSession = () => use(SessionContext)!;
export const useAccount = (): Me => useSession().session.account;

export function useMay(): (right: Right) => boolean {
  const account = useAccount();
  return (right) => may(account, right);
}

/** An answer of the server, asked again every `everyMs` while the window is seen. */
export function useFetch<Name extends FetchName>(name: Name, query: Fetches[Name]["query"] | null, everyMs?: number) {
  const backend = useBackend();
  return useQuery({
    queryKey: ["fetch", name, query],
    queryFn: () => backend.fetch(name, query!),
    enabled: query !== null,
    placeholderData: (before) => before,
    refetchInterval: everyMs ?? false,
  });
}

const NOTHING: Directory = { clinics: [], specialties: [], visitTypes: [], doctors: [], roles: [] };

/** The directory, and look-ups in it. */
export function useDirectory() {
  const backend = useBackend();
  const { data = NOTHING, isPending, error, refetch } = useQuery({ queryKey: ["directory"], queryFn: () => backend.directory() });
  return useMemo(() => ({ ...looked(data), isPending, error, refetch }), [data, isPending, error, refetch]);
}

function looked(directory: Directory) {
  const byId = <T extends { id: string }>(items: T[]) => new Map(items.map((item) => [item.id, item]));
  const [clinics, doctors, visitTypes, specialties] = [byId(directory.clinics), byId(directory.doctors), byId(directory.visitTypes), byId(directory.specialties)];
  return {
    ...directory,
    clinic: (id: string | null | undefined) => (id ? clinics.get(id) : undefined),
    doctor: (id: string | null | undefined) => (id ? doctors.get(id) : undefined),
    visitType: (id: string | null | undefined) => (id ? visitTypes.get(id) : undefined),
    specialty: (id: string | null | undefined) => (id ? specialties.get(id) : undefined),
  };
}

/** The clinics the person works for, by name. */
export function useOwnClinics() {
  const { clinics } = useDirectory();
  const own = clinicsOf(useAccount());
  return useMemo(() => clinics.filter((clinic) => !own || own.includes(clinic.id)).sort((a, b) => a.details.name.localeCompare(b.details.name)), [clinics, own]);
}

export interface Commanding {
  /** Resolves to whether it was accepted; `done` is then said in passing. */
  run<Name extends CommandName>(name: Name, args: Commands[Name], done?: string): Promise<boolean>;
  busy: boolean;
  /** Why the last one did not go through. */
  failure: Error | null;
  clear(): void;
}

/** Submits commands; whatever is on screen is asked anew when one was accepted. */
export function useCommand(): Commanding {
  const backend = useBackend();
  const queries = useQueryClient();
  const order = useMutation({ mutationFn: ({ name, args }: { name: CommandName; args: Commands[CommandName] }) => backend.execute(name, args as never) });
  const { reset } = order;
  // Sent, and not answered: until it is, the same is not sent a second time.
  const waits = order.error instanceof TroubleError && order.error.trouble === "unanswered";
  useEffect(() => (waits ? backend.watchSettled(reset) : undefined), [waits, backend, reset]);
  return {
    busy: order.isPending || waits,
    failure: order.error,
    clear: order.reset,
    async run(name, args, done) {
      try {
        await order.mutateAsync({ name, args });
      } catch {
        return false;
      }
      await queries.invalidateQueries();
      if (done) notifications.show({ message: done, withCloseButton: false });
      return true;
    },
  };
}

/** A failure in words: a title, and what can be done. */
export function useFailureWords() {
  const t = useTexts();
  return (failure: Error): { title: string; text: string } => {
    if (failure instanceof RefusedError) {
      const code = failure.refusal.code.replaceAll("_", "-");
      const known = t.find(`refusal-${code}`) !== null ? code : "unknown";
      return { title: t(`refusal-${known}-title`), text: t(`refusal-${known}`) };
    }
    const trouble = "trouble" in failure ? String(failure.trouble).replaceAll("_", "-") : "server";
    return { title: t(`admin-trouble-${trouble}-title`), text: t(`admin-trouble-${trouble}`) };
  };
}
