/** Consultation requests: people who ask a clinic without choosing a time. */
import { ChoiceFilter, ClinicFilter, DoctorFilter, SearchField } from "@/components/filters";
import { Page } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { oneOf, useAddress } from "@/lib/address";
import { useBackend, useDirectory, useMay } from "@/lib/app";
import { age } from "@/lib/format";
import type { ConsultationLine, ConsultationState, Urgency } from "@/lib/generated";
import { useOpenRow } from "@/lib/open-row";
import { useTexts } from "@/lib/texts";
import { ClearFilters } from "../doctors/Doctors";
import { BulkAssign } from "./BulkAssign";
import { RequestPanel } from "./RequestPanel";

const STATES: ConsultationState[] = ["new", "triaged", "offered", "accepted", "declined", "withdrawn", "expired"];
const URGENCIES: Urgency[] = ["routine", "soon", "urgent"];

export const isOpenRequest = (state: ConsultationState) => state === "new" || state === "triaged" || state === "offered";

export default function Requests() {
  const t = useTexts();
  const backend = useBackend();
  const may = useMay();
  const [address, setAddress] = useAddress();
  const question = {
    text: address.text,
    clinic_id: address.clinic,
    doctor_id: address.doctor,
    state: oneOf(address.state, STATES),
    urgency: oneOf(address.urgency, URGENCIES),
    descending: true,
  };
  const open = useOpenRow<ConsultationLine>({
    idOf: ({ consultation }) => consultation.id,
    find: (id) => backend.fetch("one_consultation", { consultation_id: id }),
  });
  const filter = { address, onChange: setAddress };
  return (
    <Page title={t("admin-nav-requests")} panel={open.row && <RequestPanel line={open.row} onClose={open.close} />}>
      <DataTable
        name="requests"
        label={t("admin-nav-requests")}
        columns={useColumns()}
        source={{ key: ["requests", question], page: (cursor, limit) => backend.fetch("consultations", { ...question, cursor, limit }), everyMs: 10_000 }}
        rowId={({ consultation }) => consultation.id}
        rowLabel={({ patient_name }) => patient_name}
        openId={address.open}
        onOpen={(line) => open.open(line, line.patient_name)}
        bulk={may("run_visits") ? (lines, clear) => <BulkAssign lines={lines} onDone={clear} /> : undefined}
        filters={
          <>
            <SearchField {...filter} label={t("admin-search-requests")} />
            <ClinicFilter {...filter} />
            <DoctorFilter {...filter} />
            <ChoiceFilter {...filter} name="state" label={t("admin-field-state")} options={STATES.map((value) => ({ value, label: t(`admin-request-${value}`) }))} />
            <ChoiceFilter {...filter} name="urgency" label={t("admin-field-urgency")} options={URGENCIES.map((value) => ({ value, label: t(`admin-urgency-${value}`) }))} />
          </>
        }
        empty={{
          title: t("admin-requests-empty"),
          text: t("admin-requests-empty-text"),
          action: <ClearFilters onClear={() => setAddress({ text: undefined, clinic: undefined, doctor: undefined, state: undefined, urgency: undefined })} />,
        }}
      />
    </Page>
  );
}

function useColumns(): Column<ConsultationLine>[] {
  const t = useTexts();
  const { clinic } = useDirectory();
  const where = ({ consultation }: ConsultationLine) => clinic(consultation.clinic_id)?.details.name ?? "";
  const about = ({ consultation }: ConsultationLine) => t(`admin-about-${consultation.wish.about.replaceAll("_", "-")}`);
  return [
    { id: "age", label: t("admin-field-opened"), cell: ({ consultation }) => age(consultation.opened_at, t.language), text: ({ consultation }) => consultation.opened_at },
    { id: "urgency", label: t("admin-field-urgency"), cell: ({ consultation }) => <StateBadge of="urgency" state={consultation.wish.urgency} />, text: ({ consultation }) => t(`admin-urgency-${consultation.wish.urgency}`) },
    { id: "state", label: t("admin-field-state"), cell: ({ consultation }) => <StateBadge of="request" state={consultation.state} />, text: ({ consultation }) => t(`admin-request-${consultation.state}`) },
    { id: "patient", label: t("admin-field-patient"), cell: ({ patient_name }) => <strong style={{ fontWeight: 600 }}>{patient_name}</strong>, text: ({ patient_name }) => patient_name },
    { id: "about", label: t("admin-field-about"), cell: about, text: about },
    { id: "doctor", label: t("admin-field-assigned"), cell: ({ doctor_name }) => doctor_name ?? "–", text: ({ doctor_name }) => doctor_name ?? "" },
    { id: "clinic", label: t("admin-field-clinic"), cell: where, text: where },
  ];
}
