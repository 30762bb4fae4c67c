/** One cell (RFC 4180). A text that a spreadsheet would run as a formula is made plain with a leading apostrophe. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A table as CSV: CRLF line ends, and a byte-order mark so that spreadsheets read it as UTF-8. */
export function csv(header: string[], rows: (string | number)[][]): string {
  return "\ufeff" + [header, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** `visits-2026-11-21.csv` */
export function csvName(what: string, today = new Date()): string {
  return `${what}-${today.toISOString().slice(0, 10)}.csv`;
}
