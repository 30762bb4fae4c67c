/** The policy worked out for one visit: next Tuesday, 10:00 to 10:30 at the clinic. */
import { addDays, dateIn, dayAndClock, instantOf, shortSpan } from "@/lib/format";
import type { Policy } from "@/lib/generated";
import type { Texts } from "@/lib/texts";

const MINUTE = 60_000;
const VISIT_MIN = 30;

/** The start of the example: 10:00 on the first Tuesday at least a week from now. */
export function exampleStart(zone: string, now = new Date()): Date {
  const inAWeek = addDays(dateIn(now, zone), 7);
  const weekday = new Date(`${inAWeek}T00:00:00Z`).getUTCDay();
  return instantOf(`${addDays(inAWeek, (2 - weekday + 7) % 7)}T10:00:00`, zone);
}

export function exampleOf(policy: Policy, zone: string, t: Texts, now = new Date()): string[] {
  const start = exampleStart(zone, now).getTime();
  const say = (instant: number) => dayAndClock(new Date(instant).toISOString(), t.language, zone);
  return [
    t("admin-example-visit", { when: say(start) }),
    t("admin-example-free", { until: say(start - policy.cancel_notice_min * MINUTE) }),
    t(policy.late_cancel_allowed ? "admin-example-late" : "admin-example-too-late"),
    t("admin-example-answer", { by: say(start - policy.answer_before_min * MINUTE) }),
    t("admin-example-no-show", { at: say(start + (VISIT_MIN + policy.no_show_after_min) * MINUTE) }),
    t("admin-example-hold", { length: shortSpan(policy.offer_hold_min, t.language) }),
  ];
}
