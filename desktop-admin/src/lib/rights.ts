/**
 * What a role may do, so that nobody is shown a button the server would refuse. The server decides all the same: these
 * are the rules of the domain's `access`, said for the screen.
 */
import type { Account } from "./generated";

export type Right =
  | "verify_doctors"
  | "run_visits"
  | "front_desk"
  | "close_files"
  | "merge_files"
  | "edit_clinics"
  | "edit_catalogue"
  | "manage_staff"
  /** Of those who are not staff. */
  | "close_accounts"
  | "see_staff"
  | "see_audit";

const RIGHTS: Record<string, Right[]> = {
  super_admin: ["verify_doctors", "run_visits", "front_desk", "close_files", "merge_files", "edit_clinics", "edit_catalogue", "manage_staff", "close_accounts", "see_staff", "see_audit"],
  clinic_admin: ["verify_doctors", "run_visits", "front_desk", "close_files", "merge_files", "edit_clinics", "see_staff"],
  support_admin: ["close_files", "close_accounts", "see_staff"],
};

type Roled = Pick<Account, "role">;

export const may = (account: Roled, right: Right) => RIGHTS[account.role.name]?.includes(right) ?? false;

export const isStaff = (account: Roled) => account.role.name in RIGHTS;

/** The clinics somebody works for; null is all of them. */
export const clinicsOf = (account: Roled) => (account.role.name === "clinic_admin" ? account.role.clinics : null);
