/** What staff can do with a visit in its state. The server decides; this only spares people buttons that cannot work. */
import type { Appointment, State } from "@/lib/generated";

export type Plain = "accept" | "check_in" | "start" | "complete" | "no_show";
export type Asking = "decline" | "cancel" | "reopen";

export const COMMAND_OF = {
  accept: "appointments.accept",
  check_in: "appointments.check_in",
  start: "appointments.start",
  complete: "appointments.complete",
  no_show: "appointments.no_show",
} as const satisfies Record<Plain, string>;

export interface VisitActions {
  /** Done at once; the last is the likeliest. */
  plain: Plain[];
  /** Ask for a reason first. */
  asking: Asking[];
  movable: boolean;
}

const TABLE: Partial<Record<State, VisitActions>> = {
  requested: { plain: ["accept"], asking: ["decline"], movable: true },
  booked: { plain: ["check_in"], asking: ["cancel"], movable: true },
  arrived: { plain: ["start"], asking: [], movable: false },
  in_progress: { plain: ["complete"], asking: [], movable: false },
  cancelled: { plain: [], asking: ["reopen"], movable: false },
  declined: { plain: [], asking: ["reopen"], movable: false },
  expired: { plain: [], asking: ["reopen"], movable: false },
  noshow: { plain: [], asking: ["reopen"], movable: false },
  fulfilled: { plain: [], asking: ["reopen"], movable: false },
};

const NONE: VisitActions = { plain: [], asking: [], movable: false };

/** Nobody arrives days before: check-in is offered from half a day before the start. */
const ARRIVAL_MS = 12 * 3_600_000;

export function actionsOf({ state, start }: Pick<Appointment, "state" | "start">, now: number): VisitActions {
  const actions = TABLE[state] ?? NONE;
  const begun = Date.parse(start) <= now;
  if (state === "booked" && Date.parse(start) - now > ARRIVAL_MS) return { ...actions, plain: [] };
  return state === "booked" && begun ? { ...actions, plain: ["no_show", ...actions.plain] } : actions;
}
