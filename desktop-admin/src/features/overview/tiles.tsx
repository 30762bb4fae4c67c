import { Link } from "@tanstack/react-router";
import { Sparkline } from "@/components/charts/Sparkline";
import { count, percent } from "@/lib/format";
import type { FiguresAnswer } from "@/lib/generated";
import { useTexts } from "@/lib/texts";
import { change, type Figure } from "./stretch";
import type { BoardProps } from "./Overview";
import styles from "./Overview.module.css";

/** A figure with its shape, how it changed, and its visits behind it. */
export function FigureTile({ figure, stretch, clinic }: { figure: Figure } & BoardProps) {
  const t = useTexts();
  const search = { ...stretch, clinic, state: figure.state };
  return (
    <Link to="/visits" search={search as never} className={styles.tile}>
      <span className={styles.tileName}>{t(`admin-figure-${figure.id}`)}</span>
      <span className={styles.tileRow}>
        <strong className={styles.tileValue}>{figure.value === null ? "–" : figure.isShare ? percent(figure.value, t.language) : count(figure.value, t.language)}</strong>
        <Sparkline values={figure.perDay} />
      </span>
      <Change figure={figure} />
    </Link>
  );
}

function Change({ figure }: { figure: Figure }) {
  const t = useTexts();
  const by = change(figure);
  if (by === null) return <span className={styles.tileChange}>{t("admin-figure-nothing-before")}</span>;
  const better = by === 0 || figure.good === "neither" ? "even" : by > 0 === (figure.good === "more") ? "better" : "worse";
  const arrow = by > 0 ? "↑" : by < 0 ? "↓" : "→";
  const key = figure.isShare ? "admin-figure-points" : "admin-figure-change";
  const size = figure.isShare ? count(Math.round(Math.abs(by) * 1000) / 10, t.language) : percent(Math.abs(by), t.language);
  return (
    <span className={styles.tileChange} data-tone={better}>
      {arrow} {t(key, { size })}
    </span>
  );
}

/** Something that waits for staff now, whatever the stretch. */
export function QueueTile({ id, value, to, search }: { id: "requests" | "queue"; value: number; to: string; search: Record<string, string | undefined> }) {
  const t = useTexts();
  return (
    <Link to={to} search={search as never} className={styles.tile} data-waiting={value > 0}>
      <span className={styles.tileName}>{t(`admin-figure-${id}`)}</span>
      <span className={styles.tileRow}>
        <strong className={styles.tileValue}>{count(value, t.language)}</strong>
      </span>
      <span className={styles.tileChange}>{t(value > 0 ? "admin-figure-waiting-now" : "admin-figure-all-done")}</span>
    </Link>
  );
}

export function AccountsTile({ answer }: { answer: FiguresAnswer }) {
  const t = useTexts();
  if (answer.accounts_by_role.length === 0) return null;
  return (
    <section className={styles.card}>
      <h2>{t("admin-overview-accounts")}</h2>
      <p className={styles.note}>{t("admin-overview-active-accounts", { n: answer.active_accounts })}</p>
      <table className={styles.small}>
        <thead>
          <tr>
            <th>{t("admin-field-role")}</th>
            <th data-numeric>{t("admin-status-active")}</th>
            <th data-numeric>{t("admin-status-disabled")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.accounts_by_role.map(({ role, active, disabled }) => (
            <tr key={role}>
              <td>
                <Link to="/staff" search={{ role } as never}>
                  {t(`admin-role-${role.replaceAll("_", "-")}`)}
                </Link>
              </td>
              <td data-numeric>{count(active, t.language)}</td>
              <td data-numeric>{count(disabled, t.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
