/** One doctor: the license to check, what happened, and what can be decided now. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Facts, Panel, Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { StateBadge } from "@/components/StateBadge";
import { Timeline } from "@/components/Timeline";
import { useCommand, useDirectory, useMay } from "@/lib/app";
import { age, civil, date } from "@/lib/format";
import type { Doctor, License } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { ResetSecondFactor } from "../protection/ResetSecondFactor";
import { Roles } from "./Roles";
import { checksOf } from "./checks";

type Decision = "reject" | "suspend" | "remove";

export function DoctorPanel({ doctor, onClose }: { doctor: Doctor; onClose: () => void }) {
  const t = useTexts();
  const may = useMay();
  const { clinic, doctor: profileOf, specialty } = useDirectory();
  const profile = profileOf(doctor.id)?.details;
  return (
    <Panel
      title={doctor.name}
      badge={<StateBadge of="standing" state={doctor.standing} />}
      subtitle={doctor.standing === "submitted" && doctor.submitted_at ? t("admin-doctor-waiting-for", { age: age(doctor.submitted_at, t.language) }) : doctor.email}
      onClose={onClose}
      footer={may("verify_doctors") && <Decisions key={doctor.id} doctor={doctor} />}
    >
      <Section title={t("admin-doctor-license")}>{doctor.license ? <LicenseFacts license={doctor.license} /> : <Text size="sm">{t("admin-doctor-no-license")}</Text>}</Section>
      {doctor.license && doctor.standing === "submitted" && <Checks doctor={doctor} />}
      <Section title={t("admin-doctor-about")}>
        <Facts
          facts={[
            [t("admin-field-email"), doctor.email],
            [t("admin-field-clinics"), doctor.clinics.map((id) => clinic(id)?.details.name).filter(Boolean).join(", ")],
            [t("admin-field-specialties"), profile?.specialties.map((id) => specialty(id)?.name[t.language]).filter(Boolean).join(", ")],
            [t("admin-field-registered"), date(doctor.registered_at, t.language)],
          ]}
        />
      </Section>
      <Roles doctor={doctor} />
      {may("verify_doctors") && doctor.standing !== "removed" && <ResetSecondFactor name={doctor.name} reset={(backend, identified) => backend.protect("reset_second_factor_of_doctor", { doctor_id: doctor.id, identified })} />}
      <Section title={t("admin-history")}>
        <Timeline moments={doctor.history.map(({ at, standing, reason }) => ({ at, what: t(`admin-standing-${standing}`), detail: reason }))} />
      </Section>
    </Panel>
  );
}

function LicenseFacts({ license }: { license: License }) {
  const t = useTexts();
  return (
    <Facts
      facts={[
        [t("admin-field-number"), license.number],
        [t("admin-field-authority"), license.authority],
        [t("admin-field-country"), new Intl.DisplayNames([t.language], { type: "region" }).of(license.country)],
        [t("admin-field-valid-until"), civil(license.valid_until, t.language)],
      ]}
    />
  );
}

function Checks({ doctor }: { doctor: Doctor }) {
  const t = useTexts();
  return (
    <Section title={t("admin-doctor-checks")}>
      {checksOf(doctor).map(({ id, passed }) => (
        <Text key={id} size="sm" c={passed ? undefined : "var(--critical)"}>
          {passed ? "✓" : "✕"} {t(`admin-check-${id}-${passed ? "passed" : "failed"}`)}
        </Text>
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {t("admin-doctor-checks-note")}
      </Text>
    </Section>
  );
}

function Decisions({ doctor }: { doctor: Doctor }) {
  const t = useTexts();
  const command = useCommand();
  const [asking, setAsking] = useState<Decision | null>(null);
  const { id: doctor_id, standing, name } = doctor;
  const decide = (decision: Decision) => (
    <Button key={decision} variant="default" c="var(--critical)" onClick={() => setAsking(decision)}>
      {t(`admin-doctor-${decision}`)}
    </Button>
  );
  return (
    <>
      {!asking && <Failure failure={command.failure} />}
      <Group gap="xs" justify="flex-end">
        {standing !== "removed" && standing !== "submitted" && decide("remove")}
        {standing === "submitted" && decide("reject")}
        {standing === "verified" && decide("suspend")}
        {standing === "submitted" && (
          <Button loading={command.busy} onClick={() => void command.run("directory.verify", { doctor_id }, t("admin-doctor-verified", { name }))}>
            {t("admin-doctor-verify")}
          </Button>
        )}
        {standing === "suspended" && (
          <Button loading={command.busy} onClick={() => void command.run("directory.reinstate", { doctor_id }, t("admin-doctor-reinstated", { name }))}>
            {t("admin-doctor-reinstate")}
          </Button>
        )}
      </Group>
      {asking && (
        <ReasonDialog
          title={t(`admin-doctor-${asking}-title`, { name })}
          text={t(`admin-doctor-${asking}-text`)}
          action={t(`admin-doctor-${asking}`)}
          danger
          max={500}
          command={command}
          confirmBy={asking === "remove" ? name : undefined}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => command.run(`directory.${asking}`, { doctor_id, reason }, t(`admin-doctor-${asking}-done`, { name }))}
        />
      )}
    </>
  );
}
