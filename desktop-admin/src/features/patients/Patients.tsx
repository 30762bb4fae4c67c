/** Patients' administrative files. Nothing medical is here, and nothing medical can be reached from here. */
import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { ChoiceFilter, ClinicFilter, SearchField } from "@/components/filters";
import { Page } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { oneOf, useAddress } from "@/lib/address";
import { useBackend, useDirectory, useMay } from "@/lib/app";
import { civil, date } from "@/lib/format";
import type { Patient, PatientStatus } from "@/lib/generated";
import { useOpenRow } from "@/lib/open-row";
import { useTexts } from "@/lib/texts";
import { ClearFilters } from "../doctors/Doctors";
import { PatientPanel } from "./PatientPanel";

const STATUSES: PatientStatus[] = ["active", "deactivated", "merged"];

export default function Patients() {
  const t = useTexts();
  const may = useMay();
  const backend = useBackend();
  const [address, setAddress] = useAddress();
  const question = { text: address.text, clinic_id: address.clinic, status: oneOf(address.status, STATUSES) };
  const open = useOpenRow<Patient>({
    idOf: ({ id }) => id,
    find: async (id) => (await backend.fetch("patients", { text: address.of, limit: 100 })).items.find((patient) => patient.id === id),
  });
  const filter = { address, onChange: setAddress };
  const register = may("front_desk") && (
    <Button component={Link} to="/front-desk" leftSection={<IconUserPlus size={16} />}>
      {t("admin-desk-register")}
    </Button>
  );
  return (
    <Page title={t("admin-nav-patients")} actions={register} panel={open.row && <PatientPanel key={open.row.id} patient={open.row} onClose={open.close} />}>
      <DataTable
        name="patients"
        label={t("admin-nav-patients")}
        columns={useColumns()}
        source={{ key: ["patients", question], page: (cursor, limit) => backend.fetch("patients", { ...question, cursor, limit }) }}
        rowId={({ id }) => id}
        rowLabel={({ profile }) => profile.name}
        openId={address.open}
        onOpen={(patient) => open.open(patient, patient.profile.name)}
        filters={
          <>
            <SearchField {...filter} label={t("admin-search-patients")} />
            <ClinicFilter {...filter} />
            <ChoiceFilter {...filter} name="status" label={t("admin-field-status")} options={STATUSES.map((value) => ({ value, label: t(`admin-status-${value}`) }))} />
          </>
        }
        empty={{ title: t("admin-patients-empty"), text: t("admin-patients-empty-text"), action: <ClearFilters onClear={() => setAddress({ text: undefined, clinic: undefined, status: undefined })} /> }}
      />
    </Page>
  );
}

function useColumns(): Column<Patient>[] {
  const t = useTexts();
  const { clinic } = useDirectory();
  const clinics = ({ clinics }: Patient) => clinics.map((id) => clinic(id)?.details.name ?? "").filter(Boolean).join(", ");
  return [
    { id: "name", label: t("admin-field-name"), cell: ({ profile }) => <strong style={{ fontWeight: 600 }}>{profile.name}</strong>, text: ({ profile }) => profile.name },
    { id: "born", label: t("admin-field-birth-date"), cell: ({ profile }) => profile.birth_date && civil(profile.birth_date, t.language), text: ({ profile }) => profile.birth_date ?? "" },
    { id: "phone", label: t("admin-field-phone"), cell: ({ profile }) => profile.phone, text: ({ profile }) => profile.phone ?? "" },
    { id: "email", label: t("admin-field-email"), cell: ({ profile }) => profile.email, text: ({ profile }) => profile.email ?? "" },
    { id: "clinics", label: t("admin-field-clinics"), cell: clinics, text: clinics },
    { id: "status", label: t("admin-field-status"), cell: ({ status }) => <StateBadge of="status" state={status} />, text: ({ status }) => t(`admin-status-${status}`) },
    { id: "registered", label: t("admin-field-registered"), cell: ({ registered_at }) => date(registered_at, t.language), text: ({ registered_at }) => registered_at, hidden: true },
  ];
}
