/** How one's own account is protected: the address, the second step of signing in, recovery codes. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { ReasonDialog } from "@/components/ReasonDialog";
import { useBackend } from "@/lib/app";
import { useTexts } from "@/lib/texts";
import { Authenticator } from "./Authenticator";
import { RecoveryCodes } from "./RecoveryCodes";

export function Security() {
  const t = useTexts();
  const backend = useBackend();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ["security"], queryFn: () => backend.protect("security", {}) });
  const [settingUp, setSettingUp] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const told = (codes: string[]) => {
    setCodes(codes);
    setSettingUp(false);
    void queries.invalidateQueries({ queryKey: ["security"] });
  };
  return (
    <Section order={2} title={t("account-second-step")} aside={data && <Text size="sm" fw={600} c={data.totp ? "var(--positive)" : "dimmed"}>{t(data.totp ? "account-second-on" : "account-second-off")}</Text>}>
      <Stack gap="sm" maw={460}>
        <Failure failure={error} onRetry={() => void refetch()} />
        {data && !data.totp && !settingUp && (
          <>
            <Text size="sm" c="dimmed">
              {t("account-second-why")}
            </Text>
            <Button variant="default" style={{ alignSelf: "start" }} onClick={() => setSettingUp(true)}>
              {t("account-authenticator-set-up")}
            </Button>
          </>
        )}
        {settingUp && <Authenticator onCodes={told} />}
        {data?.totp && <InForce left={data.recovery_codes_left} demanded={data.second_factor_demanded} onCodes={told} />}
        {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
      </Stack>
    </Section>
  );
}

/** The fewest recovery codes before one should make new ones. */
const FEW = 3;

function InForce({ left, demanded, onCodes }: { left: number; demanded: boolean; onCodes: (codes: string[]) => void }) {
  const t = useTexts();
  const backend = useBackend();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"renew" | "off" | null>(null);
  const act = useMutation({
    mutationFn: async (what: "renew" | "off") => (what === "renew" ? (await backend.protect("renew_recovery_codes", {})).codes : (await backend.protect("turn_off_totp", {}), null)),
    gcTime: 0,
  });
  const confirmed = async (what: "renew" | "off") => {
    const done = await act.mutateAsync(what).catch(() => undefined);
    if (done === undefined) return false;
    if (done) onCodes(done);
    else notifications.show({ message: t("account-second-turned-off"), withCloseButton: false });
    void queries.invalidateQueries({ queryKey: ["security"] });
    return true;
  };
  const question = { renew: "account-recovery-renew", off: "account-second-turn-off" };
  return (
    <>
      <Text size="sm" c={left < FEW ? "var(--critical)" : "dimmed"}>
        {t("account-recovery-left", { n: left })}
        {left < FEW && ` · ${t("account-recovery-few")}`}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => setAsking("renew")}>
          {t("account-recovery-renew")}
        </Button>
        {!demanded && (
          <Button variant="default" c="var(--critical)" onClick={() => setAsking("off")}>
            {t("account-second-turn-off")}
          </Button>
        )}
      </Group>
      {demanded && (
        <Text size="xs" c="dimmed">
          {t("admin-second-factor-stays")}
        </Text>
      )}
      {asking && (
        <ReasonDialog
          title={t(`${question[asking]}-question`)}
          text={t(`${question[asking]}-text`)}
          action={t(question[asking])}
          danger={asking === "off"}
          choices={null}
          command={{ busy: act.isPending, failure: act.error, clear: act.reset }}
          onClose={() => setAsking(null)}
          onConfirm={() => confirmed(asking)}
        />
      )}
    </>
  );
}
