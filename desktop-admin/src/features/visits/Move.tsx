/** Moving a visit to another time, or to a colleague at the same clinic. The old time stays until the new one is sure. */
import { Button, Group, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { Times } from "@/components/Times";
import { useCommand, useDirectory } from "@/lib/app";
import { dayAndClock } from "@/lib/format";
import type { Appointment } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

export function Move({ appointment, onDone }: { appointment: Appointment; onDone: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const { roles, doctor } = useDirectory();
  const [roleId, setRoleId] = useState(appointment.role_id);
  const [start, setStart] = useState<string | null>(null);
  const alike = roles.filter(({ clinic_id, active, offerings }) => clinic_id === appointment.clinic_id && active && offerings.some(({ visit_type_id }) => visit_type_id === appointment.visit_type_id));
  const move = async () => {
    const role_id = roleId === appointment.role_id ? null : roleId;
    const args = { appointment_id: appointment.id, expected_start: appointment.start, role_id, start: start! };
    if (await command.run("appointments.reschedule", args, t("admin-visit-did-move"))) onDone();
  };
  return (
    <Section title={t("admin-visit-move-title")}>
      <Stack gap="sm">
        <Select
          label={t("admin-field-doctor")}
          data={alike.map(({ id, doctor_id }) => ({ value: id, label: doctor(doctor_id)?.details.name ?? "–" }))}
          value={roleId}
          allowDeselect={false}
          searchable
          onChange={(id) => {
            if (id) setRoleId(id);
            setStart(null);
          }}
        />
        <Times roleId={roleId} visitTypeId={appointment.visit_type_id} zone={appointment.zone} chosen={start} onChoose={setStart} />
        <Failure failure={command.failure} onTime={setStart} zone={appointment.zone} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t("action-back")}
          </Button>
          <Button disabled={!start} loading={command.busy} onClick={() => void move()}>
            {start ? t("admin-visit-move-to", { when: dayAndClock(start, t.language, appointment.zone) }) : t("admin-visit-do-move")}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
