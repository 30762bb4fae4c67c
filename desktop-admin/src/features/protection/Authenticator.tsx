/** Setting up an authenticator app: its secret by camera or by hand, and a first code of it. The e-mail address comes first. */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Failure } from "@/components/Failure";
import { useAccount, useBackend } from "@/lib/app";
import { TroubleError } from "@/lib/backend";
import { useTexts } from "@/lib/texts";
import { CodeField } from "./CodeField";
import { QrCode } from "./QrCode";
import styles from "./Protection.module.css";

/** `onCodes` is told the recovery codes, once. */
export function Authenticator({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const t = useTexts();
  const backend = useBackend();
  const begun = useQuery({ queryKey: ["set-up-totp"], queryFn: () => backend.protect("set_up_totp", {}), staleTime: Infinity, gcTime: 0, retry: false });
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  if (begun.error instanceof TroubleError && begun.error.trouble === "not_verified") return <ConfirmEmail onConfirmed={() => void begun.refetch()} />;
  if (begun.error) return <Failure failure={begun.error} onRetry={() => void begun.refetch()} />;
  if (!begun.data) return <Text size="sm">{t("ui-loading")}</Text>;
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (!code.trim()) return;
    setBusy(true);
    setFailure(null);
    try {
      onCodes((await backend.protect("confirm_totp", { code })).codes);
    } catch (error) {
      setFailure(error as Error);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={confirm} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("admin-authenticator-scan")}</Text>
        <Group gap="lg" align="center">
          <QrCode text={begun.data.uri} label={t("account-authenticator-qr")} />
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {t("admin-authenticator-by-hand")}
            </Text>
            <div className={styles.secret} data-secret style={{ maxInlineSize: 200 }}>
              {begun.data.secret.match(/.{1,4}/g)!.join(" ")}
            </div>
          </div>
        </Group>
        <Failure failure={failure} />
        <CodeField value={code} onChange={setCode} orRecovery={false} />
        <Button size="sm" type="submit" loading={busy} style={{ alignSelf: "start" }}>
          {t("account-authenticator-turn-on")}
        </Button>
      </Stack>
    </form>
  );
}

/** Whoever signed up with somebody else's address must not be able to lock its owner out. */
function ConfirmEmail({ onConfirmed }: { onConfirmed: () => void }) {
  const t = useTexts();
  const backend = useBackend();
  const { email } = useAccount();
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const act = async (deed: () => Promise<unknown>, then: () => void) => {
    setBusy(true);
    setFailure(null);
    try {
      await deed();
      then();
    } catch (error) {
      setFailure(error as Error);
    }
    setBusy(false);
  };
  const send = () => void act(() => backend.protect("send_verification", {}), () => setSent(true));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) void act(() => backend.protect("verify_email", { proof: { by: "code", email, code } }), onConfirmed);
  };
  return (
    <form onSubmit={confirm} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("admin-email-first", { email })}</Text>
        <Failure failure={failure} />
        {sent && <TextInput size="sm" label={t("account-mail-code")} description={t("account-email-code-help")} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value)} autoFocus />}
        <Group gap="xs">
          {sent && (
            <Button size="sm" type="submit" loading={busy}>
              {t("account-email-confirm")}
            </Button>
          )}
          <Button size="sm" type="button" variant={sent ? "default" : "filled"} loading={busy && !sent} onClick={send}>
            {t(sent ? "account-mail-send-again" : "account-email-send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
