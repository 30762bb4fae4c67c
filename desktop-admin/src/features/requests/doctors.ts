/** The doctors a request of a clinic can be given to. */
import type { PractitionerRole } from "@/lib/generated";

export const rolesAt = (roles: PractitionerRole[], clinicId: string) => roles.filter(({ clinic_id, active }) => active && clinic_id === clinicId);

/** Only a doctor who works at the clinics of all of them can be given several requests at once. */
export function doctorsOfAll(roles: PractitionerRole[], clinicIds: string[]): string[] {
  const sets = [...new Set(clinicIds)].map((id) => new Set(rolesAt(roles, id).map(({ doctor_id }) => doctor_id)));
  const [first, ...others] = sets;
  return first ? [...first].filter((doctor) => others.every((set) => set.has(doctor))) : [];
}
