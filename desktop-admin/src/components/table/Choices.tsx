import { ActionIcon, Checkbox, Popover, Stack, Text, Tooltip } from "@mantine/core";
import { IconBaselineDensityMedium, IconBaselineDensitySmall, IconColumns3 } from "@tabler/icons-react";
import { useTexts } from "@/lib/texts";
import type { Column } from "./DataTable";
import type { Density } from "./preferences";

export function DensityChoice({ density, onChange }: { density: Density; onChange: (density: Density) => void }) {
  const t = useTexts();
  const other = density === "dense" ? "comfortable" : "dense";
  const label = t(`admin-density-${other}`);
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onChange(other)}>
        {density === "dense" ? <IconBaselineDensityMedium size={17} /> : <IconBaselineDensitySmall size={17} />}
      </ActionIcon>
    </Tooltip>
  );
}

export function ColumnChoice<T>({ columns, visible, onToggle }: { columns: Column<T>[]; visible: Record<string, boolean>; onToggle: (id: string) => void }) {
  const t = useTexts();
  const shown = Object.values(visible).filter(Boolean).length;
  return (
    <Popover position="bottom-end" withinPortal trapFocus shadow="md">
      <Popover.Target>
        <Tooltip label={t("admin-columns")}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("admin-columns")}>
            <IconColumns3 size={17} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="xs" fw={600} mb="xs">
          {t("admin-columns")}
        </Text>
        <Stack gap={8}>
          {columns.map(({ id, label }) => (
            <Checkbox key={id} label={label} checked={visible[id]} disabled={visible[id] && shown === 1} onChange={() => onToggle(id)} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
