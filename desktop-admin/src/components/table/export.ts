/** The filtered rows as CSV: all of them, not just the page, in the columns that are shown. */
import type { Backend } from "@/lib/backend";
import { csv, csvName } from "@/lib/csv";
import type { Column } from "./DataTable";
import type { Source } from "./pages";

const STEP = 100;

export async function exportRows<T>(backend: Backend, name: string, columns: Column<T>[], source: Source<T>, progress: (rows: number) => void): Promise<string | null> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await source.page(cursor, STEP);
    rows.push(...page.items);
    progress(rows.length);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  const body = rows.map((row) => columns.map((column) => column.text(row)));
  return backend.save(csvName(name), csv(columns.map((column) => column.label), body));
}
