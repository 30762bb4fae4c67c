/** Who may sign in: staff and their roles, and everybody else's accounts. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ChoiceFilter, SearchField } from "@/components/filters";
import { Page } from "@/components/Page";
import { StateBadge } from "@/components/StateBadge";
import { DataTable, type Column } from "@/components/table/DataTable";
import { oneOf, useAddress } from "@/lib/address";
import { useBackend, useDirectory, useMay } from "@/lib/app";
import { date } from "@/lib/format";
import type { Account, AccountStatus, RoleFilter } from "@/lib/generated";
import { useOpenRow } from "@/lib/open-row";
import { useTexts } from "@/lib/texts";
import { ClearFilters } from "../doctors/Doctors";
import { AccountPanel } from "./AccountPanel";
import { AddStaff } from "./AddStaff";

const ROLES: RoleFilter[] = ["staff", "super_admin", "clinic_admin", "support_admin", "doctor", "patient"];
const STATUSES: AccountStatus[] = ["active", "disabled"];

export default function Staff() {
  const t = useTexts();
  const may = useMay();
  const backend = useBackend();
  const [address, setAddress] = useAddress();
  const question = { text: address.text, role: oneOf(address.role, ROLES) ?? ("staff" as const), status: oneOf(address.status, STATUSES) };
  const open = useOpenRow<Account>({
    idOf: ({ id }) => id,
    find: async (id) => (await backend.fetch("accounts", { text: address.of, limit: 100 })).items.find((account) => account.id === id),
  });
  const filter = { address, onChange: setAddress };
  const adding = address.add === "1" && may("manage_staff");
  const panel = adding ? <AddStaff onClose={() => setAddress({ add: undefined })} onAdded={({ id, name }) => setAddress({ add: undefined, open: id, of: name })} /> : open.row && <AccountPanel key={open.row.id} account={open.row} onClose={open.close} />;
  const add = may("manage_staff") && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAddress({ add: "1", open: undefined, of: undefined })}>
      {t("admin-staff-add")}
    </Button>
  );
  return (
    <Page title={t("admin-nav-staff")} actions={add} panel={panel}>
      <DataTable
        name="staff"
        label={t("admin-nav-staff")}
        columns={useColumns()}
        source={{ key: ["accounts", question], page: (cursor, limit) => backend.fetch("accounts", { ...question, cursor, limit }) }}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        openId={adding ? undefined : address.open}
        onOpen={(account) => {
          setAddress({ add: undefined });
          open.open(account, account.name);
        }}
        filters={
          <>
            <SearchField {...filter} label={t("admin-search-accounts")} />
            <ChoiceFilter {...filter} name="role" label={t("admin-field-role")} options={ROLES.map((value) => ({ value, label: t(`admin-role-${value.replaceAll("_", "-")}`) }))} />
            <ChoiceFilter {...filter} name="status" label={t("admin-field-status")} options={STATUSES.map((value) => ({ value, label: t(`admin-status-${value}`) }))} />
          </>
        }
        empty={{ title: t("admin-table-nothing-found"), action: <ClearFilters onClear={() => setAddress({ text: undefined, role: undefined, status: undefined })} /> }}
      />
    </Page>
  );
}

function useColumns(): Column<Account>[] {
  const t = useTexts();
  const { clinic } = useDirectory();
  const role = ({ role }: Account) => t(`admin-role-${role.name.replaceAll("_", "-")}`);
  const clinics = ({ role }: Account) => (role.name === "clinic_admin" ? role.clinics.map((id) => clinic(id)?.details.name ?? "").filter(Boolean).join(", ") : "");
  return [
    { id: "name", label: t("admin-field-name"), cell: ({ name }) => <strong style={{ fontWeight: 600 }}>{name}</strong>, text: ({ name }) => name },
    { id: "email", label: t("admin-field-email"), cell: ({ email }) => email, text: ({ email }) => email },
    { id: "role", label: t("admin-field-role"), cell: role, text: role },
    { id: "clinics", label: t("admin-field-clinics"), cell: clinics, text: clinics },
    { id: "status", label: t("admin-field-status"), cell: ({ status }) => <StateBadge of="status" state={status} />, text: ({ status }) => t(`admin-status-${status}`) },
    { id: "since", label: t("admin-field-since"), cell: ({ created_at }) => date(created_at, t.language), text: ({ created_at }) => created_at },
  ];
}
