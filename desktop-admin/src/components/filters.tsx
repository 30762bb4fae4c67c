/** The filters above tables. Each writes one word of the address. */
import { Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useDirectory, useOwnClinics } from "@/lib/app";
import { dateOf, type Address } from "@/lib/address";
import { useTexts } from "@/lib/texts";

interface Props {
  address: Address;
  onChange: (changes: Address) => void;
}

export function SearchField({ address, onChange, label }: Props & { label: string }) {
  const [typed, setTyped] = useState(address.text ?? "");
  const write = useDebouncedCallback((text: string) => onChange({ text: text.trim() || undefined }), 250);
  useEffect(() => setTyped(address.text ?? ""), [address.text]);
  return (
    <TextInput
      data-table-search
      style={{ flex: "1 1 11.75rem", maxWidth: "17rem" }}
      aria-label={label}
      placeholder={`${label}  /`}
      leftSection={<IconSearch size={15} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        write(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") document.querySelector<HTMLElement>("[data-row][tabindex='0']")?.focus();
        if (event.key === "Escape" && typed) onChange({ text: undefined });
      }}
    />
  );
}

export function ChoiceFilter({ address, onChange, name, label, options, width = "7rem" }: Props & { name: string; label: string; options: { value: string; label: string }[]; width?: string }) {
  return (
    <Select
      w={width}
      aria-label={label}
      placeholder={label}
      data={options}
      value={address[name] ?? null}
      onChange={(value) => onChange({ [name]: value ?? undefined })}
      clearable
      searchable={options.length > 8}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
    />
  );
}

export function ClinicFilter(props: Props) {
  const t = useTexts();
  const clinics = useOwnClinics();
  if (clinics.length < 2) return null;
  return <ChoiceFilter {...props} name="clinic" label={t("admin-filter-clinic")} options={clinics.map(({ id, details }) => ({ value: id, label: details.name }))} width="7rem" />;
}

export function DoctorFilter(props: Props) {
  const t = useTexts();
  const { doctors } = useDirectory();
  const options = doctors.map(({ id, details }) => ({ value: id, label: details.name })).sort((a, b) => a.label.localeCompare(b.label));
  return <ChoiceFilter {...props} name="doctor" label={t("admin-filter-doctor")} options={options} width="7rem" />;
}

export function DateFilter({ address, onChange, name, label }: Props & { name: "from" | "until"; label: string }) {
  return <TextInput type="date" w="9.375rem" aria-label={label} leftSection={<Text size="xs">{label}</Text>} leftSectionWidth="2.5rem" value={dateOf(address[name]) ?? ""} onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })} />;
}
