/** Helping somebody who lost authenticator app and recovery codes, once it is clear who asks. */
import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { useBackend } from "@/lib/app";
import { RefusedError, type Backend } from "@/lib/backend";
import type { Identified } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

const WAYS: Identified[] = ["in_person", "video_call", "call_back"];

interface Props {
  name: string;
  reset: (backend: Backend, identified: Identified) => Promise<unknown>;
}

export function ResetSecondFactor({ name, reset }: Props) {
  const t = useTexts();
  const backend = useBackend();
  const [asking, setAsking] = useState(false);
  const act = useMutation({ mutationFn: (identified: Identified) => reset(backend, identified) });
  const none = act.error instanceof RefusedError && act.error.refusal.code === "wrong_state";
  const confirmed = async (identified: string) => {
    const done = await act.mutateAsync(identified as Identified).then(() => true, () => false);
    if (done) notifications.show({ message: t("admin-reset-factor-done", { name }), withCloseButton: false });
    return done;
  };
  return (
    <Section title={t("admin-reset-factor-title")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("admin-reset-factor-text", { name })}
      </Text>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("admin-reset-factor")}
      </Button>
      {asking && (
        <ReasonDialog
          title={t("admin-reset-factor-question", { name })}
          text={t(none ? "admin-reset-factor-none" : "admin-reset-factor-what", { name })}
          action={t("admin-reset-factor")}
          danger
          label={t("admin-reset-factor-how")}
          choices={WAYS.map((value) => ({ value, label: t(`admin-identified-${value.replaceAll("_", "-")}`) }))}
          command={{ busy: act.isPending, failure: none ? null : act.error, clear: act.reset }}
          onClose={() => setAsking(false)}
          onConfirm={confirmed}
        />
      )}
    </Section>
  );
}
