/** How the app looks and speaks on this machine. */
import { Button, SegmentedControl, Stack, Text } from "@mantine/core";
import { Facts, Page, Section } from "@/components/Page";
import { useSession } from "@/lib/app";
import { TEXT_SIZES, usePreferences, type Appearance, type TextSize } from "@/lib/preferences";
import { ApiTokens } from "../protection/ApiTokens";
import { Security } from "../protection/Security";
import { OwnPassword } from "./OwnPassword";
import { LANGUAGES, useTexts, type Language } from "@/lib/texts";

const APPEARANCES: Appearance[] = ["device", "light", "dark"];
const KEYS = ["palette", "search", "rows", "open", "mark", "close"];

export default function SettingsScreen() {
  const t = useTexts();
  const { session, signOut } = useSession();
  const { language, setLanguage, theme, setTheme, textSize, setTextSize } = usePreferences();
  return (
    <Page title={t("admin-nav-settings")}>
      <Stack gap={28} maw={520}>
        <Section order={2} title={t("settings-theme")}>
          <SegmentedControl aria-label={t("settings-theme")} data={APPEARANCES.map((value) => ({ value, label: t(value === "device" ? "settings-theme-system" : `settings-theme-${value}`) }))} value={theme} onChange={(value) => setTheme(value as Appearance)} />
        </Section>
        <Section order={2} title={t("settings-text-size")}>
          <SegmentedControl aria-label={t("settings-text-size")} data={TEXT_SIZES.map((value) => ({ value, label: t(`settings-text-size-${value}`) }))} value={textSize} onChange={(value) => setTextSize(value as TextSize)} />
        </Section>
        <Section order={2} title={t("settings-language")}>
          <SegmentedControl aria-label={t("settings-language")} data={LANGUAGES} value={language} onChange={(value) => setLanguage(value as Language)} />
        </Section>
        <Section order={2} title={t("admin-settings-keys")}>
          <Facts facts={KEYS.map((key) => [t(`admin-key-${key}`), t(`admin-key-${key}-does`)])} />
        </Section>
        <Section order={2} title={t("admin-settings-account")}>
          <Facts
            facts={[
              [t("admin-field-name"), session.account.name],
              [t("admin-field-email"), session.account.email],
              [t("admin-field-role"), t(`admin-role-${session.account.role.name.replaceAll("_", "-")}`)],
              [t("admin-sign-in-server"), session.server],
            ]}
          />
          <Button mt="md" variant="default" onClick={signOut}>
            {t("action-sign-out")}
          </Button>
        </Section>
        <OwnPassword />
        <Security />
        <ApiTokens />
        <Text size="xs" c="dimmed">
          {t("admin-settings-note")}
        </Text>
      </Stack>
    </Page>
  );
}
