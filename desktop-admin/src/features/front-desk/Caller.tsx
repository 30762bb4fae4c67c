/** Who is it? Files that fit appear while typing; if none is theirs, the same fields register a new one. */
import { Button, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Failure } from "@/components/Failure";
import { useCommand, useFetch } from "@/lib/app";
import { civil } from "@/lib/format";
import type { Clinic, Patient } from "@/lib/generated";
import { LANGUAGES, useTexts, type Language } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { callerErrors, fileOf, NOBODY, type CallerFields } from "./fields";
import styles from "./FrontDesk.module.css";

interface Props {
  clinic: Clinic;
  patient: Patient | null;
  onChoose: (patient: Patient) => void;
  onAgain: () => void;
}

export function Caller(props: Props) {
  const { patient } = props;
  return patient ? <Chosen {...props} patient={patient} /> : <Finding {...props} />;
}

function Chosen({ patient, onAgain }: Props & { patient: Patient }) {
  const t = useTexts();
  const { name, birth_date, phone, email } = patient.profile;
  return (
    <section className={styles.card} aria-labelledby="desk-who">
      <Title order={2} id="desk-who">
        {name}
      </Title>
      <Text size="sm" c="dimmed">
        {[birth_date && civil(birth_date, t.language), phone, email].filter(Boolean).join(" · ")}
      </Text>
      {patient.status !== "active" && <Text size="sm">{t("refusal-patient-inactive-title")}</Text>}
      <Button mt="md" variant="default" onClick={onAgain}>
        {t("admin-desk-someone-else")}
      </Button>
    </section>
  );
}

function Finding({ clinic, onChoose }: Props) {
  const t = useTexts();
  const command = useCommand();
  const [fields, setFields] = useState<CallerFields>({ ...NOBODY, language: t.language });
  const [tried, setTried] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const found = useFiles(fields);
  const errors = callerErrors(fields);
  const set = (name: keyof CallerFields) => (value: string | null) => setFields((before) => ({ ...before, [name]: value ?? "" }));
  const error = (name: keyof CallerFields) => tried && errors[name] && t(`admin-desk-wrong-${name.replaceAll("_", "-")}`);
  const toList = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || found.length === 0) return;
    event.preventDefault();
    list.current?.querySelector("button")?.focus();
  };
  const register = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(errors).length > 0) return;
    const patient_id = uuidv7();
    const profile = fileOf(fields, clinic.details.zone);
    if (await command.run("profiles.register", { patient_id, clinic_id: clinic.id, profile }, t("admin-desk-registered", { name: profile.name }))) {
      onChoose({ id: patient_id, profile, status: "active", clinics: [clinic.id], merged_into: null, registered_at: new Date().toISOString() });
    }
  };
  return (
    <section className={styles.card} aria-labelledby="desk-who">
      <Title order={2} id="desk-who" mb="sm">
        {t("admin-desk-who")}
      </Title>
      <form onSubmit={(event) => void register(event)} noValidate>
        <Stack gap="sm" onKeyDown={toList}>
          <TextInput size="sm" label={t("admin-field-name")} autoFocus value={fields.name} onChange={(event) => set("name")(event.currentTarget.value)} error={error("name")} />
          <Group grow gap="sm" align="flex-start">
            <TextInput size="sm" type="date" label={t("admin-field-birth-date")} value={fields.birth_date} onChange={(event) => set("birth_date")(event.currentTarget.value)} error={error("birth_date")} />
            <TextInput size="sm" type="tel" label={t("admin-field-phone")} placeholder="+49…" value={fields.phone} onChange={(event) => set("phone")(event.currentTarget.value)} error={error("phone")} />
          </Group>
          <Group grow gap="sm" align="flex-start">
            <TextInput size="sm" type="email" label={t("admin-field-email")} value={fields.email} onChange={(event) => set("email")(event.currentTarget.value)} error={error("email")} />
            <Select size="sm" label={t("admin-field-language")} data={LANGUAGES} value={fields.language} allowDeselect={false} onChange={(value) => set("language")(value as Language)} />
          </Group>
          <Files found={found} ref={list} onChoose={onChoose} />
          <Failure failure={command.failure} />
          <Button size="sm" type="submit" variant={found.length > 0 ? "default" : "filled"} loading={command.busy}>
            {t(found.length > 0 ? "admin-desk-register-anyway" : "admin-desk-register")}
          </Button>
        </Stack>
      </form>
    </section>
  );
}

/** Files with this name, and those that may be of the same person by birth date, phone or e-mail. */
function useFiles(fields: CallerFields): Patient[] {
  const [settled] = useDebouncedValue(fields, 180);
  const name = settled.name.trim();
  const sure = callerErrors(settled);
  const byName = useFetch("patients", name.length >= 2 ? { text: name, status: "active", limit: 6 } : null);
  const alike = { name, birth_date: settled.birth_date || null, phone: sure.phone ? null : settled.phone || null, email: sure.email ? null : settled.email || null };
  const byRest = useFetch("doubles", name.length >= 2 && (alike.birth_date || alike.phone || alike.email) ? alike : null);
  if (name.length < 2) return [];
  const all = [...(byRest.data?.items ?? []), ...(byName.data?.items ?? [])].filter(({ status }) => status === "active");
  return [...new Map(all.map((patient) => [patient.id, patient])).values()].slice(0, 6);
}

function Files({ found, ref, onChoose }: { found: Patient[]; ref: React.RefObject<HTMLUListElement | null>; onChoose: (patient: Patient) => void }) {
  const t = useTexts();
  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    buttons[buttons.indexOf(event.target as HTMLButtonElement) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="status">
      {found.length > 0 && (
        <>
          <Text size="xs" fw={600} mb={4}>
            {t("admin-desk-known")}
          </Text>
          <ul className={styles.files} ref={ref} onKeyDown={move}>
            {found.map((patient) => (
              <li key={patient.id}>
                <button type="button" onClick={() => onChoose(patient)}>
                  <strong>{patient.profile.name}</strong>
                  <span>{[patient.profile.birth_date && civil(patient.profile.birth_date, t.language), patient.profile.phone].filter(Boolean).join(" · ")}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
