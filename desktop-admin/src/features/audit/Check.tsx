/** Whether the audit is as it was written: asked for, for it reads all of it. */
import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconAlertOctagon, IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Failure } from "@/components/Failure";
import { useBackend } from "@/lib/app";
import { dayAndClock } from "@/lib/format";
import type { AuditFinding, AuditReport } from "@/lib/generated";
import { hyphened, useTexts, type Texts } from "@/lib/texts";

export function CheckAudit() {
  const t = useTexts();
  const backend = useBackend();
  const check = useMutation({ mutationFn: () => backend.fetch("check_audit", {}) });
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" maw="44rem">
          {t("admin-audit-about-text")}
        </Text>
        <Button data-check-audit variant="default" leftSection={<IconShieldCheck size={16} />} loading={check.isPending} onClick={() => check.mutate()}>
          {t("admin-audit-check")}
        </Button>
      </Group>
      <Failure failure={check.error} onRetry={() => check.mutate()} />
      {check.data && <Report report={check.data} />}
    </>
  );
}

function Report({ report }: { report: AuditReport }) {
  const t = useTexts();
  const { findings, lines, seals, head } = report;
  if (findings.length === 0) {
    return (
      <Alert color="green" variant="light" role="status" className="whole" mb="sm" icon={<IconShieldCheck size={18} />} title={t("admin-audit-whole")}>
        {t("admin-audit-whole-text", { lines, seals })} {head && t("admin-audit-head", { number: head.number, at: dayAndClock(head.at, t.language) })}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" role="alert" className="failure" mb="sm" icon={<IconAlertOctagon size={18} />} title={t("admin-audit-broken", { n: findings.length })}>
      <List size="sm">
        {findings.map((finding) => (
          <List.Item key={JSON.stringify(finding)}>{sayFinding(finding, t)}</List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        {t("admin-audit-broken-text")}
      </Text>
    </Alert>
  );
}

export const sayFinding = ({ is, ...figures }: AuditFinding, t: Texts) => t(`admin-audit-found-${hyphened(is)}`, figures);
