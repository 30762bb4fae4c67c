/** A state in a word and a colour; the word alone is enough. */
import { useTexts } from "@/lib/texts";
import styles from "./StateBadge.module.css";

type Tone = "quiet" | "accent" | "positive" | "caution" | "critical" | "info";

const TONES: Record<string, Tone> = {
  held: "quiet", requested: "caution", booked: "accent", arrived: "info", in_progress: "info", fulfilled: "positive",
  declined: "quiet", expired: "quiet", cancelled: "critical", noshow: "critical",
  new: "caution", triaged: "info", offered: "accent", accepted: "positive", withdrawn: "quiet",
  registered: "quiet", submitted: "caution", verified: "positive", rejected: "critical", suspended: "critical", removed: "quiet",
  active: "positive", disabled: "critical", deactivated: "critical", merged: "quiet", inactive: "quiet",
  routine: "quiet", soon: "caution", urgent: "critical",
};

/** `of` names the family the state belongs to, and with it the text's key. */
export function StateBadge({ of, state }: { of: "visit" | "request" | "standing" | "status" | "urgency"; state: string }) {
  const t = useTexts();
  return (
    <span className={styles.badge} data-tone={TONES[state] ?? "quiet"}>
      {t(`admin-${of}-${state.replaceAll("_", "-")}`)}
    </span>
  );
}
