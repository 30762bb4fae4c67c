/**
 * The one table of the app: paged by the server, with choice of columns and density, export of what is filtered, and keys.
 *
 * Arrows move between rows, Enter opens one, Space marks it, `/` searches. What a table is filtered by lives in the
 * address, not here; the table is told by its `source`.
 */
import { ActionIcon, Button, Checkbox, Group, Text, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type Row, type RowSelectionState, type Table } from "@tanstack/react-table";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { Failure } from "../Failure";
import { useTexts } from "@/lib/texts";
import { ColumnChoice, DensityChoice } from "./Choices";
import { exportRows } from "./export";
import { useRowKeys } from "./keys";
import { usePages, type Source } from "./pages";
import { useTablePreferences } from "./preferences";
import styles from "./DataTable.module.css";
import { useBackend } from "@/lib/app";
import { notifications } from "@mantine/notifications";

export interface Column<T> {
  id: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** The cell as a plain text for the export. */
  text: (row: T) => string | number;
  /** The server's name of this order, where it can sort by it. */
  sort?: string;
  numeric?: boolean;
  hidden?: boolean;
}

export interface Sorting {
  sort?: string;
  descending?: boolean;
}

interface Props<T> {
  /** Names the table in stored preferences and in exports. */
  name: string;
  label: string;
  columns: Column<T>[];
  source: Source<T>;
  rowId: (row: T) => string;
  rowLabel: (row: T) => string;
  openId?: string;
  onOpen: (row: T) => void;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  filters?: ReactNode;
  empty: { title: string; text?: string; action?: ReactNode };
  bulk?: (rows: T[], clear: () => void) => ReactNode;
}

export function DataTable<T>(props: Props<T>) {
  const { columns, source, rowId, bulk } = props;
  const preferences = useTablePreferences(props.name, columns);
  const pages = usePages(source);
  const [marked, setMarked] = useState<RowSelectionState>({});
  useEffect(() => setMarked({}), [pages.key]);
  const definitions = useMemo(() => columns.map(definition), [columns]);
  const table = useReactTable({
    data: pages.items,
    columns: definitions,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    manualPagination: true,
    manualSorting: true,
    state: { columnVisibility: preferences.visible, rowSelection: marked },
    onRowSelectionChange: setMarked,
    enableRowSelection: Boolean(bulk),
  });
  const chosen = table.getSelectedRowModel().rows.map((row) => row.original);
  return (
    <div className={styles.frame} data-density={preferences.density}>
      <Group className={styles.toolbar} justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Group gap="xs" flex={1}>{props.filters}</Group>
        <Group gap={4} wrap="nowrap">
          <Export {...props} table={table} />
          <DensityChoice density={preferences.density} onChange={preferences.setDensity} />
          <ColumnChoice columns={columns} visible={preferences.visible} onToggle={preferences.toggle} />
        </Group>
      </Group>
      {bulk && chosen.length > 0 && <div className={styles.bulk}>{bulk(chosen, () => setMarked({}))}</div>}
      <div className={styles.scroll}>
        <Grid {...props} table={table} pages={pages} />
        {!pages.isPending && !pages.error && pages.items.length === 0 && <Empty {...props.empty} />}
        {pages.error && (
          <div className={styles.state}>
            <Failure failure={pages.error} onRetry={pages.retry} />
          </div>
        )}
      </div>
      <Pager pages={pages} shown={pages.items.length} />
    </div>
  );
}

function definition<T>(column: Column<T>): ColumnDef<T> {
  return { id: column.id, header: column.label, cell: ({ row }) => column.cell(row.original), meta: column };
}

type Pages<T> = ReturnType<typeof usePages<T>>;

