/** A screen: its heading, what can be done on it, its content, and beside it the panel of what is open. */
import { ActionIcon, Group, Skeleton, Title, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "@/lib/texts";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  actions?: ReactNode;
  panel?: ReactNode;
  children: ReactNode;
}

export function Page({ title, actions, panel, children }: PageProps) {
  useEffect(() => void (document.title = `${title} · MediConnect`), [title]);
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <Group component="header" className={styles.header} justify="space-between" wrap="nowrap">
          <Title order={1}>{title}</Title>
          <Group gap="xs">{actions}</Group>
        </Group>
        <div className={styles.content}>{children}</div>
      </div>
      {panel}
    </div>
  );
}

/** A screen that is still on its way: its shape, so that nothing jumps when it comes. */
export function Waiting() {
  return (
    <div className={styles.page} aria-busy>
      <div className={styles.main}>
        <div className={styles.header}>
          <Skeleton height={28} width={180} />
        </div>
        <div className={styles.content}>
          <Skeleton flex={1} radius={10} />
        </div>
      </div>
    </div>
  );
}

interface PanelProps {
  title: ReactNode;
  subtitle?: ReactNode;
  badge?: ReactNode;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

export function Panel({ title, subtitle, badge, onClose, footer, children }: PanelProps) {
  const t = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEscape(onClose);
  return (
    <aside className={styles.panel} aria-labelledby="panel-title">
      <div className={styles.panelHead}>
        <div className={styles.panelTitle}>
          <Group gap="xs">
            <Title order={2} id="panel-title" ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {badge}
          </Group>
          {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        <Tooltip label={`${t("action-close")} (Esc)`}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("action-close")} onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={styles.panelBody} tabIndex={0} role="group" aria-labelledby="panel-title">
        {children}
      </div>
      {footer && <div className={styles.panelFoot}>{footer}</div>}
    </aside>
  );
}

/** Whatever lies above the panel takes the key first; so it is asked before anything there has closed. */
const ABOVE = ".mantine-Modal-content, .mantine-Popover-dropdown, .mantine-Menu-dropdown, [role=listbox]";
const isCovered = () => [...document.querySelectorAll(ABOVE)].some((element) => element.checkVisibility());

function useEscape(onClose: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isCovered()) return;
      // Out of a field first: one key too many does not throw away what was typed.
      const field = (event.target as HTMLElement).closest?.("aside input, aside textarea");
      if (field) document.getElementById("panel-title")?.focus();
      else onClose();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [onClose]);
}

/** Rows of a name and a value. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Section({ title, children, aside, order = 3 }: { title: string; children: ReactNode; aside?: ReactNode; order?: 2 | 3 }) {
  return (
    <section className={styles.section}>
      <Group justify="space-between" mb={6}>
        <Title order={order} size="h3">
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
