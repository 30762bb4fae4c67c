/** What can be checked of a submission without asking the authority that issued the license. */
import type { Doctor } from "@/lib/generated";

export interface Check {
  id: "in-date" | "long-enough" | "clinic" | "first-time";
  passed: boolean;
}

const ENOUGH_DAYS = 90;

export function checksOf({ license, clinics, history }: Pick<Doctor, "license" | "clinics" | "history">, now = new Date()): Check[] {
  const daysLeft = license ? (Date.parse(license.valid_until) - now.getTime()) / 86_400_000 : -1;
  const rejected = history.some(({ standing }) => standing === "rejected");
  return [
    { id: "in-date", passed: daysLeft >= 0 },
    { id: "long-enough", passed: daysLeft >= ENOUGH_DAYS },
    { id: "clinic", passed: clinics.length > 0 },
    { id: "first-time", passed: !rejected },
  ];
}
