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
}

export function PolicyForm({ policy, zone, onChange }: Props) {
  const t = useTexts();
  const minutes = (name: "no_show_after_min" | "answer_before_min" | "offer_hold_min", min: number, max: number) => (
    <NumberInput label={t(`admin-policy-${name.replaceAll("_", "-")}`)} suffix={` ${t("admin-minutes")}`} min={min} max={max} value={policy[name]} onChange={(value) => onChange({ [name]: Number(value) })} />
  );
  return (
    <Section title={t("admin-policy")}>
      <Stack gap="sm">
        <NumberInput label={t("admin-policy-notice-hours")} suffix={` ${t("admin-hours")}`} min={0} max={336} value={policy.cancel_notice_min / 60} onChange={(value) => onChange({ cancel_notice_min: Math.round(Number(value) * 60) })} />
        <Switch label={t("admin-policy-late-allowed")} checked={policy.late_cancel_allowed} onChange={(event) => onChange({ late_cancel_allowed: event.currentTarget.checked })} />
        {minutes("no_show_after_min", 5, 1_440)}
        {minutes("answer_before_min", 0, 1_440)}
        {minutes("offer_hold_min", 5, 2_880)}
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
