/** One visit: what it is, who did what, and what its state allows now. */
import { Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Notes } from "@/components/Notes";
import { Facts, Panel, Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { StateBadge } from "@/components/StateBadge";
import { Timeline, type TimelineMoment } from "@/components/Timeline";
import { partyName } from "@/lib/actors";
import { useCommand, useDirectory, useMay } from "@/lib/app";
import { dayAndClock, money, shortSpan } from "@/lib/format";
import type { Appointment, AppointmentLine, CancelReason, Moment } from "@/lib/generated";
import { useTexts, type Texts } from "@/lib/texts";
import { actionsOf, COMMAND_OF, type Asking, type Plain } from "./actions";
import { Move } from "./Move";
import { When } from "./When";

export const CANCEL_REASONS: CancelReason[] = ["cannot_come", "not_needed", "found_other_time", "doctor_away", "clinic_closed", "booked_twice", "other"];

export function VisitPanel({ line: { appointment, patient_name }, onClose }: { line: AppointmentLine; onClose: () => void }) {
  const t = useTexts();
  const may = useMay();
  const command = useCommand();
  const { doctor } = useDirectory();
  const [moving, setMoving] = useState(false);
  const minutes = (Date.parse(appointment.end) - Date.parse(appointment.start)) / 60_000;
  return (
    <Panel
      title={patient_name}
      badge={<StateBadge of="visit" state={appointment.state} />}
      subtitle={<When start={appointment.start} zone={appointment.zone} />}
      onClose={onClose}
      footer={may("run_visits") && !moving && <Actions key={appointment.id} appointment={appointment} onMove={() => setMoving(true)} />}
    >
      {moving ? (
        <Move key={appointment.id} appointment={appointment} onDone={() => setMoving(false)} />
      ) : (
        <>
          <Facts
            facts={[
              [t("admin-field-visit-type"), `${appointment.names.visit_type[t.language]} · ${t(`admin-mode-${appointment.mode.replaceAll("_", "-")}`)}`],
              [t("admin-field-length"), shortSpan(minutes, t.language)],
              [t("admin-field-doctor"), <Link to="/doctors" search={{ view: "all", text: appointment.names.doctor, open: appointment.doctor_id, of: appointment.names.doctor } as never}>{appointment.names.doctor}</Link>],
              [t("admin-field-clinic"), appointment.names.clinic],
              [t("admin-field-patient"), <Link to="/patients" search={{ text: patient_name, open: appointment.patient_id, of: patient_name } as never}>{patient_name}</Link>],
              [t("admin-field-price"), money(appointment.price, t.language)],
              [t("admin-field-origin"), t(`admin-origin-${appointment.origin.from.replaceAll("_", "-")}`)],
              [t("admin-field-hold-until"), appointment.hold && dayAndClock(appointment.hold.expires_at, t.language)],
              [t("admin-field-answer-by"), appointment.state === "requested" && dayAndClock(appointment.answer_by, t.language)],
            ]}
          />
          {appointment.cancellation && (
            <Text size="sm">
              {t("admin-visit-cancelled-because", { party: partyName(appointment.cancellation.by, t), reason: t(`admin-cancel-${appointment.cancellation.reason.replaceAll("_", "-")}`) })}{" "}
              {appointment.cancellation.late && <strong>{t("admin-visit-late")}</strong>}
            </Text>
          )}
          <Section title={t("admin-history")}>
            <Timeline moments={appointment.history.map((moment) => momentOf(moment, t, (id) => doctor(id)?.details.name))} />
          </Section>
          <Notes
            notes={appointment.staff_notes}
            command={command}
            onAdd={may("run_visits") ? (text) => command.run("appointments.add_note", { appointment_id: appointment.id, text }) : undefined}
          />
        </>
      )}
    </Panel>
  );
}

function momentOf({ at, by, what }: Moment, t: Texts, doctorName: (id: string) => string | undefined): TimelineMoment {
  const said = { at, by: partyName(by, t) };
  switch (what.event) {
    case "became":
      return { ...said, what: t(`admin-visit-${what.state.replaceAll("_", "-")}`) };
    case "moved":
      return { ...said, what: t("admin-event-moved"), detail: t("admin-event-moved-from", { from: dayAndClock(what.from, t.language) }) };
    case "reassigned":
      return { ...said, what: t("admin-event-reassigned"), detail: doctorName(what.from) && t("admin-event-moved-from", { from: doctorName(what.from)! }) };
    case "reopened":
      return { ...said, what: t("admin-event-reopened"), detail: what.reason };
  }
}

/** The likeliest action is the filled one; those that take something away ask first. */
function Actions({ appointment, onMove }: { appointment: Appointment; onMove: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const [asking, setAsking] = useState<Asking | null>(null);
  const actions = actionsOf(appointment, Date.now());
  const { id: appointment_id } = appointment;
  const run = (action: Plain) => command.run(COMMAND_OF[action], { appointment_id }, t(`admin-visit-did-${action.replaceAll("_", "-")}`));
  const confirm = (reason: string) => {
    if (asking === "reopen") return command.run("appointments.reopen", { appointment_id, reason }, t("admin-visit-did-reopen"));
    const name = asking === "decline" ? "appointments.decline" : "appointments.cancel";
    return command.run(name, { appointment_id, reason: reason as CancelReason }, t(`admin-visit-did-${asking}`));
  };
  const choices = CANCEL_REASONS.map((value) => ({ value, label: t(`admin-cancel-${value.replaceAll("_", "-")}`) }));
  return (
    <>
      {!asking && <Failure failure={command.failure} />}
      <Group gap="xs" justify="flex-end">
        {actions.asking.map((action) => (
          <Button key={action} variant="default" c={action === "reopen" ? undefined : "var(--critical)"} onClick={() => setAsking(action)}>
            {t(`admin-visit-do-${action}`)}
          </Button>
        ))}
        {actions.movable && (
          <Button variant="default" onClick={onMove}>
            {t("admin-visit-do-move")}
          </Button>
        )}
        {actions.plain.map((action, index) => (
          <Button key={action} variant={index === actions.plain.length - 1 ? "filled" : "default"} loading={command.busy} onClick={() => void run(action)}>
            {t(`admin-visit-do-${action.replaceAll("_", "-")}`)}
          </Button>
        ))}
      </Group>
      {asking && (
        <ReasonDialog
          title={t(`admin-visit-${asking}-title`)}
          text={t(`admin-visit-${asking}-text`)}
          action={t(`admin-visit-do-${asking}`)}
          danger={asking !== "reopen"}
          choices={asking === "reopen" ? undefined : choices}
          command={command}
          onClose={() => setAsking(null)}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
