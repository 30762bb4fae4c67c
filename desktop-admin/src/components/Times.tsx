/** The free times of a doctor's role, a week at a time, as buttons by day; and why another time is not free. */
import { Button, Group, Skeleton, Text, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { Failure } from "./Failure";
import { useFetch } from "@/lib/app";
import { addDays, cityOf, civil, clock, dateIn, dayAndClock, instantOf, ownZone } from "@/lib/format";
import { useTexts, type Texts } from "@/lib/texts";
import styles from "./Times.module.css";

interface Props {
  roleId: string;
  visitTypeId: string;
  /** The clinic's zone: times are the clinic's. */
  zone: string;
  chosen: string | null;
  onChoose: (start: string) => void;
  /** The first day to show; today where left out. */
  from?: string;
}

export function Times({ roleId, visitTypeId, zone, chosen, onChoose, from }: Props) {
  const t = useTexts();
  const [first, setFirst] = useState(from ?? dateIn(new Date(), zone));
  useEffect(() => setFirst(from ?? dateIn(new Date(), zone)), [roleId, from, zone]);
  const until = addDays(first, 7);
  const at = (date: string) => instantOf(`${date}T00:00:00`, zone).toISOString();
  const { data, isPending, error, refetch } = useFetch("slots", { role_id: roleId, visit_type_id: visitTypeId, from: at(first), until: at(until) });
  const later = data?.slots.length === 0 ? data.next_free : null;
  const [sought, setSought] = useState<string | null>(null);
  // Nothing free in the first week that is shown: the week of the next free time is more use than an empty one.
  useEffect(() => {
    if (!later || sought === roleId + visitTypeId) return;
    setSought(roleId + visitTypeId);
    setFirst(dateIn(new Date(later), zone));
  }, [later, sought, roleId, visitTypeId, zone]);
  const days = byDay(data?.slots.map(({ start }) => start) ?? [], zone);
  return (
    <div>
      <Group justify="space-between" mb={8}>
        <Text size="sm" c="dimmed">
          {civil(first, t.language)} – {civil(addDays(until, -1), t.language)}
          {zone !== ownZone() && ` · ${t("admin-times-zone", { city: cityOf(zone) })}`}
        </Text>
        <Button.Group>
          <Button variant="default" size="compact-xs" aria-label={t("ui-earlier-week")} disabled={first <= dateIn(new Date(), zone)} onClick={() => setFirst(addDays(first, -7))}>
            <IconChevronLeft size={14} />
          </Button>
          <Button variant="default" size="compact-xs" aria-label={t("ui-later-week")} onClick={() => setFirst(until)}>
            <IconChevronRight size={14} />
          </Button>
        </Button.Group>
      </Group>
      <Failure failure={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={90} />}
      {data && days.size === 0 && <NothingFree next={data.next_free} onLater={(start) => setFirst(dateIn(new Date(start), zone))} />}
      <div className={styles.days} role="group" aria-label={t("ui-times")} onKeyDown={moveBetween}>
        {[...days].map(([date, starts]) => (
          <div key={date} className={styles.day}>
            <div className={styles.date}>{shortDate(date, t)}</div>
            <div className={styles.times}>
              {starts.map((start) => (
                <button key={start} type="button" data-time aria-pressed={start === chosen} aria-label={dayAndClock(start, t.language, zone)} onClick={() => onChoose(start)}>
                  {clock(start, t.language, zone)}
                </button>
              ))}
            </div>
          </div>
        ))}
      </div>
      <WhyNotFree roleId={roleId} visitTypeId={visitTypeId} zone={zone} onChoose={onChoose} />
    </div>
  );
}

function byDay(starts: string[], zone: string): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const start of starts) {
    const date = dateIn(new Date(start), zone);
    days.set(date, [...(days.get(date) ?? []), start]);
  }
  return days;
}

const shortDate = (date: string, t: Texts) =>
  new Intl.DateTimeFormat(t.language === "hi" ? "hi-IN" : "en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

/** Arrows go from time to time, so that a whole week is one stop of the Tab key's way. */
function moveBetween(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const times = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-time]")];
  times[times.indexOf(event.target as HTMLElement) + step]?.focus();
  event.preventDefault();
}

function NothingFree({ next, onLater }: { next?: string | null; onLater: (start: string) => void }) {
  const t = useTexts();
  return (
    <Group gap="xs">
      <Text size="sm">{t("ui-no-time-this-week")}</Text>
      {next && (
        <Button variant="default" size="compact-xs" onClick={() => onLater(next)}>
          {t("ui-next-free", { when: dayAndClock(next, t.language) })}
        </Button>
      )}
    </Group>
  );
}

/** A caller asks for a time that is not offered: the engine says why, and what is free instead. */
function WhyNotFree({ roleId, visitTypeId, zone, onChoose }: Pick<Props, "roleId" | "visitTypeId" | "zone" | "onChoose">) {
  const t = useTexts();
  const [local, setLocal] = useState("");
  const start = local ? instantOf(`${local}:00`, zone).toISOString() : null;
  const { data } = useFetch("why_not_free", start ? { role_id: roleId, visit_type_id: visitTypeId, start } : null);
  const why = data?.why;
  return (
    <div className={styles.why}>
      <TextInput type="datetime-local" label={t("admin-times-other")} value={local} onChange={(event) => setLocal(event.currentTarget.value)} w={220} />
      <div role="status">
        {start && data && !why && (
          <Button variant="light" onClick={() => onChoose(start)}>
            {t("admin-times-is-free")}
          </Button>
        )}
        {start && why && (
          <Text size="sm">
            {t.find(`admin-why-${why.code.replaceAll("_", "-")}`) ?? t("refusal-slot-not-offered-title")}
            {data.next_free.slice(0, 3).map((free) => (
              <Button key={free} ml={6} variant="default" size="compact-xs" onClick={() => onChoose(free)}>
                {dayAndClock(free, t.language, zone)}
              </Button>
            ))}
          </Text>
        )}
      </div>
    </div>
  );
}
