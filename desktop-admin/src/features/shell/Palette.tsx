/** Ctrl/Cmd-K: go anywhere, find anyone. */
import { Spotlight, spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconLogout, IconSearch, IconStethoscope, IconUser, IconUserPlus } from "@tabler/icons-react";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { civil } from "@/lib/format";
import { useDirectory, useFetch, useMay, useSession } from "@/lib/app";
import { useTexts } from "@/lib/texts";
import { SCREENS } from "./screens";

export const openPalette = () => spotlight.open();

export function Palette() {
  const t = useTexts();
  const [typed, setTyped] = useState("");
  const groups = [useScreens(), useDoctors(typed), usePatients(typed)];
  useEffect(markFirst);
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      nothingFound={t("admin-palette-nothing")}
      highlightQuery
      overlayProps={{ blur: 2, backgroundOpacity: 0.35 }}
      scrollable
      attributes={{ content: { "aria-label": t("admin-palette-open"), "data-palette": true } }}
      maxHeight={420}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t("admin-palette-hint"), "aria-label": t("admin-palette-open") }}
    />
  );
}

/** Spotlight marks the first line when something is typed; lines that the server brings later are marked here. */
function markFirst() {
  const lines = document.querySelector("[data-palette] [data-action]")?.closest("[data-palette]");
  if (lines && !lines.querySelector("[data-selected]")) lines.querySelector("[data-action]")!.setAttribute("data-selected", "true");
}

function useScreens(): SpotlightActionGroupData {
  const t = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const { signOut } = useSession();
  const screens = SCREENS.filter(({ needs }) => !needs || may(needs)).map(({ path, text, icon: Icon }) => ({
    id: path,
    label: t(text),
    leftSection: <Icon size={18} stroke={1.7} />,
    onClick: () => void navigate({ to: path }),
  }));
  const register = { id: "register", label: t("admin-desk-register"), leftSection: <IconUserPlus size={18} />, onClick: () => void navigate({ to: "/front-desk" }) };
  const leave = { id: "sign-out", label: t("action-sign-out"), leftSection: <IconLogout size={18} />, onClick: signOut };
  return { group: t("admin-palette-screens"), actions: [...screens, ...(may("front_desk") ? [register] : []), leave] };
}

function usePatients(typed: string): SpotlightActionGroupData {
  const t = useTexts();
  const navigate = useNavigate();
  const [text] = useDebouncedValue(typed.trim(), 200);
  const { data } = useFetch("patients", text.length >= 2 ? { text, limit: 5 } : null);
  const found = text.length >= 2 ? (data?.items ?? []) : [];
  const actions = found.map(({ id, profile }) => ({
    id,
    label: profile.name,
    description: [profile.birth_date && civil(profile.birth_date, t.language), profile.phone].filter(Boolean).join(" · "),
    keywords: [typed],
    leftSection: <IconUser size={18} />,
    onClick: () => void navigate({ to: "/patients", search: { text: profile.name, open: id, of: profile.name } as never }),
  }));
  return { group: t("admin-nav-patients"), actions };
}

function useDoctors(typed: string): SpotlightActionGroupData {
  const t = useTexts();
  const navigate = useNavigate();
  const { doctors } = useDirectory();
  const wanted = typed.trim().toLowerCase();
  const found = wanted.length >= 2 ? doctors.filter(({ details }) => details.name.toLowerCase().includes(wanted)).slice(0, 5) : [];
  const actions = found.map(({ id, details }) => ({
    id,
    label: details.name,
    leftSection: <IconStethoscope size={18} />,
    onClick: () => void navigate({ to: "/doctors", search: { view: "all", text: details.name, open: id, of: details.name } as never }),
  }));
  return { group: t("admin-nav-doctors"), actions };
}
