/** Staff get nothing before they have a second factor and this session has used it. This is the way to it. */
import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { Failure } from "@/components/Failure";
import { useBackend, useSession } from "@/lib/app";
import { useTexts } from "@/lib/texts";
import { Authenticator } from "./Authenticator";
import { CodeField } from "./CodeField";
import styles from "./Protection.module.css";
import { RecoveryCodes } from "./RecoveryCodes";

/** The screens, or what has to be done first. Where the server cannot be asked the screens show what is kept. */
export function Demanded({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const asked = useQuery({ queryKey: ["security"], queryFn: () => backend.protect("security", {}), retry: false });
  if (asked.isPending) return null;
  const { data } = asked;
  if (!data?.second_factor_demanded || data.second_factor_used) return children;
  const again = () => void asked.refetch();
  return <First>{data.totp ? <Prove onProven={again} /> : <SetUp onDone={again} />}</First>;
}

function First({ children }: { children: ReactNode }) {
  const t = useTexts();
  const { signOut } = useSession();
  return (
    <main className={styles.screen}>
      <Paper className={styles.card}>
        <Stack gap="md">
          <Title order={1}>{t("admin-second-factor-first")}</Title>
          <Text size="sm" c="dimmed">
            {t("admin-second-factor-first-text")}
          </Text>
          {children}
          <Button size="sm" variant="subtle" color="gray" onClick={signOut} style={{ alignSelf: "start" }}>
            {t("action-sign-out")}
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}

function SetUp({ onDone }: { onDone: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return <Authenticator onCodes={setCodes} />;
}

/** The factor is there; this session has not used it yet. */
function Prove({ onProven }: { onProven: () => void }) {
  const t = useTexts();
  const backend = useBackend();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const prove = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await backend.protect("step_up", { proof: { by: "code", code } });
      onProven();
    } catch (error) {
      setFailure(error as Error);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={prove} noValidate>
      <Stack gap="sm">
        <Failure failure={failure} />
        <CodeField value={code} onChange={setCode} />
        <Button size="sm" type="submit" loading={busy} style={{ alignSelf: "start" }}>
          {t("action-continue")}
        </Button>
      </Stack>
    </form>
  );
}
