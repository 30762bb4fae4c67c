/** Specialties and kinds of visit: small things with a name in every language. */
import { Button, Group, NumberInput, Select, Stack, Switch, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { Failure } from "@/components/Failure";
import { Panel } from "@/components/Page";
import { useCommand, useMay, type Commanding } from "@/lib/app";
import { useForm, type Errors } from "@/lib/form";
import type { LocalText, Mode, Specialty, VisitType } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { nameErrors } from "./checks";

const MODES: Mode[] = ["in_person", "video", "chat"];

interface FrameProps {
  title: string;
  command: Commanding;
  onClose: () => void;
  onSubmit: (event: React.FormEvent) => void;
  children: ReactNode;
}

function Frame({ title, command, onClose, onSubmit, children }: FrameProps) {
  const t = useTexts();
  const may = useMay();
  return (
    <form onSubmit={onSubmit} noValidate style={{ display: "contents" }}>
      <Panel
        title={title}
        onClose={onClose}
        footer={
          may("edit_catalogue") && (
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("action-cancel")}
              </Button>
              <Button type="submit" loading={command.busy}>
                {t("action-save")}
              </Button>
            </Group>
          )
        }
      >
        <Failure failure={command.failure} />
        <fieldset disabled={!may("edit_catalogue")} style={{ border: 0, margin: 0, padding: 0 }}>
          <Stack gap="sm">{children}</Stack>
        </fieldset>
      </Panel>
    </form>
  );
}

function Names({ name, onChange, error }: { name: LocalText; onChange: (name: LocalText) => void; error: (name: string) => string | undefined }) {
  const t = useTexts();
  return (
    <>
      <TextInput label={t("admin-field-name-en")} value={name.en} error={error("en")} onChange={(event) => onChange({ ...name, en: event.currentTarget.value })} />
      <TextInput label={t("admin-field-name-hi")} lang="hi" value={name.hi} error={error("hi")} onChange={(event) => onChange({ ...name, hi: event.currentTarget.value })} />
    </>
  );
}

function Active({ active, onChange }: { active: boolean; onChange: (active: boolean) => void }) {
  const t = useTexts();
  return <Switch label={t("admin-catalogue-active")} checked={active} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

export function SpecialtyPanel({ specialty, onClose }: { specialty: Specialty | undefined; onClose: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const form = useForm({ name: specialty?.name ?? { en: "", hi: "" }, active: specialty?.active ?? true }, ({ name }) => nameErrors(name, t));
  const save = form.submit(async (values) => {
    if (await command.run("directory.save_specialty", { specialty_id: specialty?.id ?? uuidv7(), ...values }, t("admin-saved", { name: values.name[t.language] }))) onClose();
  });
  return (
    <Frame title={specialty?.name[t.language] ?? t("admin-set-up-add-specialties")} command={command} onClose={onClose} onSubmit={save}>
      <Names name={form.values.name} onChange={(name) => form.set({ name })} error={form.error} />
      <Active active={form.values.active} onChange={(active) => form.set({ active })} />
    </Frame>
  );
}

export function VisitTypePanel({ visitType, onClose }: { visitType: VisitType | undefined; onClose: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const start = visitType?.details ?? { name: { en: "", hi: "" }, mode: "in_person" as const, default_length_min: 30, default_capacity: 1 };
  const check = ({ name, default_length_min: length, default_capacity: seats }: typeof start): Errors => ({
    ...nameErrors(name, t),
    length: length >= 5 && length <= 480 ? undefined : t("admin-wrong-number", { min: 5, max: 480 }),
    seats: seats >= 1 && seats <= 100 ? undefined : t("admin-wrong-number", { min: 1, max: 100 }),
  });
  const form = useForm({ ...start, active: visitType?.active ?? true }, check);
  const { values, set, error } = form;
  const save = form.submit(async ({ active, ...details }) => {
    if (await command.run("directory.save_visit_type", { visit_type_id: visitType?.id ?? uuidv7(), details, active }, t("admin-saved", { name: details.name[t.language] }))) onClose();
  });
  return (
    <Frame title={visitType?.details.name[t.language] ?? t("admin-set-up-add-visit-types")} command={command} onClose={onClose} onSubmit={save}>
      <Names name={values.name} onChange={(name) => set({ name })} error={error} />
      <Select label={t("admin-field-mode")} allowDeselect={false} data={MODES.map((value) => ({ value, label: t(`admin-mode-${value.replaceAll("_", "-")}`) }))} value={values.mode} onChange={(mode) => set({ mode: mode as Mode })} />
      <Group grow gap="sm" align="flex-start">
        <NumberInput label={t("admin-field-length")} suffix={` ${t("admin-minutes")}`} value={values.default_length_min} error={error("length")} onChange={(value) => set({ default_length_min: Number(value) })} />
        <NumberInput label={t("admin-field-capacity")} value={values.default_capacity} error={error("seats")} onChange={(value) => set({ default_capacity: Number(value) })} />
      </Group>
      <Active active={values.active} onChange={(active) => set({ active })} />
    </Frame>
  );
}
