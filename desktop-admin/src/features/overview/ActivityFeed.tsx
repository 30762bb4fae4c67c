/** Who did what, as it happens. */
import { Skeleton } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { useDirectory, useFetch } from "@/lib/app";
import { relative } from "@/lib/format";
import type { ActivityLine } from "@/lib/generated";
import { didWhat, hyphened, useTexts, type Texts } from "@/lib/texts";
import styles from "./Overview.module.css";

export function ActivityFeed() {
  const t = useTexts();
  const activity = useFetch("activity", { limit: 30 }, 4_000);
  return (
    <section className={styles.card} data-tall>
      <h2>{t("admin-overview-activity")}</h2>
      {activity.isPending && Array.from({ length: 8 }, (_, index) => <Skeleton key={index} height={14} mb={14} />)}
      {activity.error && <Failure failure={activity.error} onRetry={() => void activity.refetch()} />}
      {activity.data?.items.length === 0 && <p className={styles.note}>{t("admin-overview-no-activity")}</p>}
      <ol className={styles.feed} tabIndex={0} aria-label={t("admin-overview-activity")}>
        {activity.data?.items.map((line, index) => (
          <Line key={`${line.at}-${index}`} line={line} />
        ))}
      </ol>
    </section>
  );
}

/** The server names a subject by its kind and id; what the directory knows is shown by its name. */
function useSubject(subject: string | null | undefined): string | undefined {
  const { doctor, clinic, roles } = useDirectory();
  const [kind, id] = subject?.split(":") ?? [];
  if (kind === "clinic") return clinic(id)?.details.name;
  const role = kind === "practitioner_role" || kind === "schedule" ? roles.find((role) => role.id === id) : undefined;
  return doctor(role?.doctor_id ?? id)?.details.name;
}

/** The server's clock may be a little ahead of this one; what happened is never still to come. */
const past = (at: string) => (Date.parse(at) > Date.now() ? new Date().toISOString() : at);

/** Who did what, and why it was refused if it was. Only at signing in does somebody act whom the server does not know. */
export function wordsOf({ actor_name, command, outcome }: ActivityLine, t: Texts): { who: string; what: string; why: string | null } {
  const name = hyphened(command);
  const nobody = command.startsWith("auth.") ? "admin-actor-nobody" : "admin-actor-system";
  const accepted = outcome === "accepted";
  const tried = accepted ? null : t.find(`admin-tried-${name}`);
  const why = t.find(`refusal-${hyphened(outcome)}-title`) ?? t.find(`admin-outcome-${hyphened(outcome)}`) ?? outcome;
  return { who: actor_name ?? t(nobody), what: tried ?? didWhat(command, t), why: accepted ? null : why };
}

function Line({ line }: { line: ActivityLine }) {
  const t = useTexts();
  const subject = useSubject(line.subject);
  const { who, what, why } = wordsOf(line, t);
  return (
    <li data-refused={why !== null}>
      <span>
        <strong>{who}</strong> {what}
        {subject && <span className={styles.subject}> · {subject}</span>}
        {why !== null && <em> {t("admin-activity-refused", { why })}</em>}
      </span>
      <time dateTime={line.at}>{relative(past(line.at), t.language)}</time>
    </li>
  );
}
