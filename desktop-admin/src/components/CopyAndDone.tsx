/** Under something that is told once: copy it, then close. */
import { Button, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTexts } from "@/lib/texts";

export function CopyAndDone({ value, label, onDone }: { value: string; label: string; onDone: () => void }) {
  const t = useTexts();
  return (
    <Group justify="flex-end" gap="xs">
      <CopyButton value={value} timeout={4_000}>
        {({ copied, copy }) => (
          <Button size="sm" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} aria-live="polite" data-autofocus>
            {copied ? t("admin-first-password-copied") : label}
          </Button>
        )}
      </CopyButton>
      <Button size="sm" onClick={onDone}>
        {t("admin-first-password-done")}
      </Button>
    </Group>
  );
}