function Grid<T>({ table, pages, ...props }: Props<T> & { table: Table<T>; pages: Pages<T> }) {
  const t = useTexts();
  const rows = table.getRowModel().rows;
  const { keys, tabIndexOf } = useRowKeys(rows, props);
  const width = table.getVisibleLeafColumns().length + (props.bulk ? 1 : 0);
  return (
    <table className={styles.table} role="grid" aria-label={props.label} aria-busy={pages.isPending || pages.isStale} ref={keys}>
      <thead>
        <tr>
          {props.bulk && (
            <th className={styles.mark}>
              <Checkbox
                aria-label={t("admin-table-mark-all")}
                checked={table.getIsAllRowsSelected()}
                indeterminate={table.getIsSomeRowsSelected()}
                onChange={table.getToggleAllRowsSelectedHandler()}
              />
            </th>
          )}
          {table.getFlatHeaders().map((header) => (
            <HeaderCell key={header.id} column={header.column.columnDef.meta as Column<T>} sorting={props.sorting} onSort={props.onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {pages.isPending ? <LoadingRows width={width} /> : rows.map((row) => <BodyRow key={row.id} row={row} tabIndex={tabIndexOf(row.id)} {...props} />)}
      </tbody>
    </table>
  );
}

function HeaderCell<T>({ column, sorting, onSort }: { column: Column<T>; sorting?: Sorting; onSort?: (sorting: Sorting) => void }) {
  if (!column.sort || !onSort) return <th data-numeric={column.numeric}>{column.label}</th>;
  const active = sorting?.sort === column.sort;
  const order = !active ? "none" : sorting?.descending ? "descending" : "ascending";
  return (
    <th data-numeric={column.numeric} aria-sort={order}>
      <button type="button" className={styles.sort} onClick={() => onSort({ sort: column.sort, descending: active && !sorting?.descending ? true : undefined })}>
        {column.label}
        <span aria-hidden>{order === "none" ? "" : order === "ascending" ? "↑" : "↓"}</span>
      </button>
    </th>
  );
}

function BodyRow<T>({ row, tabIndex, ...props }: Props<T> & { row: Row<T>; tabIndex: number }) {
  const t = useTexts();
  return (
    <tr data-row={row.id} tabIndex={tabIndex} aria-selected={row.id === props.openId || row.getIsSelected()} data-open={row.id === props.openId} onClick={() => props.onOpen(row.original)}>
      {props.bulk && (
        <td className={styles.mark} onClick={(event) => event.stopPropagation()}>
          <Checkbox tabIndex={-1} aria-label={t("admin-table-mark", { name: props.rowLabel(row.original) })} checked={row.getIsSelected()} onChange={row.getToggleSelectedHandler()} />
        </td>
      )}
      {row.getVisibleCells().map((cell) => (
        <td key={cell.id} data-numeric={(cell.column.columnDef.meta as Column<T>).numeric}>
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
}

function LoadingRows({ width }: { width: number }) {
  return Array.from({ length: 12 }, (_, row) => (
    <tr key={row} className={styles.loading}>
      {Array.from({ length: width }, (_, cell) => (
        <td key={cell}>
          <span className={styles.bone} style={{ width: `${45 + ((row * 7 + cell * 13) % 45)}%` }} />
        </td>
      ))}
    </tr>
  ));
}

function Empty({ title, text, action }: Props<unknown>["empty"]) {
  return (
    <div className={styles.state} role="status">
      <Text fw={600}>{title}</Text>
      {text && (
        <Text size="sm" c="dimmed" maw={420}>
          {text}
        </Text>
      )}
      {action}
    </div>
  );
}

function Pager({ pages, shown }: { pages: Pages<unknown>; shown: number }) {
  const t = useTexts();
  if (pages.isPending || pages.error) return null;
  const first = pages.page * pages.limit + 1;
  return (
    <Group className={styles.pager} justify="space-between">
      <Text size="xs" c="dimmed" aria-live="polite">
        {shown === 0 ? "" : t("admin-table-rows", { first, last: first + shown - 1 })}
      </Text>
      <Group gap={4}>
        <Button variant="default" size="compact-xs" leftSection={<IconChevronLeft size={14} />} disabled={pages.page === 0} onClick={pages.previous}>
          {t("admin-table-previous")}
        </Button>
        <Button variant="default" size="compact-xs" rightSection={<IconChevronRight size={14} />} disabled={!pages.hasNext} onClick={pages.next}>
          {t("admin-table-next")}
        </Button>
      </Group>
    </Group>
  );
}

function Export<T>({ name, source, columns, table }: Props<T> & { table: Table<T> }) {
  const t = useTexts();
  const backend = useBackend();
  const [done, setDone] = useState<number | null>(null);
  const start = async () => {
    setDone(0);
    const shown = table.getVisibleLeafColumns().map((column) => columns.find(({ id }) => id === column.id)!);
    try {
      const saved = await exportRows(backend, name, shown, source, setDone);
      notifications.show({ withCloseButton: false, message: saved ? t("admin-export-saved-at", { path: saved }) : t("admin-export-saved") });
    } catch {
      notifications.show({ withCloseButton: false, color: "red", message: t("admin-export-failed") });
    } finally {
      setDone(null);
    }
  };
  const label = done === null ? t("admin-export") : t("admin-export-rows", { n: done });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} loading={done !== null} onClick={start}>
        <IconDownload size={17} />
      </ActionIcon>
    </Tooltip>
  );
}
