/** A screen that could not be drawn: a fault of ours. The rest of the app goes on. */
import { Button, Group, Text } from "@mantine/core";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { useTexts } from "@/lib/texts";

export function Broken({ error, reset }: ErrorComponentProps) {
  const t = useTexts();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t("admin-broken")}>
      <div role="alert">
        <Text size="sm" mb="xs">
          {t("admin-broken-text")}
        </Text>
        <Text size="xs" c="dimmed" mb="md">
          {error instanceof Error ? error.message : String(error)}
        </Text>
        <Group gap="xs">
          <Button onClick={again}>{t("action-retry")}</Button>
        </Group>
      </div>
    </Page>
  );
}
