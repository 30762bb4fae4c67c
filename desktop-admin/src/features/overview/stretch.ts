/** The stretch of days the overview is about, and what its figures say. */
import type { FigureSet, FiguresAnswer } from "@/lib/generated";
import { addDays } from "@/lib/format";

export const STRETCHES = ["today", "7d", "28d", "90d"] as const;
export type StretchName = (typeof STRETCHES)[number];

const DAYS: Record<StretchName, number> = { today: 1, "7d": 7, "28d": 28, "90d": 90 };

/** The stretch that ends today. */
export function stretchOf(name: StretchName, today: string): { from: string; until: string } {
  return { from: addDays(today, 1 - DAYS[name]), until: today };
}

/** Of the visits that are over, those that took place. Null where none is over. */
export function completion({ fulfilled, noshow, late_cancelled }: FigureSet): number | null {
  const over = fulfilled + noshow + late_cancelled;
  return over === 0 ? null : fulfilled / over;
}

export function noShowRate({ fulfilled, noshow }: FigureSet): number | null {
  const over = fulfilled + noshow;
  return over === 0 ? null : noshow / over;
}

export interface Figure {
  id: "visits" | "completion" | "noshow" | "cancelled";
  value: number | null;
  before: number | null;
  isShare: boolean;
  /** Whether more is better, worse or neither. */
  good: "more" | "less" | "neither";
  perDay: number[];
  /** The state whose visits are behind the figure. */
  state?: "fulfilled" | "noshow" | "cancelled";
}

/** A day without a share goes on at the height of the day before, so that a closed Sunday is no fall to nothing. */
function filled(values: (number | null)[]): number[] {
  let last = values.find((value) => value !== null) ?? 0;
  return values.map((value) => (last = value ?? last));
}

export function figuresOf({ now, before, per_day }: FiguresAnswer): Figure[] {
  const of = (read: (set: FigureSet) => number | null) => ({ value: read(now), before: read(before), perDay: filled(per_day.map(({ figures }) => read(figures))) });
  return [
    { id: "visits", ...of((set) => set.visits), isShare: false, good: "more" },
    { id: "completion", ...of(completion), isShare: true, good: "more", state: "fulfilled" },
    { id: "noshow", ...of(noShowRate), isShare: true, good: "less", state: "noshow" },
    { id: "cancelled", ...of((set) => set.cancelled), isShare: false, good: "less", state: "cancelled" },
  ];
}

/** How much a figure changed: of a count the share, of a share the points. Null where there is nothing to compare. */
export function change({ value, before, isShare }: Figure): number | null {
  if (value === null || before === null) return null;
  if (isShare) return value - before;
  return before === 0 ? null : (value - before) / before;
}
