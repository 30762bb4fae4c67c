/** The clinic's rules as sentences with numbers in them, and what they mean for one visit. */
import { NumberInput, Stack, Switch, Text } from "@mantine/core";
import { Section } from "@/components/Page";
import type { Policy } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { exampleOf } from "./policy-example";

interface Props {
  policy: Policy;
  zone: string;
  onChange: (changes: Partial<Policy>) => void;
  error: (name: string) => string | undefined;
}

export function PolicyForm({ policy, zone, onChange, error }: Props) {
  const t = useTexts();
  const minutes = (name: "no_show_after_min" | "answer_before_min" | "offer_hold_min") => (
    <NumberInput label={t(`admin-policy-${name.replaceAll("_", "-")}`)} suffix={` ${t("admin-minutes")}`} allowNegative={false} allowDecimal={false} value={policy[name]} error={error(name)} onChange={(value) => onChange({ [name]: Number(value) })} />
  );
  return (
    <Section title={t("admin-policy")}>
      <Stack gap="sm">
        <NumberInput label={t("admin-policy-notice-hours")} suffix={` ${t("admin-hours")}`} allowNegative={false} value={policy.cancel_notice_min / 60} error={error("cancel_notice_min")} onChange={(value) => onChange({ cancel_notice_min: Math.round(Number(value) * 60) })} />
        <Switch label={t("admin-policy-late-allowed")} checked={policy.late_cancel_allowed} onChange={(event) => onChange({ late_cancel_allowed: event.currentTarget.checked })} />
        {minutes("no_show_after_min")}
        {minutes("answer_before_min")}
        {minutes("offer_hold_min")}
        <div style={{ padding: "12px 14px", borderRadius: 8, background: "var(--accent-soft)" }}>
          <Text size="sm" fw={600} mb={4}>
            {t("admin-policy-example")}
          </Text>
          {exampleOf(policy, zone, t).map((sentence) => (
            <Text key={sentence} size="sm">
              {sentence}
            </Text>
          ))}
        </div>
      </Stack>
    </Section>
  );
}
