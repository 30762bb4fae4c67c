/** One line of the audit, whole. */
import { Button, Group } from "@mantine/core";
import { Facts, Panel } from "@/components/Page";
import { useSubject, wordsOf } from "@/lib/activity";
import type { Address } from "@/lib/address";
import type { ActivityLine } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

export function LinePanel({ line, onClose, onNarrow }: { line: ActivityLine; onClose: () => void; onNarrow: (changes: Address) => void }) {
  const t = useTexts();
  const subject = useSubject();
  const { who, what, why } = wordsOf(line, t);
  const about = line.subject?.split(":").at(-1);
  const narrow = (changes: Address) => onNarrow({ open: undefined, of: undefined, ...changes });
  return (
    <Panel title={what} subtitle={who} onClose={onClose}>
      <Facts
        facts={[
          [t("admin-audit-number"), line.number],
          [t("admin-audit-at"), line.at],
          [t("admin-audit-actor"), line.actor_id],
          [t("admin-audit-command"), line.command],
          [t("admin-audit-about"), [subject(line.subject), line.subject].filter(Boolean).join(" · ")],
          [t("admin-audit-outcome"), why === null ? t("admin-audit-outcome-accepted") : `${why} (${line.outcome})`],
        ]}
      />
      <Group mt="md" gap="xs">
        {line.actor_id && (
          <Button variant="default" size="xs" onClick={() => narrow({ actor: line.actor_id!, about: undefined })}>
            {t("admin-audit-all-of-actor")}
          </Button>
        )}
        {about && (
          <Button variant="default" size="xs" onClick={() => narrow({ about, actor: undefined })}>
            {t("admin-audit-all-about")}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
