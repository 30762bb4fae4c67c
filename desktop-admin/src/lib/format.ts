/** How the reader's language writes instants, dates, spans and money. Instants are ISO 8601 in UTC, dates `2026-11-21`. */
import type { Money } from "./generated";
import type { Language } from "./texts";

export const localeOf = (language: Language) => (language === "hi" ? "hi-IN" : "en-GB");
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, zone, options]);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: zone })));
  return made;
}

export const DAY = { weekday: "short", day: "numeric", month: "short" } as const;
export const DATE = { day: "numeric", month: "short", year: "numeric" } as const;
export const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;

export const day = (instant: string, language: Language, zone?: string) => format(language, zone, DAY).format(new Date(instant));
export const date = (instant: string, language: Language, zone?: string) => format(language, zone, DATE).format(new Date(instant));
export const clock = (instant: string, language: Language, zone?: string) => format(language, zone, CLOCK).format(new Date(instant));
export const dayAndClock = (instant: string, language: Language, zone?: string) => `${day(instant, language, zone)}, ${clock(instant, language, zone)}`;

/** A calendar date, which is the same wherever it is read. */
export const civil = (value: string, language: Language) => format(language, "UTC", DATE).format(new Date(`${value}T00:00:00Z`));

/** What a clock in the zone shows, as `2026-11-21T10:42:00`. By its parts: no locale writes it the same way in every web view. */
function shownIn(instant: Date, zone: string): string {
  const options = { timeZone: zone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  const parts = new Intl.DateTimeFormat("en", options).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)!.value.padStart(2, "0");
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

/** The date an instant falls on in a zone, as `2026-11-21`. */
export const dateIn = (instant: Date, zone: string) => shownIn(instant, zone).slice(0, 10);

/** The instant at which a local clock shows this; on a skipped hour the instant after the gap. */
export function instantOf(local: string, zone: string): Date {
  const wanted = Date.parse(`${local}Z`);
  const shown = (instant: number) => Date.parse(`${shownIn(new Date(instant), zone)}Z`);
  let instant = wanted - (shown(wanted) - wanted);
  instant += wanted - shown(instant);
  return new Date(instant);
}

/** The first instants of two dates, `until` being the day after the last. */
export function spanOf(from: string | undefined, until: string | undefined, zone: string): { from?: string; until?: string } {
  return {
    from: from && instantOf(`${from}T00:00:00`, zone).toISOString(),
    until: until && instantOf(`${addDays(until, 1)}T00:00:00`, zone).toISOString(),
  };
}

export function addDays(value: string, days: number): string {
  return new Date(Date.parse(`${value}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const sameClock = (instant: string, one: string, other: string) => clock(instant, "en", one) === clock(instant, "en", other) && day(instant, "en", one) === day(instant, "en", other);

/** `Asia/Kolkata` → `Kolkata` */
export const cityOf = (zone: string) => zone.split("/").pop()!.replaceAll("_", " ");

export function money({ amount_minor, currency }: Money, language: Language): string {
  const written = new Intl.NumberFormat(localeOf(language), { style: "currency", currency });
  const digits = written.resolvedOptions().maximumFractionDigits ?? 2;
  return written.format(amount_minor / 10 ** digits);
}

export const count = (value: number, language: Language) => new Intl.NumberFormat(localeOf(language)).format(value);

export const percent = (share: number, language: Language) =>
  new Intl.NumberFormat(localeOf(language), { style: "percent", maximumFractionDigits: 1 }).format(share);

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** '3 hours ago', 'in 2 days'. */
export function relative(instant: string, language: Language, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const words = new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto", style: "long" });
  const [unit, length] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (["second", 1] as const);
  return unit === "second" ? words.format(0, "second") : words.format(Math.trunc(seconds / length), unit);
}

/** '3 d', '5 h', '12 min': an age, as short as a table wants it. */
export function age(since: string, language: Language, now = Date.now()): string {
  return shortSpan(Math.max(0, (now - Date.parse(since)) / 60_000), language);
}

export function shortSpan(minutes: number, language: Language): string {
  const [value, unit] = minutes >= 2_880 ? [minutes / 1_440, "day"] : minutes >= 120 ? [minutes / 60, "hour"] : [minutes, "minute"];
  const written = new Intl.NumberFormat(localeOf(language), { style: "unit", unit: unit as string, unitDisplay: unit === "minute" ? "short" : "long", maximumFractionDigits: 1 });
  return written.format(unit === "minute" ? Math.round(value as number) : (value as number) < 10 ? Math.round((value as number) * 10) / 10 : Math.round(value as number));
}
