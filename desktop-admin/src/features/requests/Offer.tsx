/** Choosing a time to offer in answer to a request. It is held for the patient until they answer. */
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { Times } from "@/components/Times";
import { useCommand, useDirectory } from "@/lib/app";
import { dateIn, dayAndClock } from "@/lib/format";
import type { Consultation } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { rolesAt } from "./doctors";

export function Offer({ consultation, onDone }: { consultation: Consultation; onDone: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const { roles, doctor, visitType, clinic } = useDirectory();
  const here = rolesAt(roles, consultation.clinic_id);
  const wished = consultation.assigned ?? consultation.wish.doctor_id;
  const [roleId, setRoleId] = useState((here.find(({ doctor_id }) => doctor_id === wished) ?? here[0])?.id ?? null);
  const role = here.find(({ id }) => id === roleId);
  const [typeId, setTypeId] = useState<string | null>(null);
  const offered = role?.offerings.filter(({ mode }) => mode === consultation.wish.mode) ?? [];
  const kinds = offered.length > 0 ? offered : (role?.offerings ?? []);
  const kind = kinds.find(({ visit_type_id }) => visit_type_id === typeId) ?? kinds[0];
  const [start, setStart] = useState<string | null>(null);
  const zone = role?.zone ?? clinic(consultation.clinic_id)?.details.zone ?? "UTC";
  const offer = async () => {
    const args = { consultation_id: consultation.id, appointment_id: uuidv7(), role_id: role!.id, visit_type_id: kind!.visit_type_id, start: start! };
    if (await command.run("consultations.offer", args, t("admin-request-did-offer"))) onDone();
  };
  return (
    <Section title={t("admin-request-offer-title")}>
      <Stack gap="sm">
        <Group grow gap="xs">
          <Select label={t("admin-field-doctor")} searchable data={here.map(({ id, doctor_id }) => ({ value: id, label: doctor(doctor_id)?.details.name ?? "–" }))} value={roleId} onChange={(id) => (setRoleId(id), setStart(null))} />
          <Select label={t("admin-field-visit-type")} data={kinds.map(({ visit_type_id }) => ({ value: visit_type_id, label: visitType(visit_type_id)?.details.name[t.language] ?? "–" }))} value={kind?.visit_type_id ?? null} onChange={(id) => (setTypeId(id), setStart(null))} />
        </Group>
        {role && kind ? (
          <Times roleId={role.id} visitTypeId={kind.visit_type_id} zone={zone} chosen={start} onChoose={setStart} from={firstDay(consultation, zone)} />
        ) : (
          <Text size="sm">{t("admin-request-nobody-offers")}</Text>
        )}
        <Failure failure={command.failure} onTime={setStart} zone={zone} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t("action-back")}
          </Button>
          <Button disabled={!start || !kind} loading={command.busy} onClick={() => void offer()}>
            {start ? t("admin-request-offer-at", { when: dayAndClock(start, t.language, zone) }) : t("admin-request-offer")}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

/** The first day the patient named that is not over. */
function firstDay({ wish }: Consultation, zone: string): string | undefined {
  const today = dateIn(new Date(), zone);
  return wish.days.map(({ date }) => date).filter((date) => date >= today).sort()[0];
}
