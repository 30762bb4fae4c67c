/** Recovery codes, told once: the dialog goes away only when somebody says that they are kept. */
import { Button, Checkbox, CopyButton, Group, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useBackend } from "@/lib/app";
import { useTexts } from "@/lib/texts";
import styles from "./Protection.module.css";

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useTexts();
  const backend = useBackend();
  const [saved, setSaved] = useState(false);
  const text = codes.join("\n");
  return (
    <Modal opened onClose={onDone} title={t("account-recovery")} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} zIndex={300}>
      <Stack gap="md">
        <Text size="sm" fw={600}>
          {t("account-recovery-once")}
        </Text>
        <Text size="sm">{t("admin-recovery-text")}</Text>
        <SimpleGrid component="ul" cols={2} spacing={6} verticalSpacing={6} className={styles.codes} aria-label={t("account-recovery")}>
          {codes.map((code) => (
            <li key={code} className={styles.secret} data-recovery-code>
              {code}
            </li>
          ))}
        </SimpleGrid>
        <Group gap="xs">
          <CopyButton value={text} timeout={4_000}>
            {({ copied, copy }) => (
              <Button size="sm" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} aria-live="polite">
                {t(copied ? "admin-first-password-copied" : "account-recovery-copy")}
              </Button>
            )}
          </CopyButton>
          <Button size="sm" variant="default" leftSection={<IconDownload size={16} />} onClick={() => void backend.save("mediconnect-recovery-codes.txt", `${t("account-recovery-file")}\n\n${text}\n`)}>
            {t("account-recovery-save")}
          </Button>
        </Group>
        <Checkbox size="sm" label={t("account-recovery-saved")} checked={saved} onChange={(event) => setSaved(event.currentTarget.checked)} />
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {!saved && t("account-recovery-first")}
          </Text>
          <Button size="sm" onClick={onDone} disabled={!saved}>
            {t("action-done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
