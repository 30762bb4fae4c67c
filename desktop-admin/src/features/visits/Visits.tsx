/** Every visit, by clinic, doctor, state and date. */
import { Button, Group } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { ChoiceFilter, ClinicFilter, DateFilter, DoctorFilter, SearchField } from "@/components/filters";
import { Page } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { dateOf, oneOf, useAddress, type Address } from "@/lib/address";
import { useBackend, useDirectory } from "@/lib/app";
import { money, ownZone, spanOf } from "@/lib/format";
import type { AppointmentLine, Appointments, State } from "@/lib/generated";
import { useOpenRow } from "@/lib/open-row";
import { useTexts } from "@/lib/texts";
import { ClearFilters } from "../doctors/Doctors";
import { VisitPanel } from "./VisitPanel";
import { When } from "./When";

export const STATES: State[] = ["held", "requested", "booked", "arrived", "in_progress", "fulfilled", "declined", "expired", "cancelled", "noshow"];
const SORTS = ["start", "state", "doctor", "clinic"] as const;

/** The question that an address asks. Days are of `zone`. */
export function questionOf(address: Address, zone: string): Appointments {
  return {
    text: address.text,
    clinic_id: address.clinic,
    doctor_id: address.doctor,
    patient_id: address.patient,
    state: oneOf(address.state, STATES),
    ...spanOf(dateOf(address.from), dateOf(address.until), zone),
    sort: oneOf(address.sort, SORTS) ?? "start",
    // The newest first, until somebody turns it around.
    descending: address.descending !== "0",
  };
}

export default function Visits() {
  const t = useTexts();
  const backend = useBackend();
  const { clinic } = useDirectory();
  const [address, setAddress] = useAddress();
  const zone = clinic(address.clinic)?.details.zone ?? ownZone();
  const question = useMemo(() => questionOf(address, zone), [address, zone]);
  const open = useOpenRow<AppointmentLine>({
    idOf: ({ appointment }) => appointment.id,
    find: async (id) => {
      const page = await backend.fetch("appointments", { patient_id: address.of, sort: "start", descending: true, limit: 100 });
      return page.items.find(({ appointment }) => appointment.id === id);
    },
  });
  const filter = { address, onChange: setAddress };
  return (
    <Page title={t("admin-nav-visits")} panel={open.row && <VisitPanel line={open.row} onClose={open.close} />}>
      <DataTable
        name="visits"
        label={t("admin-nav-visits")}
        columns={useColumns()}
        source={{ key: ["visits", question], page: (cursor, limit) => backend.fetch("appointments", { ...question, cursor, limit }), everyMs: 10_000 }}
        rowId={({ appointment }) => appointment.id}
        rowLabel={({ patient_name }) => patient_name}
        openId={address.open}
        onOpen={(line) => open.open(line, line.appointment.patient_id)}
        sorting={{ sort: question.sort ?? undefined, descending: question.descending ?? undefined }}
        onSort={({ sort, descending }) => setAddress({ sort, descending: descending ? undefined : "0" })}
        filters={
          <>
            <SearchField {...filter} label={t("admin-search-visits")} />
            <ClinicFilter {...filter} />
            <DoctorFilter {...filter} />
            <ChoiceFilter {...filter} name="state" label={t("admin-field-state")} options={STATES.map((value) => ({ value, label: t(`admin-visit-${value.replaceAll("_", "-")}`) }))} />
            <Group gap="xs" wrap="nowrap">
              <DateFilter {...filter} name="from" label={t("admin-filter-from")} />
              <DateFilter {...filter} name="until" label={t("admin-filter-until")} />
            </Group>
            {address.patient && (
              <Button variant="light" rightSection={<IconX size={14} />} onClick={() => setAddress({ patient: undefined })}>
                {t("admin-filter-one-patient")}
              </Button>
            )}
          </>
        }
        empty={{
          title: t("admin-visits-empty"),
          text: t("admin-visits-empty-text"),
          action: <ClearFilters onClear={() => setAddress({ text: undefined, clinic: undefined, doctor: undefined, patient: undefined, state: undefined, from: undefined, until: undefined })} />,
        }}
      />
    </Page>
  );
}

function useColumns(): Column<AppointmentLine>[] {
  const t = useTexts();
  return [
    { id: "start", label: t("admin-field-when"), cell: ({ appointment }) => <When start={appointment.start} zone={appointment.zone} />, text: ({ appointment }) => appointment.start, sort: "start" },
    { id: "state", label: t("admin-field-state"), cell: ({ appointment }) => <StateBadge of="visit" state={appointment.state} />, text: ({ appointment }) => t(`admin-visit-${appointment.state.replaceAll("_", "-")}`), sort: "state" },
    { id: "patient", label: t("admin-field-patient"), cell: ({ patient_name }) => <strong style={{ fontWeight: 600 }}>{patient_name}</strong>, text: ({ patient_name }) => patient_name },
    { id: "doctor", label: t("admin-field-doctor"), cell: ({ appointment }) => appointment.names.doctor, text: ({ appointment }) => appointment.names.doctor, sort: "doctor" },
    { id: "type", label: t("admin-field-visit-type"), cell: ({ appointment }) => appointment.names.visit_type[t.language], text: ({ appointment }) => appointment.names.visit_type[t.language] },
    { id: "clinic", label: t("admin-field-clinic"), cell: ({ appointment }) => appointment.names.clinic, text: ({ appointment }) => appointment.names.clinic, sort: "clinic" },
    { id: "price", label: t("admin-field-price"), cell: ({ appointment }) => money(appointment.price, t.language), text: ({ appointment }) => money(appointment.price, "en"), numeric: true, hidden: true },
    { id: "origin", label: t("admin-field-origin"), cell: ({ appointment }) => t(`admin-origin-${appointment.origin.from.replaceAll("_", "-")}`), text: ({ appointment }) => t(`admin-origin-${appointment.origin.from.replaceAll("_", "-")}`), hidden: true },
  ];
}
