/** Which columns a person wants to see in a table, and how dense all tables are. Kept on this machine. */
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { Column } from "./DataTable";

export type Density = "comfortable" | "dense";

export function useTablePreferences<T>(name: string, columns: Column<T>[]) {
  const [density, setDensity] = useLocalStorage<Density>({ key: "admin.density", defaultValue: "comfortable", getInitialValueInEffect: false });
  const [chosen, setChosen] = useLocalStorage<Record<string, boolean>>({ key: `admin.columns.${name}`, defaultValue: {}, getInitialValueInEffect: false });
  const visible = useMemo(() => Object.fromEntries(columns.map((column) => [column.id, chosen[column.id] ?? !column.hidden])), [columns, chosen]);
  return { density, setDensity, visible, toggle: (id: string) => setChosen({ ...chosen, [id]: !visible[id] }) };
}
