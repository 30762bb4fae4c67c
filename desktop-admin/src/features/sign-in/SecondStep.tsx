/** The second step of signing in. What was typed stays after a wrong code; after too many it begins again with the password. */
import { Anchor, Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Failure } from "@/components/Failure";
import { useBackend } from "@/lib/app";
import { TroubleError, type Session } from "@/lib/backend";
import type { Challenge } from "@/lib/generated";
import { isStaff } from "@/lib/rights";
import { useTexts } from "@/lib/texts";
import { CodeField } from "../protection/CodeField";
import styles from "./SignIn.module.css";

/** Wrong codes after which the server takes no more for the same password. */
const WRONG_CODES = 5;

interface Props {
  challenge: Challenge;
  onSignedIn: (session: Session) => void;
  /** Back to the password, with the reason where it must be typed again. */
  onAgain: (why: Error | null) => void;
}

export function SecondStep({ challenge, onSignedIn, onAgain }: Props) {
  const t = useTexts();
  const backend = useBackend();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(0);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!code.trim()) return;
    setBusy(true);
    setFailure(null);
    try {
      const session = await backend.secondStep(challenge, code);
      if (!isStaff(session.account)) {
        await backend.signOut();
        return onAgain(new TroubleError("not_staff"));
      }
      onSignedIn(session);
    } catch (error) {
      const isWrong = error instanceof TroubleError && error.trouble === "wrong_code";
      const over = isWrong && (wrong + 1 >= WRONG_CODES || Date.now() >= Date.parse(challenge.expires_at));
      if (over) return onAgain(new TroubleError("second_step_over"));
      if (isWrong) setWrong(wrong + 1);
      setFailure(error as Error);
      setBusy(false);
    }
  };
  return (
    <main className={styles.screen}>
      <Paper component="form" className={styles.card} onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <Title order={1}>{t("account-second")}</Title>
            <Text size="sm" c="dimmed">
              {t("account-second-text")}
            </Text>
          </div>
          <Failure failure={failure} />
          <CodeField value={code} onChange={setCode} error={tried && !code.trim() ? t("account-code-missing") : undefined} />
          <Button size="sm" type="submit" loading={busy}>
            {t("action-sign-in")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("admin-second-lost")}
          </Text>
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onAgain(null)}>
            {t("account-second-other-account")}
          </Anchor>
        </Stack>
      </Paper>
    </main>
  );
}
