/** Who did what, as it happens. */
import { Skeleton } from "@mantine/core";
import { Failure } from "@/components/Failure";
import { past, useSubject, wordsOf } from "@/lib/activity";
import { useFetch } from "@/lib/app";
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
        {activity.data?.items.map((line) => (
          <Line key={line.number} line={line} />
        ))}
      </ol>
    </section>
  );
}

function Line({ line }: { line: ActivityLine }) {
  const t = useTexts();
  const subject = useSubject()(line.subject);
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
