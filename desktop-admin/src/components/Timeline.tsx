/** What happened to something, and by whom, oldest first. */
import type { ReactNode } from "react";
import { dayAndClock } from "@/lib/format";
import { useTexts } from "@/lib/texts";
import styles from "./Timeline.module.css";

export interface TimelineMoment {
  at: string;
  what: ReactNode;
  by?: string;
  detail?: string | null;
}

export function Timeline({ moments }: { moments: TimelineMoment[] }) {
  const t = useTexts();
  return (
    <ol className={styles.timeline}>
      {moments.map((moment, index) => (
        <li key={index}>
          <div className={styles.what}>
            {moment.what}
            {moment.by && <span className={styles.by}>{moment.by}</span>}
          </div>
          {moment.detail && <div className={styles.detail}>{moment.detail}</div>}
          <time dateTime={moment.at}>{dayAndClock(moment.at, t.language)}</time>
        </li>
      ))}
    </ol>
  );
}
