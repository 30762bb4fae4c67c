/** Doctors: who waits for verification, and everybody. */
import { Button, SegmentedControl } from "@mantine/core";
import { ChoiceFilter, ClinicFilter, SearchField } from "@/components/filters";
import { Page } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { oneOf, useAddress } from "@/lib/address";
import { useBackend, useDirectory } from "@/lib/app";
import { age, civil, date } from "@/lib/format";
import type { Doctor, Standing } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { useOpenRow } from "@/lib/open-row";
import { DoctorPanel } from "./DoctorPanel";

const STANDINGS: Standing[] = ["registered", "submitted", "verified", "rejected", "suspended", "removed"];
const SORTS = ["name", "standing", "registered_at", "submitted_at"] as const;

export default function Doctors() {
  const t = useTexts();
  const backend = useBackend();
  const [address, setAddress] = useAddress();
  const queue = address.view !== "all";
  const filters = {
    text: address.text,
    clinic_id: address.clinic,
    standing: queue ? ("submitted" as const) : oneOf(address.standing, STANDINGS),
    sort: queue ? ("submitted_at" as const) : (oneOf(address.sort, SORTS) ?? ("name" as const)),
    descending: queue ? undefined : address.descending === "1" || undefined,
  };
  const open = useOpenRow<Doctor>({
    idOf: ({ id }) => id,
    find: async (id) => (await backend.fetch("doctors", { text: address.of, limit: 100 })).items.find((doctor) => doctor.id === id),
  });
  const filter = { address, onChange: setAddress };
  return (
    <Page
      title={t("admin-nav-doctors")}
      actions={
        <SegmentedControl
          aria-label={t("admin-doctors-view")}
          data={[
            { value: "queue", label: t("admin-doctors-queue") },
            { value: "all", label: t("admin-doctors-all") },
          ]}
          value={queue ? "queue" : "all"}
          onChange={(view) => setAddress({ view, open: undefined, of: undefined, sort: undefined, standing: undefined })}
        />
      }
      panel={open.row && <DoctorPanel doctor={open.row} onClose={open.close} />}
    >
      <DataTable
        name={queue ? "verification" : "doctors"}
        label={t(queue ? "admin-doctors-queue" : "admin-nav-doctors")}
        columns={useColumns(queue)}
        source={{ key: ["doctors", filters], page: (cursor, limit) => backend.fetch("doctors", { ...filters, cursor, limit }) }}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        openId={address.open}
        onOpen={(doctor) => open.open(doctor, doctor.name)}
        sorting={queue ? undefined : { sort: filters.sort, descending: filters.descending }}
        onSort={queue ? undefined : ({ sort, descending }) => setAddress({ sort, descending: descending ? "1" : undefined })}
        filters={
          <>
            <SearchField {...filter} label={t("admin-search-doctors")} />
            <ClinicFilter {...filter} />
            {!queue && <ChoiceFilter {...filter} name="standing" label={t("admin-field-standing")} options={STANDINGS.map((value) => ({ value, label: t(`admin-standing-${value}`) }))} />}
          </>
        }
        empty={
          queue
            ? { title: t("admin-doctors-queue-empty"), text: t("admin-doctors-queue-empty-text"), action: <Button variant="default" onClick={() => setAddress({ view: "all" })}>{t("admin-doctors-all")}</Button> }
            : { title: t("admin-table-nothing-found"), action: <ClearFilters onClear={() => setAddress({ text: undefined, clinic: undefined, standing: undefined })} /> }
        }
      />
    </Page>
  );
}

export function ClearFilters({ onClear }: { onClear: () => void }) {
  const t = useTexts();
  return (
    <Button variant="default" onClick={onClear}>
      {t("admin-clear-filters")}
    </Button>
  );
}

function useColumns(queue: boolean): Column<Doctor>[] {
  const t = useTexts();
  const { clinic } = useDirectory();
  const clinics = ({ clinics }: Doctor) => clinics.map((id) => clinic(id)?.details.name ?? "").filter(Boolean).join(", ");
  const license = ({ license }: Doctor) => (license ? `${license.number} (${license.country})` : "");
  const name: Column<Doctor> = { id: "name", label: t("admin-field-name"), cell: (doctor) => <strong style={{ fontWeight: 600 }}>{doctor.name}</strong>, text: ({ name }) => name, sort: "name" };
  const email: Column<Doctor> = { id: "email", label: t("admin-field-email"), cell: ({ email }) => email, text: ({ email }) => email, hidden: true };
  const where: Column<Doctor> = { id: "clinics", label: t("admin-field-clinics"), cell: clinics, text: clinics };
  const licensed: Column<Doctor> = { id: "license", label: t("admin-field-license"), cell: license, text: license };
  if (queue) {
    const waiting: Column<Doctor> = { id: "waiting", label: t("admin-field-waiting"), cell: ({ submitted_at }) => submitted_at && age(submitted_at, t.language), text: ({ submitted_at }) => submitted_at ?? "" };
    const valid: Column<Doctor> = { id: "valid", label: t("admin-field-valid-until"), cell: ({ license }) => license && civil(license.valid_until, t.language), text: ({ license }) => license?.valid_until ?? "" };
    return [waiting, name, licensed, valid, where, email];
  }
  return [
    name,
    { id: "standing", label: t("admin-field-standing"), cell: ({ standing }) => <StateBadge of="standing" state={standing} />, text: ({ standing }) => t(`admin-standing-${standing}`), sort: "standing" },
    where,
    licensed,
    email,
    { id: "registered", label: t("admin-field-registered"), cell: ({ registered_at }) => date(registered_at, t.language), text: ({ registered_at }) => registered_at, sort: "registered_at" },
  ];
}
