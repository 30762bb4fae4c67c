/** One account: its role, and whether it may sign in. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Facts, Panel, Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { StateBadge } from "@/components/StateBadge";
import { useAccount, useCommand, useDirectory, useMay } from "@/lib/app";
import { date } from "@/lib/format";
import type { Account } from "@/lib/generated";
import { isStaff } from "@/lib/rights";
import { useTexts } from "@/lib/texts";
import { ResetSecondFactor } from "../protection/ResetSecondFactor";
import { FirstPasswordDialog, useFirstPassword } from "./first-password";
import { choiceOf, lacksClinic, RoleFields, roleOf } from "./RoleFields";

export function AccountPanel({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTexts();
  const may = useMay();
  const own = useAccount().id === account.id;
  const { clinic } = useDirectory();
  const mayClose = !own && (isStaff(account) ? may("manage_staff") : may("close_accounts"));
  return (
    <Panel
      title={account.name}
      badge={<StateBadge of="status" state={account.status} />}
      subtitle={account.email}
      onClose={onClose}
      footer={mayClose && <Access account={account} />}
    >
      <Facts
        facts={[
          [t("admin-field-role"), t(`admin-role-${account.role.name.replaceAll("_", "-")}`)],
          [t("admin-field-clinics"), account.role.name === "clinic_admin" && account.role.clinics.map((id) => clinic(id)?.details.name).filter(Boolean).join(", ")],
          [t("admin-field-language"), new Intl.DisplayNames([t.language], { type: "language" }).of(account.language)],
          [t("admin-field-since"), date(account.created_at, t.language)],
        ]}
      />
      {own && (
        <Text size="sm" c="dimmed">
          {t("admin-staff-own-account")}
        </Text>
      )}
      {isStaff(account) && !own && may("manage_staff") && <ChangeRole key={JSON.stringify(account.role)} account={account} />}
      {isStaff(account) && !own && may("manage_staff") && account.status === "active" && <NewPassword account={account} />}
      {mayClose && account.status === "active" && <ResetSecondFactor name={account.name} reset={(backend, identified) => backend.protect("reset_second_factor", { account_id: account.id, identified })} />}
    </Panel>
  );
}

function ChangeRole({ account }: { account: Account }) {
  const t = useTexts();
  const command = useCommand();
  const [choice, setChoice] = useState(choiceOf(account.role));
  const same = JSON.stringify(choice) === JSON.stringify(choiceOf(account.role));
  return (
    <Section title={t("admin-staff-change-role")}>
      <Failure failure={command.failure} />
      <RoleFields choice={choice} onChange={setChoice} error={lacksClinic(choice) ? t("admin-staff-needs-clinic") : undefined} />
      <Button mt="sm" variant="default" disabled={same || lacksClinic(choice)} loading={command.busy} onClick={() => void command.run("accounts.change_role", { account_id: account.id, role: roleOf(choice) }, t("admin-staff-role-changed", { name: account.name }))}>
        {t("admin-staff-change-role")}
      </Button>
    </Section>
  );
}

/** For one who lost theirs. */
function NewPassword({ account }: { account: Account }) {
  const t = useTexts();
  const first = useFirstPassword();
  const [asking, setAsking] = useState(false);
  const { name } = account;
  return (
    <Section title={t("admin-first-password-lost-title")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("admin-first-password-lost-text", { name })}
      </Text>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("admin-first-password-new")}
      </Button>
      {asking && !first.told && (
        <ReasonDialog
          title={t("admin-first-password-new-title", { name })}
          text={t("admin-first-password-new-text", { name })}
          action={t("admin-first-password-new")}
          choices={null}
          command={first}
          onClose={() => setAsking(false)}
          onConfirm={() => first.ask((backend) => backend.newStaffPassword(account.id))}
        />
      )}
      {first.told && <FirstPasswordDialog told={first.told} onDone={first.clear} />}
    </Section>
  );
}

function Access({ account }: { account: Account }) {
  const t = useTexts();
  const command = useCommand();
  const [asking, setAsking] = useState(false);
  const action = account.status === "active" ? "disable" : "enable";
  return (
    <div style={{ textAlign: "end" }}>
      <Button variant="default" c={action === "disable" ? "var(--critical)" : undefined} onClick={() => setAsking(true)}>
        {t(`admin-account-${action}`)}
      </Button>
      {asking && (
        <ReasonDialog
          title={t(`admin-account-${action}-title`, { name: account.name })}
          text={t(`admin-account-${action}-text`)}
          action={t(`admin-account-${action}`)}
          danger={action === "disable"}
          command={command}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => command.run("accounts.set_active", { account_id: account.id, active: action === "enable", reason }, t(`admin-account-did-${action}`, { name: account.name }))}
        />
      )}
    </div>
  );
}
