/** One request: what is wished, who has it, and the way to an answer. */
import { Button, Group, Select, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Notes } from "@/components/Notes";
import { Facts, Panel, Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { StateBadge } from "@/components/StateBadge";
import { Timeline } from "@/components/Timeline";
import { partyName } from "@/lib/actors";
import { useCommand, useDirectory, useMay } from "@/lib/app";
import { civil, dayAndClock, relative } from "@/lib/format";
import type { Consultation, ConsultationLine, DeclineReason, PreferredDay } from "@/lib/generated";
import { useTexts, type Texts } from "@/lib/texts";
import { rolesAt } from "./doctors";
import { Offer } from "./Offer";
import { isOpenRequest } from "./Requests";

const DECLINE_REASONS: DeclineReason[] = ["not_offered", "no_capacity", "call_us", "emergency_care", "other"];

export function RequestPanel({ line, onClose }: { line: ConsultationLine; onClose: () => void }) {
  const t = useTexts();
  const may = useMay();
  const command = useCommand();
  const [offering, setOffering] = useState(false);
  const { consultation, patient_name } = line;
  const works = may("run_visits") && isOpenRequest(consultation.state);
  return (
    <Panel
      title={patient_name}
      badge={<StateBadge of="request" state={consultation.state} />}
      subtitle={t("admin-request-opened", { when: relative(consultation.opened_at, t.language) })}
      onClose={onClose}
      footer={works && !offering && <Answers consultation={consultation} onOffer={() => setOffering(true)} />}
    >
      {offering ? (
        <Offer key={consultation.id} consultation={consultation} onDone={() => setOffering(false)} />
      ) : (
        <>
          <Wish line={line} />
          {works && consultation.state !== "offered" && <Assign key={consultation.id} consultation={consultation} />}
          <Section title={t("admin-history")}>
            <Timeline moments={consultation.history.map(({ at, by, state }) => ({ at, by: partyName(by, t), what: t(`admin-request-${state}`) }))} />
          </Section>
          <Notes notes={consultation.staff_notes} command={command} onAdd={may("run_visits") ? (text) => command.run("consultations.add_note", { consultation_id: consultation.id, text }) : undefined} />
        </>
      )}
    </Panel>
  );
}

function Wish({ line: { consultation, patient_name, doctor_name } }: { line: ConsultationLine }) {
  const t = useTexts();
  const { clinic, doctor, specialty } = useDirectory();
  const { wish } = consultation;
  return (
    <Facts
      facts={[
        [t("admin-field-urgency"), <StateBadge of="urgency" state={wish.urgency} />],
        [t("admin-field-about"), `${t(`admin-about-${wish.about.replaceAll("_", "-")}`)} · ${t(`admin-mode-${wish.mode.replaceAll("_", "-")}`)}`],
        [t("admin-field-specialty"), specialty(wish.specialty_id)?.name[t.language]],
        [t("admin-request-wished-doctor"), doctor(wish.doctor_id)?.details.name],
        [t("admin-request-days"), wish.days.length === 0 ? t("admin-request-any-day") : wish.days.map((day) => dayWords(day, t)).join(", ")],
        [t("admin-field-clinic"), clinic(consultation.clinic_id)?.details.name],
        [t("admin-field-patient"), <Link to="/patients" search={{ text: patient_name, open: consultation.patient_id, of: patient_name } as never}>{patient_name}</Link>],
        [t("admin-field-assigned"), doctor_name],
        [t("admin-request-offer-until"), consultation.offer_expires_at && dayAndClock(consultation.offer_expires_at, t.language)],
        [t("admin-request-declined-because"), consultation.decline_reason && t(`admin-decline-${consultation.decline_reason.replaceAll("_", "-")}`)],
      ]}
    />
  );
}

const dayWords = ({ date, part }: PreferredDay, t: Texts) => civil(date, t.language) + (part ? ` (${t(`admin-part-${part}`)})` : "");

function Assign({ consultation }: { consultation: Consultation }) {
  const t = useTexts();
  const command = useCommand();
  const { roles, doctor } = useDirectory();
  const [chosen, setChosen] = useState<string | null>(consultation.assigned ?? consultation.wish.doctor_id ?? null);
  const doctors = [...new Set(rolesAt(roles, consultation.clinic_id).map(({ doctor_id }) => doctor_id))];
  const assign = () => command.run("consultations.assign", { consultation_id: consultation.id, doctor_id: chosen! }, t("admin-request-assigned"));
  return (
    <Section title={t("admin-request-assign-to")}>
      <Failure failure={command.failure} />
      <Group gap="xs">
        <Select flex={1} aria-label={t("admin-request-assign-to")} searchable data={doctors.map((id) => ({ value: id, label: doctor(id)?.details.name ?? "–" }))} value={chosen} onChange={setChosen} />
        <Button variant="default" disabled={!chosen || chosen === consultation.assigned} loading={command.busy} onClick={() => void assign()}>
          {t("admin-request-assign")}
        </Button>
      </Group>
    </Section>
  );
}

function Answers({ consultation, onOffer }: { consultation: Consultation; onOffer: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const [declining, setDeclining] = useState(false);
  const decline = (reason: string) => command.run("consultations.decline", { consultation_id: consultation.id, reason: reason as DeclineReason }, t("admin-request-did-decline"));
  return (
    <Group gap="xs" justify="flex-end">
      <Button variant="default" c="var(--critical)" onClick={() => setDeclining(true)}>
        {t("admin-request-decline")}
      </Button>
      {consultation.state !== "offered" ? <Button onClick={onOffer}>{t("admin-request-offer")}</Button> : <Text size="sm">{t("admin-request-waits-for-patient")}</Text>}
      {declining && (
        <ReasonDialog
          title={t("admin-request-decline-title")}
          text={t("admin-request-decline-text")}
          action={t("admin-request-decline")}
          danger
          choices={DECLINE_REASONS.map((value) => ({ value, label: t(`admin-decline-${value.replaceAll("_", "-")}`) }))}
          command={command}
          onClose={() => setDeclining(false)}
          onConfirm={decline}
        />
      )}
    </Group>
  );
}
