/** The frame around every screen: navigation at the side, the palette above, keys everywhere. */
import { ActionIcon, Button, Kbd, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCloudOff, IconLogout, IconSearch } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { useBackend, useMay, useSession } from "@/lib/app";
import { clock } from "@/lib/format";
import { useTexts } from "@/lib/texts";
import { useEffect, useState } from "react";
import { openPalette, Palette } from "./Palette";
import { RefusedLater } from "./RefusedLater";
import { SCREENS, type ScreenLink } from "./screens";
import styles from "./Shell.module.css";

const focusSearch = () => document.querySelector<HTMLInputElement>("[data-table-search]")?.focus();

export function Shell() {
  const t = useTexts();
  useHotkeys([["/", focusSearch]]);
  // From inside a field too: nobody types Ctrl-K.
  useHotkeys([["mod+K", openPalette]], []);
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip} onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>
        {t("admin-skip")}
      </a>
      <Side />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Kept />
        <RefusedLater />
        <div className={styles.screen}>
          <Allowed />
        </div>
      </main>
      <Palette />
    </div>
  );
}

/** The screen of the address, if the person may see it: an address can be typed and copied. */
function Allowed() {
  const t = useTexts();
  const may = useMay();
  const { pathname } = useLocation();
  const needs = SCREENS.find(({ path }) => path === pathname)?.needs;
  if (!needs || may(needs)) return <Outlet />;
  return (
    <Page title={t("admin-not-for-you")}>
      <Text size="sm" mb="md">
        {t("admin-not-for-you-text")}
      </Text>
      <div>
        <Button variant="default" component={Link} to="/">
          {t("admin-nav-overview")}
        </Button>
      </div>
    </Page>
  );
}

function Side() {
  const t = useTexts();
  const may = useMay();
  const shown = SCREENS.filter(({ needs }) => !needs || may(needs));
  return (
    <nav className={styles.side} aria-label={t("ui-navigation")}>
      <div className={styles.brand}>
        <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden>
          <rect width="24" height="24" rx="7" fill="var(--accent)" />
          <path d="M12 6.5v11M6.5 12h11" stroke="var(--accent-text)" strokeWidth="2.6" strokeLinecap="round" />
        </svg>
        <span className={styles.name}>{t("app-name")}</span>
      </div>
      <UnstyledButton className={styles.search} onClick={openPalette}>
        <IconSearch size={15} />
        <span className={styles.name}>{t("admin-palette-open")}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </UnstyledButton>
      <ul>
        {shown.filter(({ group }) => group === "work").map((screen) => (
          <NavItem key={screen.path} screen={screen} />
        ))}
      </ul>
      <div className={styles.group}>
        <span>{t("admin-nav-manage")}</span>
      </div>
      <ul>
        {shown.filter(({ group }) => group === "manage").map((screen) => (
          <NavItem key={screen.path} screen={screen} />
        ))}
      </ul>
      <Me />
    </nav>
  );
}

function NavItem({ screen: { path, text, icon: Icon } }: { screen: ScreenLink }) {
  const t = useTexts();
  return (
    <li>
      <Link to={path} className={styles.item} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ "data-active": true }} title={t(text)}>
        <Icon size="1.0625rem" stroke={1.7} style={{ flex: "none" }} aria-hidden />
        <span className={styles.name}>{t(text)}</span>
      </Link>
    </li>
  );
}

/** The server is out of reach: what is shown is what it said last. */
function Kept() {
  const t = useTexts();
  const backend = useBackend();
  const [asOf, setAsOf] = useState<string | null>(null);
  useEffect(() => backend.watchKept(setAsOf), [backend]);
  return (
    <div role="status">
      {asOf && (
        <div className={styles.kept}>
          <IconCloudOff size={17} aria-hidden />
          {t("admin-kept", { time: clock(asOf, t.language) })}
        </div>
      )}
    </div>
  );
}

function Me() {
  const t = useTexts();
  const { session, signOut } = useSession();
  const { name, role } = session.account;
  return (
    <div className={styles.me}>
      <span className={styles.initials} aria-hidden>
        {name.split(/\s+/).map((part) => part[0]).slice(0, 2).join("")}
      </span>
      <span className={styles.who}>
        <strong>{name}</strong>
        <span>{t(`admin-role-${role.name.replaceAll("_", "-")}`)}</span>
      </span>
      <Tooltip label={t("action-sign-out")}>
        <ActionIcon variant="subtle" color="gray" aria-label={t("action-sign-out")} onClick={signOut}>
          <IconLogout size={17} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
