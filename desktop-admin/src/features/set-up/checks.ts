/** What can be told to be wrong before the server is asked. */
import type { ClinicDetails, LocalText } from "@/lib/generated";
import type { Errors } from "@/lib/form";
import type { Texts } from "@/lib/texts";
import { phoneOf } from "../front-desk/fields";

export function clinicErrors({ name, address, phone, place }: Pick<ClinicDetails, "name" | "address" | "phone" | "place">, t: Texts): Errors {
  return {
    name: name.trim() ? undefined : t("admin-wrong-empty"),
    street: address.street.trim() ? undefined : t("admin-wrong-empty"),
    city: address.city.trim() ? undefined : t("admin-wrong-empty"),
    country: /^[A-Z]{2}$/.test(address.country) ? undefined : t("admin-wrong-country"),
    phone: /^\+[1-9]\d{6,14}$/.test(phoneOf(phone)) ? undefined : t("admin-desk-wrong-phone"),
    latitude: place.latitude === 0 && place.longitude === 0 ? t("admin-wrong-place") : undefined,
  };
}

export function nameErrors({ en, hi }: LocalText, t: Texts): Errors {
  return {
    en: en.trim() ? undefined : t("admin-wrong-empty"),
    hi: hi.trim() ? undefined : t("admin-wrong-empty"),
  };
}
