/** A new member of staff. */
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { Panel } from "@/components/Page";
import { useCommand } from "@/lib/app";
import { useForm } from "@/lib/form";
import { LANGUAGES, useTexts, type Language } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { lacksClinic, RoleFields, roleOf, type RoleChoice } from "./RoleFields";

export function AddStaff({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const initial = { name: "", email: "", language: t.language as Language, choice: { name: "clinic_admin", clinics: [] } as RoleChoice };
  const form = useForm(initial, ({ name, email, choice }) => ({
    name: name.trim() ? undefined : t("admin-wrong-empty"),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : t("sign-in-email-wrong"),
    clinics: lacksClinic(choice) ? t("admin-staff-needs-clinic") : undefined,
  }));
  const { values, set, error } = form;
  const save = form.submit(async ({ name, email, language, choice }) => {
    const args = { account_id: uuidv7(), name: name.trim(), email: email.trim(), role: roleOf(choice), language };
    if (await command.run("accounts.add_staff", args, t("admin-staff-added", { name: args.name }))) onClose();
  });
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
            <Button type="submit" loading={command.busy}>
              {t("admin-staff-add")}
            </Button>
          </Group>
        }
      >
        <Failure failure={command.failure} />
        <Stack gap="sm">
          <TextInput label={t("admin-field-name")} autoFocus value={values.name} error={error("name")} onChange={(event) => set({ name: event.currentTarget.value })} />
          <TextInput type="email" label={t("admin-field-email")} value={values.email} error={error("email")} onChange={(event) => set({ email: event.currentTarget.value })} />
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
