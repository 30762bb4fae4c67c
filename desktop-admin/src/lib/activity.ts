/** The lines of the audit in words. */
import { useDirectory } from "./app";
import type { ActivityLine } from "./generated";
import { didWhat, hyphened, type Texts } from "./texts";

/** The server names a subject by its kind and id; what the directory knows is shown by its name. */
export function useSubject(): (subject: string | null | undefined) => string | undefined {
  const { doctor, clinic, roles } = useDirectory();
  return (subject) => {
    const [kind, id] = subject?.split(":") ?? [];
    if (kind === "clinic") return clinic(id)?.details.name;
    const role = kind === "practitioner_role" || kind === "schedule" ? roles.find((role) => role.id === id) : undefined;
    return doctor(role?.doctor_id ?? id)?.details.name;
  };
}

/** The server's clock may be a little ahead of this one; what happened is never still to come. */
export const past = (at: string) => (Date.parse(at) > Date.now() ? new Date().toISOString() : at);

/** Who did what, and why it was refused if it was. Only at signing in does somebody act whom the server does not know. */
export function wordsOf({ actor_name, command, outcome }: ActivityLine, t: Texts): { who: string; what: string; why: string | null } {
  const why = outcome === "accepted" ? null : (t.find(`refusal-${hyphened(outcome)}-title`) ?? t.find(`admin-outcome-${hyphened(outcome)}`) ?? outcome);
  const nobody = command.startsWith("auth.") ? "admin-actor-nobody" : "admin-actor-system";
  const who = actor_name ?? t(nobody);
  // Somebody was turned away from a page: the rest of the name is its address.
  if (command.startsWith("gate.")) return { who, what: t("admin-tried-gate", { address: command.slice("gate.".length) }), why };
  const tried = why === null ? null : t.find(`admin-tried-${hyphened(command)}`);
  return { who, what: tried ?? didWhat(command, t), why };
}
