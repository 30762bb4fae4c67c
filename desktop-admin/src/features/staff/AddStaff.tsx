/** A new member of staff. */
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { Panel } from "@/components/Page";
import { RefusedError } from "@/lib/backend";
import { refusedField, useForm } from "@/lib/form";
import type { Account } from "@/lib/generated";
import { LANGUAGES, useTexts, type Language } from "@/lib/texts";
import { FirstPasswordDialog, useFirstPassword } from "./first-password";
import { lacksClinic, RoleFields, roleOf, type RoleChoice } from "./RoleFields";

interface Props {
  onClose: () => void;
  onAdded: (account: Account) => void;
}

export function AddStaff({ onClose, onAdded }: Props) {
  const t = useTexts();
  const first = useFirstPassword();
  const initial = { name: "", email: "", language: t.language as Language, choice: { name: "clinic_admin", clinics: [] } as RoleChoice };
  const form = useForm(initial, ({ name, email, choice }) => ({
    name: name.trim() ? undefined : t("admin-wrong-empty"),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : t("sign-in-email-wrong"),
    clinics: lacksClinic(choice) ? t("admin-staff-needs-clinic") : undefined,
  }));
  const { values, set, error } = form;
  const save = form.submit(async ({ name, email, language, choice }) => {
    await first.ask((backend) => backend.addStaff({ name: name.trim(), email: email.trim(), role: roleOf(choice), language }));
  });
  const taken = first.failure instanceof RefusedError && first.failure.refusal.code === "already_exists" ? t("admin-staff-email-taken") : undefined;
  const wrong = (name: string) => error(name) ?? refusedField(first.failure, name, t);
  // Whatever was refused is typed anew, so what was said of it is over.
  const change = (changes: Partial<typeof values>) => {
    first.clear();
    set(changes);
  };
  return (
    <form onSubmit={save} noValidate style={{ display: "contents" }}>
      <Panel
        title={t("admin-staff-add")}
        onClose={onClose}
        footer={
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("action-cancel")}
            </Button>
            <Button type="submit" loading={first.busy}>
              {t("admin-staff-add")}
            </Button>
          </Group>
        }
      >
        {first.told && <FirstPasswordDialog told={first.told} onDone={() => onAdded(first.told!.account)} />}
        {!taken && <Failure failure={first.failure} />}
        <Stack gap="sm">
          <TextInput label={t("admin-field-name")} autoFocus value={values.name} error={wrong("name")} onChange={(event) => change({ name: event.currentTarget.value })} />
          <TextInput type="email" label={t("admin-field-email")} value={values.email} error={taken ?? wrong("email")} onChange={(event) => change({ email: event.currentTarget.value })} />
          <Select label={t("admin-field-language")} data={LANGUAGES} allowDeselect={false} value={values.language} onChange={(language) => set({ language: language as Language })} />
          <RoleFields choice={values.choice} onChange={(choice) => set({ choice })} error={error("clinics")} />
          <Text size="xs" c="dimmed">
            {t("admin-staff-password-note")}
          </Text>
        </Stack>
      </Panel>
    </form>
  );
}
