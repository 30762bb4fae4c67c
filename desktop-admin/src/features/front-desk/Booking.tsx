/** Which doctor, what kind of visit, when. */
import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Failure } from "@/components/Failure";
import { Times } from "@/components/Times";
import { useCommand, useDirectory } from "@/lib/app";
import { dayAndClock, money, shortSpan } from "@/lib/format";
import type { Clinic, Patient } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { rolesAt } from "../requests/doctors";
import styles from "./FrontDesk.module.css";

export function Booking({ clinic, patient, onDone }: { clinic: Clinic; patient: Patient; onDone: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const { roles, doctor, visitType } = useDirectory();
  const here = rolesAt(roles, clinic.id).filter(({ listed, offerings }) => listed && offerings.length > 0);
  const [roleId, setRoleId] = useState<string | null>(null);
  const [typeId, setTypeId] = useState<string | null>(null);
  const [start, setStart] = useState<string | null>(null);
  const role = here.find(({ id }) => id === roleId);
  const offering = role?.offerings.find(({ visit_type_id }) => visit_type_id === typeId) ?? role?.offerings[0];
  const confirm = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (start) confirm.current?.focus();
  }, [start]);
  const typeName = (id: string) => visitType(id)?.details.name[t.language] ?? "–";
  const book = async () => {
    const args = { appointment_id: uuidv7(), patient_id: patient.id, role_id: role!.id, visit_type_id: offering!.visit_type_id, start: start!, hold_token: null };
    const said = t(role!.auto_confirm ? "admin-desk-booked" : "admin-desk-requested", { name: patient.profile.name, when: dayAndClock(start!, t.language, role!.zone) });
    if (await command.run("appointments.book", args, said)) onDone();
  };
  const again = (change: () => void) => {
    change();
    setStart(null);
    command.clear();
  };
  return (
    <section className={styles.card} aria-labelledby="desk-what">
      <Title order={2} id="desk-what" mb="sm">
        {t("admin-desk-what")}
      </Title>
      <Stack gap="sm">
        <Group grow gap="sm">
          <Select
            ref={first}
            size="sm"
            label={t("admin-field-doctor")}
            placeholder={t("admin-desk-choose-doctor")}
            searchable
            selectFirstOptionOnChange
            data={here.map(({ id, doctor_id }) => ({ value: id, label: doctor(doctor_id)?.details.name ?? "–" })).sort((a, b) => a.label.localeCompare(b.label))}
            value={roleId}
            onChange={(id) => again(() => setRoleId(id))}
          />
          <Select size="sm" label={t("admin-field-visit-type")} disabled={!role} allowDeselect={false} data={role?.offerings.map(({ visit_type_id }) => ({ value: visit_type_id, label: typeName(visit_type_id) })) ?? []} value={offering?.visit_type_id ?? null} onChange={(id) => again(() => setTypeId(id))} />
        </Group>
        {role && offering && (
          <>
            <Text size="sm" c="dimmed">
              {shortSpan(offering.length_min, t.language)} · {money(offering.price, t.language)} · {t(`admin-mode-${offering.mode.replaceAll("_", "-")}`)}
            </Text>
            <Times roleId={role.id} visitTypeId={offering.visit_type_id} zone={role.zone} chosen={start} onChoose={setStart} />
          </>
        )}
        <Failure failure={command.failure} onTime={setStart} zone={role?.zone} />
        <Button size="sm" ref={confirm} disabled={!start} loading={command.busy} onClick={() => void book()}>
          {start ? t("admin-desk-book-at", { when: dayAndClock(start, t.language, role?.zone) }) : t("admin-desk-book")}
        </Button>
      </Stack>
    </section>
  );
}
