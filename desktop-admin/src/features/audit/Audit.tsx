/** The audit: who did, tried and looked at what, and whether all of it is as it was written. For those who run the installation. */
import { ChoiceFilter, DateFilter } from "@/components/filters";
import { Page } from "@/components/Page";
import { DataTable, type Column } from "@/components/table/DataTable";
import { past, useSubject, wordsOf } from "@/lib/activity";
import { oneOf, useAddress } from "@/lib/address";
import { useBackend } from "@/lib/app";
import { dayAndClock, ownZone, spanOf } from "@/lib/format";
import type { ActivityLine, ActivityOutcome } from "@/lib/generated";
import { useOpenRow } from "@/lib/open-row";
import { useTexts } from "@/lib/texts";
import { ClearFilters } from "../doctors/Doctors";
import { CheckAudit } from "./Check";
import { LinePanel } from "./LinePanel";

const OUTCOMES: ActivityOutcome[] = ["accepted", "refused"];
/** The areas of commands, by the first word of their names. */
const AREAS = ["auth", "read", "gate", "accounts", "appointments", "consultations", "directory", "profiles", "scheduling", "vaults", "history"] as const;

export default function Audit() {
  const t = useTexts();
  const backend = useBackend();
  const [address, setAddress] = useAddress();
  const question = {
    everything: true,
    command: oneOf(address.area, AREAS),
    outcome: oneOf(address.outcome, OUTCOMES),
    actor_id: address.actor,
    subject_id: address.about,
    ...spanOf(address.from, address.until, ownZone()),
  };
  const open = useOpenRow<ActivityLine>({ idOf: ({ number }) => String(number), find: async (id) => (await backend.fetch("activity", { everything: true, cursor: String(Number(id) + 1), limit: 1 })).items[0] });
  const filter = { address, onChange: setAddress };
  return (
    <Page title={t("admin-nav-audit")} panel={open.row && <LinePanel line={open.row} onClose={open.close} onNarrow={setAddress} />}>
      <CheckAudit />
      <DataTable
        name="audit"
        label={t("admin-nav-audit")}
        columns={useColumns()}
        source={{ key: ["audit", question], page: (cursor, limit) => backend.fetch("activity", { ...question, cursor, limit }) }}
        rowId={({ number }) => String(number)}
        rowLabel={(line) => `${wordsOf(line, t).who} ${wordsOf(line, t).what}`}
        openId={address.open}
        onOpen={(line) => open.open(line, String(line.number))}
        filters={
          <>
            <ChoiceFilter {...filter} name="area" width="11rem" label={t("admin-audit-area")} options={AREAS.map((value) => ({ value, label: t(`admin-audit-area-${value}`) }))} />
            <ChoiceFilter {...filter} name="outcome" width="9rem" label={t("admin-audit-outcome")} options={OUTCOMES.map((value) => ({ value, label: t(`admin-audit-outcome-${value}`) }))} />
            <DateFilter {...filter} name="from" label={t("admin-filter-from")} />
            <DateFilter {...filter} name="until" label={t("admin-filter-until")} />
            {(address.actor || address.about) && <ClearFilters onClear={() => setAddress({ actor: undefined, about: undefined })} />}
          </>
        }
        empty={{ title: t("admin-table-nothing-found"), action: <ClearFilters onClear={() => setAddress({ area: undefined, outcome: undefined, from: undefined, until: undefined, actor: undefined, about: undefined })} /> }}
      />
    </Page>
  );
}

function useColumns(): Column<ActivityLine>[] {
  const t = useTexts();
  const subject = useSubject();
  const words = (line: ActivityLine) => wordsOf(line, t);
  const outcome = (line: ActivityLine) => words(line).why ?? t("admin-audit-outcome-accepted");
  return [
    { id: "at", label: t("admin-audit-at"), cell: ({ at }) => dayAndClock(past(at), t.language), text: ({ at }) => at },
    { id: "who", label: t("admin-audit-who"), cell: (line) => <strong style={{ fontWeight: 600 }}>{words(line).who}</strong>, text: (line) => words(line).who },
    { id: "what", label: t("admin-audit-what"), cell: (line) => words(line).what, text: (line) => line.command },
    { id: "about", label: t("admin-audit-about"), cell: (line) => subject(line.subject), text: (line) => line.subject ?? "" },
    { id: "outcome", label: t("admin-audit-outcome"), cell: outcome, text: ({ outcome }) => outcome },
    { id: "number", label: t("admin-audit-number"), cell: ({ number }) => number, text: ({ number }) => number, numeric: true, hidden: true },
  ];
}
