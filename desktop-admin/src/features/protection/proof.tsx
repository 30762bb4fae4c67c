/**
 * Proving once more who sits there. Whatever the server answers with "step up first" waits for the dialog below, and is done
 * once the proof is given: so no screen has to know what is grave.
 */
import { Button, Group, Modal, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useCallback, useMemo, useRef, useState, type FormEvent } from "react";
import { Failure } from "@/components/Failure";
import { TroubleError, type Backend } from "@/lib/backend";
import { useTexts } from "@/lib/texts";
import { CodeField } from "./CodeField";

/** The same backend, which asks where the server wants a proof, and then does the same once more. */
export function withProof(backend: Backend, ask: () => Promise<boolean>): Backend {
  const proven = (call: (...args: unknown[]) => unknown) => (...args: unknown[]) => {
    const answer = call(...args);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch(async (error: unknown) => {
      if (error instanceof TroubleError && error.trouble === "step_up" && (await ask())) return call(...args);
      throw error;
    });
  };
  return new Proxy(backend, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? proven(member.bind(target)) : member;
    },
  });
}

/** The backend for everything inside, and the dialog that it asks with. */
export function useProof(backend: Backend) {
  const [asking, setAsking] = useState(false);
  const asked = useRef<{ proven: Promise<boolean>; answer: (proven: boolean) => void } | null>(null);
  // Several that wait are answered by one proof.
  const ask = useCallback(() => {
    if (!asked.current) {
      let answer: (proven: boolean) => void = () => undefined;
      const proven = new Promise<boolean>((resolve) => (answer = resolve));
      asked.current = { proven, answer };
      setAsking(true);
    }
    return asked.current.proven;
  }, []);
  const proving = useMemo(() => withProof(backend, ask), [backend, ask]);
  const done = (proven: boolean) => {
    setAsking(false);
    asked.current?.answer(proven);
    asked.current = null;
  };
  return { backend: proving, dialog: asking && <ProofDialog backend={backend} onDone={done} /> };
}

function ProofDialog({ backend, onDone }: { backend: Backend; onDone: (proven: boolean) => void }) {
  const t = useTexts();
  const [byCode, setByCode] = useState<boolean | null>(null);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const asked = useRef(false);
  if (!asked.current) {
    asked.current = true;
    backend.protect("security", {}).then(({ totp }) => setByCode(totp), setFailure);
  }
  const prove = async (event: FormEvent) => {
    event.preventDefault();
    // A dialog lies in the form that asked for it.
    event.stopPropagation();
    if (!typed.trim()) return;
    setBusy(true);
    setFailure(null);
    try {
      await backend.protect("step_up", { proof: byCode ? { by: "code", code: typed } : { by: "password", password: typed } });
      onDone(true);
    } catch (error) {
      setFailure(error as Error);
      setBusy(false);
    }
  };
  const wrong = failure instanceof TroubleError && failure.trouble === "credentials" ? t("account-proof-wrong-password") : undefined;
  return (
    // Above the dialog of what is to be proven: a second banner there would be one landmark too many.
    <Modal.Root opened centered onClose={() => onDone(false)} zIndex={300}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("account-proof")}>
        <Modal.Body pt="md">
          <form onSubmit={prove} noValidate>
            <Stack gap="sm">
              <Title order={2} size="h3">
                {t("account-proof")}
              </Title>
              <Text size="sm">{t(byCode ? "account-proof-by-code" : "account-proof-by-password")}</Text>
              {!wrong && <Failure failure={failure} />}
              {byCode === true && <CodeField value={typed} onChange={setTyped} />}
              {byCode === false && (
                <PasswordInput size="sm" label={t("sign-in-password")} autoComplete="current-password" value={typed} error={wrong} onChange={(event) => setTyped(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t("ui-show-password") }} data-autofocus />
              )}
              <Group justify="flex-end" gap="xs" mt="xs">
                <Button size="sm" variant="default" onClick={() => onDone(false)}>
                  {t("action-cancel")}
                </Button>
                <Button size="sm" type="submit" loading={busy} disabled={byCode === null}>
                  {t("action-continue")}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
