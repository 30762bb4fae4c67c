/** Who did what, as it happens. */
import { Skeleton } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { useDirectory, useFetch } from "@/lib/app";
import { relative } from "@/lib/format";
import type { ActivityLine } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
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

function Line({ line }: { line: ActivityLine }) {
  const t = useTexts();
  const subject = useSubject(line.subject);
  const what = t.find(`admin-did-${line.command.replace(/[._]/g, "-")}`) ?? line.command;
  const accepted = line.outcome === "accepted";
  return (
    <li data-refused={!accepted}>
      <span>
        <strong>{line.actor_name ?? t("admin-actor-system")}</strong> {what}
        {subject && <span className={styles.subject}> · {subject}</span>}
        {!accepted && <em> {t("admin-activity-refused", { why: t.find(`refusal-${line.outcome.replaceAll("_", "-")}-title`) ?? line.outcome })}</em>}
      </span>
      <time dateTime={line.at}>{relative(past(line.at), t.language)}</time>
    </li>
  );
}
