/** Who is there? The server's address is asked too where it is not fixed. */
import { Anchor, Button, Collapse, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Failure } from "@/components/Failure";
import { useBackend } from "@/lib/app";
import { ChallengedError, TroubleError, type Session } from "@/lib/backend";
import type { Challenge } from "@/lib/generated";
import { isStaff } from "@/lib/rights";
import { useTexts } from "@/lib/texts";
import { SecondStep } from "./SecondStep";
import styles from "./SignIn.module.css";

interface Props {
  /** A session ended by itself. */
  ended: boolean;
  onSignedIn: (session: Session) => void;
}

export function SignIn({ ended, onSignedIn }: Props) {
  const t = useTexts();
  const backend = useBackend();
  const [fields, setFields] = useState({ server: backend.defaultServer() ?? "", email: "", password: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const missing = (value: string, text: string) => (tried && !value.trim() ? t(text) : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fields.email.trim() || !fields.password) return;
    setBusy(true);
    setFailure(null);
    try {
      const session = await backend.signIn(fields.server, fields.email.trim(), fields.password);
      if (!isStaff(session.account)) {
        await backend.signOut();
        throw new TroubleError("not_staff");
      }
      onSignedIn(session);
    } catch (error) {
      if (error instanceof ChallengedError) setChallenge(error.challenge);
      else setFailure(error as Error);
      setBusy(false);
    }
  };

  if (challenge) {
    const again = (why: Error | null) => {
      setChallenge(null);
      setFailure(why);
    };
    return <SecondStep challenge={challenge} onSignedIn={onSignedIn} onAgain={again} />;
  }
  return (
    <main className={styles.screen}>
      <Paper component="form" className={styles.card} onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <Title order={1}>{t("app-name")}</Title>
            <Text size="sm" c="dimmed">
              {t("admin-sign-in-text")}
            </Text>
          </div>
          {ended && !failure && (
            <Text size="sm" role="status">
              {t("admin-sign-in-ended")}
            </Text>
          )}
          <Failure failure={failure} />
          <TextInput size="sm" type="email" label={t("sign-in-email")} autoComplete="username" autoFocus value={fields.email} onChange={(event) => set("email")(event.currentTarget.value)} error={missing(fields.email, "sign-in-email-missing")} />
          <PasswordInput size="sm" label={t("sign-in-password")} autoComplete="current-password" value={fields.password} onChange={(event) => set("password")(event.currentTarget.value)} error={missing(fields.password, "sign-in-password-missing")} visibilityToggleButtonProps={{ "aria-label": t("ui-show-password") }} />
          {backend.defaultServer() !== null && <ServerField server={fields.server} onChange={set("server")} />}
          <Button size="sm" type="submit" loading={busy}>
            {t("action-sign-in")}
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}

function ServerField({ server, onChange }: { server: string; onChange: (server: string) => void }) {
  const t = useTexts();
  const [shown, setShown] = useState(server === "");
  return (
    <div>
      {!shown && (
        <Text size="xs" c="dimmed">
          {server} ·{" "}
          <Anchor component="button" type="button" size="xs" onClick={() => setShown(true)}>
            {t("admin-sign-in-change-server")}
          </Anchor>
        </Text>
      )}
      <Collapse expanded={shown}>
        <TextInput size="sm" type="url" label={t("admin-sign-in-server")} value={server} onChange={(event) => onChange(event.currentTarget.value)} />
      </Collapse>
    </div>
  );
}
