/** The keys of a table. One row is in the tab order; arrows move it. */
import type { Row } from "@tanstack/react-table";
import { useEffect, useRef, useState } from "react";

interface Options<T> {
  onOpen: (row: T) => void;
  openId?: string;
}

export function useRowKeys<T>(rows: Row<T>[], { onOpen, openId }: Options<T>) {
  const keys = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const anchor = rows.some((row) => row.id === current) ? current : rows[0]?.id;

  useEffect(() => {
    const table = keys.current;
    if (!table) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const id = (event.target as HTMLElement).dataset.row;
      const at = rows.findIndex((row) => row.id === id);
      if (at < 0) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to !== undefined) {
        const row = rows[Math.max(0, Math.min(rows.length - 1, to))]!;
        setCurrent(row.id);
        rowElement(table, row.id)?.focus();
        if (openId && row.id !== openId) onOpen(row.original);
      } else if (event.key === "Enter") {
        setCurrent(rows[at]!.id);
        onOpen(rows[at]!.original);
        // A panel that opens takes the focus itself; one that is open already is told.
        document.getElementById("panel-title")?.focus();
      } else if (event.key === " ") {
        rows[at]!.toggleSelected();
      } else {
        return;
      }
      event.preventDefault();
    };
    table.addEventListener("keydown", onKeyDown);
    return () => table.removeEventListener("keydown", onKeyDown);
  }, [rows, onOpen, openId]);

  useFocusBack(keys, openId);
  return { keys, tabIndexOf: (id: string) => (id === anchor ? 0 : -1) };
}

const rowElement = (table: HTMLElement, id: string) => table.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);

/** When the panel closes, focus goes back to the row it was opened from. */
function useFocusBack(table: React.RefObject<HTMLTableElement | null>, openId: string | undefined) {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (before.current && !openId && table.current) rowElement(table.current, before.current)?.focus();
    before.current = openId;
  }, [openId, table]);
}
