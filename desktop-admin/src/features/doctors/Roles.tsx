/** At which clinics the doctor works. */
import { Button, Group, Select, Text } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { useCommand, useDirectory, useMay, useOwnClinics } from "@/lib/app";
import type { Doctor } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";

export function Roles({ doctor }: { doctor: Doctor }) {
  const t = useTexts();
  const may = useMay();
  const command = useCommand();
  const { roles, clinic } = useDirectory();
  const own = useOwnClinics();
  const [chosen, setChosen] = useState<string | null>(null);
  const its = roles.filter(({ doctor_id, active }) => doctor_id === doctor.id && active);
  const others = own.filter(({ id }) => !its.some(({ clinic_id }) => clinic_id === id));
  if (doctor.standing !== "verified") return null;
  const add = async () => {
    if (chosen && (await command.run("directory.add_role", { role_id: uuidv7(), doctor_id: doctor.id, clinic_id: chosen }, t("admin-role-added")))) setChosen(null);
  };
  return (
    <Section title={t("admin-doctor-works-at")}>
      <Failure failure={command.failure} />
      {its.map((role) => (
        <Group key={role.id} justify="space-between" mb={4}>
          <Text size="sm">{clinic(role.clinic_id)?.details.name}</Text>
          {may("verify_doctors") && own.some(({ id }) => id === role.clinic_id) && (
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => void command.run("directory.end_role", { role_id: role.id }, t("admin-role-ended"))}>
              {t("admin-role-end")}
            </Button>
          )}
        </Group>
      ))}
      {may("verify_doctors") && others.length > 0 && (
        <Group gap="xs" mt={8}>
          <Select flex={1} aria-label={t("admin-filter-clinic")} placeholder={t("admin-role-add-at")} data={others.map(({ id, details }) => ({ value: id, label: details.name }))} value={chosen} onChange={setChosen} />
          <Button variant="default" disabled={!chosen} loading={command.busy} onClick={() => void add()}>
            {t("admin-role-add")}
          </Button>
        </Group>
      )}
    </Section>
  );
}
