/** Tokens by which programs use one's account: listed, made with scopes and a last day, told once, ended. */
import { Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CopyAndDone } from "@/components/CopyAndDone";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { useBackend } from "@/lib/app";
import { useForm } from "@/lib/form";
import { date } from "@/lib/format";
import type { ApiScope, ApiToken, ApiTokenLine } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import styles from "./Protection.module.css";

const SCOPES: ApiScope[] = ["admin_read", "admin_write", "read", "write"];
const DAYS = [7, 30, 90, 365];
const scopeKey = (scope: ApiScope) => `admin-token-scope-${scope.replaceAll("_", "-")}`;

export function ApiTokens() {
  const t = useTexts();
  const backend = useBackend();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ["api-tokens"], queryFn: () => backend.protect("api_tokens", {}) });
  const [making, setMaking] = useState(false);
  const [told, setTold] = useState<ApiToken | null>(null);
  const look = () => void queries.invalidateQueries({ queryKey: ["api-tokens"] });
  return (
    <Section order={2} title={t("admin-tokens")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("admin-tokens-text")}
        </Text>
        <Failure failure={error} onRetry={() => void refetch()} />
        {data?.length === 0 && <Text size="sm">{t("admin-tokens-none")}</Text>}
        {data && data.length > 0 && (
          <div role="list" aria-label={t("admin-tokens")}>
            {data.map((line) => (
              <Line key={line.id} line={line} onEnded={look} />
            ))}
          </div>
        )}
        <Button variant="default" style={{ alignSelf: "start" }} onClick={() => setMaking(true)}>
          {t("admin-token-make")}
        </Button>
        {making && (
          <Make
            onClose={() => setMaking(false)}
            onMade={(token) => {
              setMaking(false);
              setTold(token);
              look();
            }}
          />
        )}
        {told && <Told token={told} onDone={() => setTold(null)} />}
      </Stack>
    </Section>
  );
}

function Line({ line, onEnded }: { line: ApiTokenLine; onEnded: () => void }) {
  const t = useTexts();
  const backend = useBackend();
  const [asking, setAsking] = useState(false);
  const end = useMutation({ mutationFn: () => backend.protect("end_api_token", { id: line.id }) });
  const day = (at: string) => date(at, t.language);
  const used = line.last_used_at ? t("admin-token-used", { when: day(line.last_used_at) }) : t("admin-token-unused");
  return (
    <div role="listitem" className={styles.token}>
      <div>
        <Text size="sm" fw={600}>
          {line.name}
        </Text>
        <Text size="xs" c="dimmed">
          {line.scopes.map((scope) => t(scopeKey(scope))).join(", ")} · {t("admin-token-until", { when: day(line.expires_at) })} · {used}
        </Text>
      </div>
      <Button size="xs" variant="default" c="var(--critical)" aria-label={`${t("admin-token-end")}: ${line.name}`} onClick={() => setAsking(true)}>
        {t("admin-token-end")}
      </Button>
      {asking && (
        <ReasonDialog
          title={t("admin-token-end-title", { name: line.name })}
          text={t("admin-token-end-text")}
          action={t("admin-token-end")}
          danger
          choices={null}
          command={{ busy: end.isPending, failure: end.error, clear: end.reset }}
          onClose={() => setAsking(false)}
          onConfirm={() => end.mutateAsync().then(() => (onEnded(), true), () => false)}
        />
      )}
    </div>
  );
}

function Make({ onClose, onMade }: { onClose: () => void; onMade: (token: ApiToken) => void }) {
  const t = useTexts();
  const backend = useBackend();
  const make = useMutation({ mutationFn: (token: { name: string; scopes: ApiScope[]; days: number }) => backend.protect("make_api_token", { new: token }), gcTime: 0 });
  const form = useForm({ name: "", scopes: [] as ApiScope[], days: 30 }, ({ name, scopes }) => ({
    name: name.trim() ? undefined : t("admin-wrong-empty"),
    scopes: scopes.length > 0 ? undefined : t("admin-token-needs-scope"),
  }));
  const save = form.submit(async (values) => {
    const token = await make.mutateAsync({ ...values, name: values.name.trim() }).catch(() => null);
    if (token) onMade(token);
  });
  return (
    <Modal opened onClose={onClose} title={t("admin-token-make")} closeButtonProps={{ "aria-label": t("action-close") }}>
      <form onSubmit={save} noValidate>
        <Stack gap="sm">
          <Failure failure={make.error} />
          <TextInput size="sm" label={t("admin-field-name")} description={t("admin-token-name-help")} value={form.values.name} error={form.error("name")} onChange={(event) => form.set({ name: event.currentTarget.value })} data-autofocus />
          <Checkbox.Group label={t("admin-token-scopes")} value={form.values.scopes} onChange={(scopes) => form.set({ scopes: scopes as ApiScope[] })} error={form.error("scopes")}>
            <Stack gap={8} my={6}>
              {SCOPES.map((scope) => (
                <Checkbox key={scope} size="xs" value={scope} label={t(scopeKey(scope))} description={t(`${scopeKey(scope)}-may`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select size="sm" label={t("admin-token-days")} allowDeselect={false} data={DAYS.map((n) => ({ value: String(n), label: t("admin-token-for-days", { n }) }))} value={String(form.values.days)} onChange={(days) => form.set({ days: Number(days) })} />
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t("action-cancel")}
            </Button>
            <Button size="sm" type="submit" loading={make.isPending}>
              {t("admin-token-make")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Told({ token: { line, token }, onDone }: { token: ApiToken; onDone: () => void }) {
  const t = useTexts();
  return (
    <Modal opened onClose={onDone} title={t("admin-token-made", { name: line.name })} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false}>
      <Stack gap="md">
        <Text size="sm">{t("admin-token-once")}</Text>
        <output className={styles.secret} data-token>
          {token}
        </output>
        <CopyAndDone value={token} label={t("admin-token-copy")} onDone={onDone} />
      </Stack>
    </Modal>
  );
}
