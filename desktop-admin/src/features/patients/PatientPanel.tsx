/** One patient's file: who they are, who acts for them, and whether there is a second file of the same person. */
import { Button, Group, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Facts, Panel, Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { StateBadge } from "@/components/StateBadge";
import { useCommand, useDirectory, useFetch, useMay } from "@/lib/app";
import { civil, date } from "@/lib/format";
import type { Link as ActingLink, Patient } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { Doubles } from "./Doubles";

export function PatientPanel({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = useTexts();
  const may = useMay();
  const { clinic } = useDirectory();
  const { profile } = patient;
  const { address, insurance, emergency_contact: contact } = profile;
  return (
    <Panel
      title={profile.name}
      badge={<StateBadge of="status" state={patient.status} />}
      subtitle={profile.birth_date ? t("admin-patient-born", { date: civil(profile.birth_date, t.language) }) : undefined}
      onClose={onClose}
      footer={<FileActions patient={patient} />}
    >
      <Facts
        facts={[
          [t("admin-field-phone"), profile.phone],
          [t("admin-field-email"), profile.email],
          [t("admin-field-address"), address && [address.street, `${address.postal_code} ${address.city}`.trim(), address.country].filter(Boolean).join(", ")],
          [t("admin-field-emergency-contact"), contact && `${contact.name} (${contact.relation}), ${contact.phone}`],
          [t("admin-field-insurance"), insurance && `${insurance.insurer} · ${insurance.member_number}`],
          [t("admin-field-language"), new Intl.DisplayNames([t.language], { type: "language" }).of(profile.language)],
          [t("admin-field-clinics"), patient.clinics.map((id) => clinic(id)?.details.name).filter(Boolean).join(", ")],
          [t("admin-field-registered"), date(patient.registered_at, t.language)],
        ]}
      />
      <Text size="xs" c="dimmed">
        {t("admin-patient-no-medical")}
      </Text>
      <ActingAccounts patient={patient} />
      {patient.status === "active" && may("merge_files") && <Doubles patient={patient} />}
    </Panel>
  );
}

function ActingAccounts({ patient }: { patient: Patient }) {
  const t = useTexts();
  const links = useFetch("patient_links", { patient_id: patient.id });
  return (
    <Section title={t("admin-patient-acting")}>
      {links.isPending && <Skeleton height={32} />}
      <Failure failure={links.error} onRetry={() => void links.refetch()} />
      {links.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("admin-patient-nobody-acts")}
        </Text>
      )}
      {links.data?.items.map((link) => (
        <Group key={link.id} justify="space-between" wrap="nowrap" mb={6}>
          <div>
            <Text size="sm">{link.account_name}</Text>
            <Text size="xs" c="dimmed">
              {[t(`admin-relation-${link.relation}`), ...link.permissions.map((permission) => t(`admin-permission-${permission}`))].join(" · ")}
            </Text>
          </div>
          <Text size="xs" c="dimmed">
            {endOf(link, t)}
          </Text>
        </Group>
      ))}
    </Section>
  );
}

function endOf({ revoked_at, expires_at }: ActingLink, t: ReturnType<typeof useTexts>): string | null {
  if (revoked_at) return t("admin-link-revoked", { when: date(revoked_at, t.language) });
  return expires_at ? t("admin-link-until", { when: date(expires_at, t.language) }) : null;
}

function FileActions({ patient }: { patient: Patient }) {
  const t = useTexts();
  const may = useMay();
  const command = useCommand();
  const [asking, setAsking] = useState(false);
  const action = patient.status === "active" ? "deactivate" : "reactivate";
  const confirm = (reason: string) =>
    command.run("profiles.set_active", { patient_id: patient.id, active: action === "reactivate", reason }, t(`admin-patient-did-${action}`, { name: patient.profile.name }));
  return (
    <Group gap="xs" justify="flex-end">
      {patient.status !== "merged" && may("close_files") && (
        <Button variant="default" c={action === "deactivate" ? "var(--critical)" : undefined} onClick={() => setAsking(true)}>
          {t(`admin-patient-${action}`)}
        </Button>
      )}
      <Button variant="default" component={Link} to="/visits" search={{ patient: patient.id } as never}>
        {t("admin-patient-visits")}
      </Button>
      {patient.status === "active" && may("front_desk") && (
        <Button component={Link} to="/front-desk" search={{ patient: patient.id, of: patient.profile.name } as never}>
          {t("admin-patient-book")}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t(`admin-patient-${action}-title`, { name: patient.profile.name })}
          text={t(`admin-patient-${action}-text`)}
          action={t(`admin-patient-${action}`)}
          danger={action === "deactivate"}
          command={command}
          onClose={() => setAsking(false)}
          onConfirm={confirm}
        />
      )}
    </Group>
  );
}
