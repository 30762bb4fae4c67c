/** A clinic: where it is, and the rules that hold for all its doctors. */
import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { Panel, Section } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { useCommand } from "@/lib/app";
import { refusedField, useForm } from "@/lib/form";
import { ownZone } from "@/lib/format";
import type { Clinic, ClinicDetails, Currency } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { uuidv7 } from "@/lib/uuid";
import { phoneOf } from "../front-desk/fields";
import { clinicErrors } from "./checks";
import { PlaceMap } from "./PlaceMap";
import { PolicyForm } from "./PolicyForm";

const CURRENCIES: Currency[] = ["EUR", "USD", "GBP", "INR", "AED", "JPY"];

const fresh = (): ClinicDetails => ({
  name: "",
  address: { street: "", city: "", postal_code: "", country: "" },
  place: { latitude: 0, longitude: 0 },
  zone: ownZone(),
  phone: "",
  currency: "EUR",
  policy: { cancel_notice_min: 1_440, late_cancel_allowed: true, no_show_after_min: 30, answer_before_min: 60, offer_hold_min: 120 },
});

export function ClinicPanel({ clinic, onClose }: { clinic: Clinic | undefined; onClose: () => void }) {
  const t = useTexts();
  const command = useCommand();
  const form = useForm({ ...(clinic?.details ?? fresh()), active: clinic?.active ?? true }, (values) => clinicErrors(values, t));
  const { values, set, error } = form;
  const save = form.submit(async ({ active, ...details }) => {
    const args = { clinic_id: clinic?.id ?? uuidv7(), details: { ...details, phone: phoneOf(details.phone) }, active };
    if (await command.run("directory.save_clinic", args, t("admin-saved", { name: details.name }))) onClose();
  });
  const address = (changes: Partial<ClinicDetails["address"]>) => set({ address: { ...values.address, ...changes } });
  const text = (name: "name" | "phone") => ({ label: t(`admin-field-${name}`), value: values[name], error: error(name) ?? refusedField(command.failure, name, t), onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }) });
  return (
    <form onSubmit={save} noValidate style={{ display: "contents" }}>
      <Panel
        title={clinic?.details.name ?? t("admin-set-up-add-clinics")}
        badge={clinic && <StateBadge of="status" state={clinic.active ? "active" : "inactive"} />}
        onClose={onClose}
        footer={
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("action-cancel")}
            </Button>
            <Button type="submit" loading={command.busy}>
              {t("action-save")}
            </Button>
          </Group>
        }
      >
        <Failure failure={command.failure} />
        <Stack gap="sm">
          <TextInput {...text("name")} />
          <TextInput label={t("admin-field-street")} value={values.address.street} error={error("street") ?? refusedField(command.failure, "street", t)} onChange={(event) => address({ street: event.currentTarget.value })} />
          <SimpleGrid cols={3} spacing="sm">
            <TextInput label={t("admin-field-postal-code")} value={values.address.postal_code} onChange={(event) => address({ postal_code: event.currentTarget.value })} />
            <TextInput label={t("admin-field-city")} value={values.address.city} error={error("city") ?? refusedField(command.failure, "city", t)} onChange={(event) => address({ city: event.currentTarget.value })} />
            <TextInput label={t("admin-field-country")} placeholder="DE" maxLength={2} value={values.address.country} error={error("country")} onChange={(event) => address({ country: event.currentTarget.value.toUpperCase() })} />
          </SimpleGrid>
          <SimpleGrid cols={2} spacing="sm">
            <TextInput {...text("phone")} type="tel" placeholder="+49…" />
            <Select label={t("admin-field-currency")} data={CURRENCIES} value={values.currency} allowDeselect={false} onChange={(currency) => set({ currency: currency as Currency })} />
          </SimpleGrid>
          <Select label={t("admin-field-zone")} description={clinic ? t("admin-zone-fixed") : t("admin-zone-help")} readOnly={Boolean(clinic)} searchable={!clinic} data={zones(values.zone)} value={values.zone} allowDeselect={false} onChange={(zone) => zone && set({ zone })} />
          <Switch label={t("admin-clinic-active")} checked={values.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
        </Stack>
        <Section title={t("admin-clinic-place")}>
          <SimpleGrid cols={2} spacing="sm" mb="sm">
            <NumberInput label={t("admin-field-latitude")} decimalScale={5} value={values.place.latitude} error={error("latitude")} onChange={(latitude) => set({ place: { ...values.place, latitude: Number(latitude) } })} />
            <NumberInput label={t("admin-field-longitude")} decimalScale={5} value={values.place.longitude} error={error("longitude")} onChange={(longitude) => set({ place: { ...values.place, longitude: Number(longitude) } })} />
          </SimpleGrid>
          <PlaceMap place={values.place} id={clinic?.id} />
        </Section>
        <PolicyForm error={error} policy={values.policy} zone={values.zone} onChange={(changes) => set({ policy: { ...values.policy, ...changes } })} />
      </Panel>
    </form>
  );
}

function zones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));
  return known.includes(current) ? known : [current, ...known];
}
