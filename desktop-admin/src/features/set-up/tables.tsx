/** The tables of the set-up. Their rows are the directory's, which is held whole. */
import { SearchField } from "@/components/filters";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { held } from "@/components/table/pages";
import { useAddress } from "@/lib/address";
import { useDirectory, useOwnClinics } from "@/lib/app";
import { cityOf, shortSpan } from "@/lib/format";
import type { Clinic, Specialty, VisitType } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

interface Props<T> {
  name: string;
  label: string;
  items: T[];
  columns: Column<T>[];
  nameOf: (item: T) => string;
}

function HeldTable<T extends { id: string }>({ name, label, items, columns, nameOf }: Props<T>) {
  const t = useTexts();
  const [address, setAddress] = useAddress();
  const wanted = address.text?.toLowerCase() ?? "";
  const found = items.filter((item) => nameOf(item).toLowerCase().includes(wanted)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <DataTable
      name={name}
      label={label}
      columns={columns}
      source={held([name], found)}
      rowId={({ id }) => id}
      rowLabel={nameOf}
      openId={address.open}
      onOpen={({ id }) => setAddress({ open: id })}
      filters={<SearchField address={address} onChange={setAddress} label={t("action-search")} />}
      empty={{ title: t("admin-table-nothing-found") }}
    />
  );
}

function useActiveColumn<T extends { active: boolean }>(): Column<T> {
  const t = useTexts();
  const state = ({ active }: T) => (active ? "active" : "inactive");
  return { id: "active", label: t("admin-field-status"), cell: (item) => <StateBadge of="status" state={state(item)} />, text: (item) => t(`admin-status-${state(item)}`) };
}

const strong = (text: string) => <strong style={{ fontWeight: 600 }}>{text}</strong>;

export function ClinicTable() {
  const t = useTexts();
  const { roles } = useDirectory();
  const doctors = ({ id }: Clinic) => roles.filter(({ clinic_id, active }) => active && clinic_id === id).length;
  const columns: Column<Clinic>[] = [
    { id: "name", label: t("admin-field-name"), cell: ({ details }) => strong(details.name), text: ({ details }) => details.name },
    { id: "city", label: t("admin-field-city"), cell: ({ details }) => details.address.city, text: ({ details }) => details.address.city },
    { id: "zone", label: t("admin-field-zone"), cell: ({ details }) => cityOf(details.zone), text: ({ details }) => details.zone },
    { id: "phone", label: t("admin-field-phone"), cell: ({ details }) => details.phone, text: ({ details }) => details.phone },
    { id: "doctors", label: t("admin-nav-doctors"), cell: doctors, text: doctors, numeric: true },
    { id: "notice", label: t("admin-policy-notice"), cell: ({ details }) => shortSpan(details.policy.cancel_notice_min, t.language), text: ({ details }) => details.policy.cancel_notice_min },
    useActiveColumn<Clinic>(),
  ];
  return <HeldTable name="clinics" label={t("admin-set-up-clinics")} items={useOwnClinics()} columns={columns} nameOf={({ details }) => details.name} />;
}

export function SpecialtyTable() {
  const t = useTexts();
  const { specialties, doctors } = useDirectory();
  const count = ({ id }: Specialty) => doctors.filter(({ details }) => details.specialties.includes(id)).length;
  const columns: Column<Specialty>[] = [
    { id: "en", label: t("admin-field-name-en"), cell: ({ name }) => strong(name.en), text: ({ name }) => name.en },
    { id: "hi", label: t("admin-field-name-hi"), cell: ({ name }) => name.hi, text: ({ name }) => name.hi },
    { id: "doctors", label: t("admin-nav-doctors"), cell: count, text: count, numeric: true },
    useActiveColumn<Specialty>(),
  ];
  return <HeldTable name="specialties" label={t("admin-set-up-specialties")} items={specialties} columns={columns} nameOf={({ name }) => name[t.language]} />;
}

export function VisitTypeTable() {
  const t = useTexts();
  const { visitTypes } = useDirectory();
  const columns: Column<VisitType>[] = [
    { id: "name", label: t("admin-field-name"), cell: ({ details }) => strong(details.name[t.language]), text: ({ details }) => details.name[t.language] },
    { id: "mode", label: t("admin-field-mode"), cell: ({ details }) => t(`admin-mode-${details.mode.replaceAll("_", "-")}`), text: ({ details }) => t(`admin-mode-${details.mode.replaceAll("_", "-")}`) },
    { id: "length", label: t("admin-field-length"), cell: ({ details }) => shortSpan(details.default_length_min, t.language), text: ({ details }) => details.default_length_min, numeric: true },
    { id: "capacity", label: t("admin-field-capacity"), cell: ({ details }) => details.default_capacity, text: ({ details }) => details.default_capacity, numeric: true },
    useActiveColumn<VisitType>(),
  ];
  return <HeldTable name="visit-types" label={t("admin-set-up-visit-types")} items={visitTypes} columns={columns} nameOf={({ details }) => details.name[t.language]} />;
}
