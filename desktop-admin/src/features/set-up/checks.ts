/** What can be told to be wrong before the server is asked. */
import type { ClinicDetails, LocalText, Policy } from "@/lib/generated";
import type { Errors } from "@/lib/form";
import type { Texts } from "@/lib/texts";
import { phoneOf } from "../front-desk/fields";

/** What the domain takes for a policy: the first and the last that is right. */
export const LIMITS = {
  notice_hours: [0, 336],
  no_show_after_min: [5, 1_440],
  answer_before_min: [0, 1_440],
  offer_hold_min: [5, 2_880],
} as const satisfies Record<"notice_hours" | Exclude<keyof Policy, "cancel_notice_min" | "late_cancel_allowed">, readonly [number, number]>;

export function clinicErrors({ name, address, phone, place, policy }: Pick<ClinicDetails, "name" | "address" | "phone" | "place" | "policy">, t: Texts): Errors {
  const within = (value: number, [min, max]: readonly [number, number]) => (value >= min && value <= max ? undefined : t("admin-wrong-number", { min, max }));
  return {
    cancel_notice_min: within(policy.cancel_notice_min / 60, LIMITS.notice_hours),
    no_show_after_min: within(policy.no_show_after_min, LIMITS.no_show_after_min),
    answer_before_min: within(policy.answer_before_min, LIMITS.answer_before_min),
    offer_hold_min: within(policy.offer_hold_min, LIMITS.offer_hold_min),
    longitude: within(place.longitude, [-180, 180]),
    name: name.trim() ? undefined : t("admin-wrong-empty"),
    street: address.street.trim() ? undefined : t("admin-wrong-empty"),
    city: address.city.trim() ? undefined : t("admin-wrong-empty"),
    country: /^[A-Z]{2}$/.test(address.country) ? undefined : t("admin-wrong-country"),
    phone: /^\+[1-9]\d{6,14}$/.test(phoneOf(phone)) ? undefined : t("admin-desk-wrong-phone"),
    latitude: place.latitude === 0 && place.longitude === 0 ? t("admin-wrong-place") : within(place.latitude, [-90, 90]),
  };
}

export function nameErrors({ en, hi }: LocalText, t: Texts): Errors {
  return {
    en: en.trim() ? undefined : t("admin-wrong-empty"),
    hi: hi.trim() ? undefined : t("admin-wrong-empty"),
  };
}
