/** A staff role, and for a clinic admin the clinics. */
import { MultiSelect, Radio, Stack } from "@mantine/core";
import { useDirectory } from "@/lib/app";
import type { Role } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

export type StaffRoleName = "super_admin" | "clinic_admin" | "support_admin";
const ROLES: StaffRoleName[] = ["clinic_admin", "support_admin", "super_admin"];

export interface RoleChoice {
  name: StaffRoleName;
  clinics: string[];
}

export const choiceOf = (role: Role): RoleChoice => ({
  name: ROLES.find((name) => name === role.name) ?? "clinic_admin",
  clinics: role.name === "clinic_admin" ? role.clinics : [],
});

export const roleOf = ({ name, clinics }: RoleChoice): Role => (name === "clinic_admin" ? { name, clinics } : { name });

export const lacksClinic = ({ name, clinics }: RoleChoice) => name === "clinic_admin" && clinics.length === 0;

export function RoleFields({ choice, onChange, error }: { choice: RoleChoice; onChange: (choice: RoleChoice) => void; error?: string }) {
  const t = useTexts();
  const { clinics } = useDirectory();
  return (
    <Stack gap="sm">
      <Radio.Group label={t("admin-field-role")} value={choice.name} onChange={(name) => onChange({ ...choice, name: name as StaffRoleName })}>
        <Stack gap={8} mt={6}>
          {ROLES.map((name) => (
            <Radio key={name} size="xs" value={name} label={t(`admin-role-${name.replaceAll("_", "-")}`)} description={t(`admin-role-${name.replaceAll("_", "-")}-may`)} />
          ))}
        </Stack>
      </Radio.Group>
      {choice.name === "clinic_admin" && (
        <MultiSelect label={t("admin-field-clinics")} searchable data={clinics.map(({ id, details }) => ({ value: id, label: details.name }))} value={choice.clinics} onChange={(clinics) => onChange({ ...choice, clinics })} error={error} />
      )}
    </Stack>
  );
}
