/**
 * A password that the server made up for a member of staff. It is told once, so what shows it goes away only when somebody
 * says that they have it.
 */
import { Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CopyAndDone } from "@/components/CopyAndDone";
import { useBackend } from "@/lib/app";
import type { Backend, FirstPassword } from "@/lib/backend";
import { useTexts } from "@/lib/texts";
import styles from "./FirstPassword.module.css";

/** Asks for one. The password stays in this state and nowhere else, and goes with it. */
export function useFirstPassword() {
  const backend = useBackend();
  const queries = useQueryClient();
  const asked = useMutation({ mutationFn: (ask: (backend: Backend) => Promise<FirstPassword>) => ask(backend), gcTime: 0 });
  return {
    told: asked.data,
    busy: asked.isPending,
    failure: asked.error,
    clear: asked.reset,
    async ask(ask: (backend: Backend) => Promise<FirstPassword>) {
      const told = await asked.mutateAsync(ask).catch(() => null);
      // Not waited for: what is told is shown at once, and by nothing that can still be cancelled.
      if (told) void queries.invalidateQueries();
      return told !== null;
    },
  };
}

export function FirstPasswordDialog({ told: { account, password }, onDone }: { told: FirstPassword; onDone: () => void }) {
  const t = useTexts();
  const { name, email } = account;
  return (
    <Modal opened onClose={onDone} title={t("admin-first-password-title", { name })} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false}>
      <Stack gap="md">
        <Text size="sm">{t("admin-first-password-text", { name })}</Text>
        <dl className={styles.told}>
          <dt>{t("admin-field-email")}</dt>
          <dd>{email}</dd>
          <dt>{t("admin-first-password")}</dt>
          <dd>
            <output className={styles.password} data-first-password>
              {password}
            </output>
          </dd>
        </dl>
        <Text size="sm" c="dimmed">
          {t("admin-first-password-lost")}
        </Text>
        <CopyAndDone value={password} label={t("admin-first-password-copy")} onDone={onDone} />
      </Stack>
    </Modal>
  );
}
