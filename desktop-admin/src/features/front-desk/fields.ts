/** What is asked of somebody at the front desk, and what of it is not in order. */
import type { Profile } from "@/lib/generated";
import type { Language } from "@/lib/texts";

export interface CallerFields {
  name: string;
  birth_date: string;
  phone: string;
  email: string;
  language: Language;
}

export const NOBODY: CallerFields = { name: "", birth_date: "", phone: "", email: "", language: "en" };

/** Spaces, hyphens and brackets as people write them in phone numbers; `00` as the international prefix. */
export const phoneOf = (written: string) => written.replace(/[\s().\-/]/g, "").replace(/^00/, "+");

export function callerErrors({ name, birth_date, phone, email }: CallerFields, today = new Date()): Partial<Record<keyof CallerFields, true>> {
  const wrong: Partial<Record<keyof CallerFields, true>> = {};
  if (!name.trim() || name.length > 120) wrong.name = true;
  if (birth_date && !(Date.parse(birth_date) <= today.getTime() && birth_date > "1880")) wrong.birth_date = true;
  if (phone.trim() && !/^\+[1-9]\d{6,14}$/.test(phoneOf(phone))) wrong.phone = true;
  if (email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) wrong.email = true;
  return wrong;
}

export function fileOf(fields: CallerFields, zone: string): Profile {
  return {
    name: fields.name.trim(),
    birth_date: fields.birth_date || null,
    sex: null,
    phone: fields.phone.trim() ? phoneOf(fields.phone) : null,
    email: fields.email.trim() || null,
    address: null,
    emergency_contact: null,
    insurance: null,
    language: fields.language,
    zone,
  };
}
