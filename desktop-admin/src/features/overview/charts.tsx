import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { axis, bubble, Chart, grown, type Colours } from "@/components/charts/Chart";
import { useDirectory } from "@/lib/app";
import { addDays, civil, count, localeOf } from "@/lib/format";
import type { SpecialtyFigures } from "@/lib/generated";
import { useTexts, type Language } from "@/lib/texts";
import type { BoardProps } from "./Overview";
import styles from "./Overview.module.css";

const STATES = ["fulfilled", "booked", "requested", "cancelled", "noshow"] as const;

/** Visits per day by how they ended. A bar opens the visits of its day. */
export function OverTime({ answer, clinic }: BoardProps) {
  const t = useTexts();
  const navigate = useNavigate();
  const days = answer.per_day;
  const option = useCallback(
    (colour: Colours) => ({
      grid: { left: grown(36), right: 8, top: grown(32), bottom: grown(24) },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, itemGap: 16, textStyle: { color: colour("text-muted"), fontSize: grown(12) } },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, ...bubble(colour) },
      xAxis: { type: "category", data: days.map(({ date }) => shortDay(date, t.language)), ...axis(colour) },
      yAxis: { type: "value", minInterval: 1, ...axis(colour) },
      series: STATES.map((state, index) => ({
        type: "bar",
        stack: "visits",
        name: t(`admin-visit-${state}`),
        barMaxWidth: 22,
        cursor: "pointer",
        color: colour(`series-${index + 1}`),
        data: days.map(({ figures }) => figures[state]),
      })),
    }),
    [days, t.language],
  );
  const rows = days.map(({ date, figures }) => [civil(date, t.language), ...STATES.map((state) => figures[state])]);
  const open = (index: number, series: number) => {
    const { date } = days[index]!;
    void navigate({ to: "/visits", search: { from: date, until: date, clinic, state: STATES[series] } as never });
  };
  return (
    <section className={styles.card}>
      <h2>{t("admin-overview-over-time")}</h2>
      <Chart label={t("admin-overview-over-time")} height={248} option={option} onPick={open} table={{ head: [t("admin-field-date"), ...STATES.map((state) => t(`admin-visit-${state}`))], rows }} />
    </section>
  );
}

const shortDay = (date: string, language: Language) =>
  new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

const weekdayName = (weekday: number, language: Language) =>
  new Intl.DateTimeFormat(localeOf(language), { weekday: "short", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, weekday)));

/** Where the week is full. A field opens the visits of its latest such day. */
export function LoadMap({ answer, stretch, clinic, zone }: BoardProps) {
  const t = useTexts();
  const navigate = useNavigate();
  const hours = busyHours(answer.load);
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  const most = Math.max(1, ...answer.load.map(({ visits }) => visits));
  const option = useCallback(
    (colour: Colours) => ({
      grid: { left: grown(40), right: 4, top: 4, bottom: grown(24) },
      tooltip: { ...bubble(colour), formatter: ({ value }: { value: number[] }) => `${weekdayName(value[1]! + 1, t.language)} ${hours[value[0]!]}:00 · <b>${count(value[2]!, t.language)}</b>` },
      xAxis: { type: "category", data: hours.map(String), ...axis(colour), splitLine: { show: false } },
      yAxis: { type: "category", inverse: true, data: weekdays.map((weekday) => weekdayName(weekday, t.language)), ...axis(colour), splitLine: { show: false } },
      visualMap: { show: false, min: 0, max: most, inRange: { color: [colour("surface-sunken"), colour("series-2"), colour("series-1")] } },
      series: [
        {
          type: "heatmap",
          cursor: "pointer",
          itemStyle: { borderColor: colour("surface-raised"), borderWidth: 2, borderRadius: 4 },
          data: weekdays.flatMap((weekday) => hours.map((hour, column) => [column, weekday - 1, visitsAt(answer.load, weekday, hour)])),
        },
      ],
    }),
    [answer.load, t.language],
  );
  const open = (index: number) => {
    const weekday = Math.floor(index / hours.length) + 1;
    const date = latest(weekday, stretch.until);
    void navigate({ to: "/visits", search: { from: date, until: date, clinic } as never });
  };
  const rows = weekdays.map((weekday) => [weekdayName(weekday, t.language), ...hours.map((hour) => visitsAt(answer.load, weekday, hour))]);
  return (
    <section className={styles.card}>
      <h2>{t("admin-overview-load")}</h2>
      <p className={styles.note}>{t("admin-overview-load-note", { zone })}</p>
      <Chart label={t("admin-overview-load")} height={300} option={option} onPick={open} table={{ head: [t("admin-field-date"), ...hours.map((hour) => `${hour}:00`)], rows }} />
    </section>
  );
}

type Load = BoardProps["answer"]["load"];

const visitsAt = (load: Load, weekday: number, hour: number) => load.find((cell) => cell.weekday === weekday && cell.hour === hour)?.visits ?? 0;

/** The hours between the first and the last with a visit; an ordinary working day where there is none. */
export function busyHours(load: Load): number[] {
  const busy = load.filter(({ visits }) => visits > 0).map(({ hour }) => hour);
  const [first, last] = busy.length > 0 ? [Math.min(...busy), Math.max(...busy)] : [8, 18];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The last date with this ISO weekday, no later than `until`. */
export function latest(weekday: number, until: string): string {
  const of = (new Date(`${until}T00:00:00Z`).getUTCDay() + 6) % 7 + 1;
  return addDays(until, -((of - weekday + 7) % 7));
}

/** Visits by specialty; each opens the list of its doctors, and a doctor the visits. */
export function BySpecialty({ answer, stretch, clinic }: BoardProps) {
  const t = useTexts();
  const most = Math.max(1, ...answer.by_specialty.map(({ visits }) => visits));
  return (
    <section className={styles.card}>
      <h2>{t("admin-overview-by-specialty")}</h2>
      {answer.by_specialty.length === 0 && <p className={styles.note}>{t("admin-overview-no-visits")}</p>}
      <ul className={styles.bars}>
        {answer.by_specialty.slice(0, 8).map((line) => (
          <SpecialtyBar key={line.specialty} line={line} share={line.visits / most} search={{ ...stretch, clinic }} />
        ))}
      </ul>
    </section>
  );
}

function SpecialtyBar({ line, share, search }: { line: SpecialtyFigures; share: number; search: Record<string, string | undefined> }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { specialties, doctors } = useDirectory();
  const [shown, setShown] = useState(false);
  const specialty = specialties.find(({ id, name }) => id === line.specialty || name.en === line.specialty);
  const its = doctors.filter(({ details }) => specialty && (details.specialties as string[]).includes(specialty.id));
  return (
    <li>
      <Menu opened={shown} onChange={setShown} position="bottom-start" withinPortal>
        <Menu.Target>
          <button type="button" className={styles.bar} disabled={its.length === 0}>
            <span className={styles.barName}>{specialty?.name[t.language] ?? line.specialty}</span>
            <span className={styles.barTrack}>
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <span className={styles.barValue}>{count(line.visits, t.language)}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown mah={280} style={{ overflow: "auto" }}>
          <Menu.Label>{t("admin-overview-visits-of")}</Menu.Label>
          {its.map((doctor) => (
            <Menu.Item key={doctor.id} onClick={() => void navigate({ to: "/visits", search: { ...search, doctor: doctor.id } as never })}>
              {doctor.details.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
