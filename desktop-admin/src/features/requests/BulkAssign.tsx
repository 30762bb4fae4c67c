/** Giving all marked requests to one doctor. Each is decided by itself; what is refused stays and is told. */
import { Button, Group, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend, useDirectory } from "@/lib/app";
import type { ConsultationLine } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { doctorsOfAll } from "./doctors";

export function BulkAssign({ lines, onDone }: { lines: ConsultationLine[]; onDone: () => void }) {
  const t = useTexts();
  const backend = useBackend();
  const queries = useQueryClient();
  const { roles, doctor } = useDirectory();
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const doctors = doctorsOfAll(roles, lines.map(({ consultation }) => consultation.clinic_id));
  const assign = async () => {
    setBusy(true);
    const orders = lines.map(({ consultation }) => backend.execute("consultations.assign", { consultation_id: consultation.id, doctor_id: chosen! }));
    const outcomes = await Promise.allSettled(orders);
    const refused = outcomes.filter(({ status }) => status === "rejected").length;
    await queries.invalidateQueries();
    setBusy(false);
    const done = lines.length - refused;
    notifications.show({ withCloseButton: false, color: refused ? "yellow" : undefined, message: t(refused ? "admin-bulk-assigned-some" : "admin-bulk-assigned", { done, refused }) });
    onDone();
  };
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        {t("admin-table-marked", { n: lines.length })}
      </Text>
      {doctors.length === 0 ? (
        <Text size="sm">{t("admin-bulk-no-doctor")}</Text>
      ) : (
        <>
          <Select w={220} aria-label={t("admin-request-assign-to")} placeholder={t("admin-request-assign-to")} searchable data={doctors.map((id) => ({ value: id, label: doctor(id)?.details.name ?? "–" }))} value={chosen} onChange={setChosen} />
          <Button disabled={!chosen} loading={busy} onClick={() => void assign()}>
            {t("admin-request-assign")}
          </Button>
        </>
      )}
      <Button variant="subtle" color="gray" onClick={onDone}>
        {t("admin-table-clear-marks")}
      </Button>
    </Group>
  );
}
