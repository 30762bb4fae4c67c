/** Other files that may be of the same person, and merging one into this file. It cannot be undone, so the name is typed. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { useCommand, useFetch } from "@/lib/app";
import { civil } from "@/lib/format";
import type { Patient } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

export function Doubles({ patient }: { patient: Patient }) {
  const t = useTexts();
  const command = useCommand();
  const [merging, setMerging] = useState<Patient | null>(null);
  const { name, birth_date, phone, email } = patient.profile;
  const { data } = useFetch("doubles", { name, birth_date, phone, email });
  const others = data?.items.filter(({ id, status }) => id !== patient.id && status === "active") ?? [];
  if (others.length === 0) return null;
  return (
    <Section title={t("admin-patient-doubles")}>
      {others.map((other) => (
        <Group key={other.id} justify="space-between" wrap="nowrap" mb={6}>
          <div>
            <Text size="sm">{other.profile.name}</Text>
            <Text size="xs" c="dimmed">
              {[other.profile.birth_date && civil(other.profile.birth_date, t.language), other.profile.phone, other.profile.email].filter(Boolean).join(" · ")}
            </Text>
          </div>
          <Button variant="default" size="compact-xs" onClick={() => setMerging(other)}>
            {t("admin-patient-merge")}
          </Button>
        </Group>
      ))}
      {merging && (
        <ReasonDialog
          title={t("admin-patient-merge-title")}
          text={t("admin-patient-merge-text", { merged: merging.profile.name, kept: name })}
          action={t("admin-patient-merge")}
          danger
          choices={null}
          confirmBy={merging.profile.name}
          command={command}
          onClose={() => setMerging(null)}
          onConfirm={() => command.run("profiles.merge", { kept: patient.id, merged: merging.id }, t("admin-patient-merged"))}
        />
      )}
    </Section>
  );
}
