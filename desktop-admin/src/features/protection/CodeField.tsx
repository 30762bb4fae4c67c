/** A code of the authenticator app, or a recovery code in its place. What was typed goes when one turns to the other kind. */
import { Anchor, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "@/lib/texts";

interface Props {
  value: string;
  onChange: (value: string) => void;
  error?: string;
  orRecovery?: boolean;
}

export function CodeField({ value, onChange, error, orRecovery = true }: Props) {
  const t = useTexts();
  const [recovery, setRecovery] = useState(false);
  const kind = recovery ? "account-code-recovery" : "account-code";
  return (
    <Stack gap={6}>
      <TextInput
        key={kind}
        size="sm"
        label={t(kind)}
        description={t(`${kind}-help`)}
        inputMode={recovery ? "text" : "numeric"}
        autoComplete={recovery ? "off" : "one-time-code"}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      {orRecovery && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          onClick={() => {
            setRecovery(!recovery);
            onChange("");
          }}
        >
          {t(recovery ? "account-code-use-app" : "account-code-use-recovery")}
        </Anchor>
      )}
    </Stack>
  );
}
