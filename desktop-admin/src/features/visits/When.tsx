/** An instant in the reader's zone, and in the clinic's where its clock shows another time. */
import { cityOf, clock, dayAndClock, ownZone, sameClock } from "@/lib/format";
import { useTexts } from "@/lib/texts";

export function When({ start, zone }: { start: string; zone: string }) {
  const t = useTexts();
  return (
    <time dateTime={start}>
      {dayAndClock(start, t.language)}
      {!sameClock(start, zone, ownZone()) && (
        <span style={{ color: "var(--text-muted)" }}>
          {" "}
          · {clock(start, t.language, zone)} {cityOf(zone)}
        </span>
      )}
    </time>
  );
}
