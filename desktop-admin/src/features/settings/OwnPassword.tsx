/** One's own password, such as the first one after somebody else made it. */
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { Failure } from "@/components/Failure";
import { Section } from "@/components/Page";
import { useBackend } from "@/lib/app";
import { RefusedError, TroubleError } from "@/lib/backend";
import { useForm } from "@/lib/form";
import { useTexts } from "@/lib/texts";

const EMPTY = { current: "", next: "" };
const SHORTEST = 10;

export function OwnPassword() {
  const t = useTexts();
  const backend = useBackend();
  const change = useMutation({ mutationFn: ({ current, next }: typeof EMPTY) => backend.changePassword(current, next) });
  const form = useForm(EMPTY, ({ current, next }) => ({
    current: current ? undefined : t("sign-in-password-missing"),
    next: next.length >= SHORTEST ? undefined : t("admin-password-short", { n: SHORTEST }),
  }));
  const save = form.submit(async (values) => {
    try {
      await change.mutateAsync(values);
    } catch {
      return;
    }
    form.reset();
    notifications.show({ message: t("admin-password-changed"), withCloseButton: false });
  });
  const { error } = change;
  const wrong = error instanceof TroubleError && error.trouble === "credentials" ? t("admin-password-wrong") : undefined;
  const weak = error instanceof RefusedError && (error.refusal.code as string) === "weak_password" ? t("admin-password-weak") : undefined;
  const field = (name: keyof typeof EMPTY, said: string | undefined) => ({
    value: form.values[name],
    error: form.error(name) ?? said,
    visibilityToggleButtonProps: { "aria-label": t("ui-show-password") },
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      change.reset();
      form.set({ [name]: event.currentTarget.value });
    },
  });
  return (
    <Section order={2} title={t("admin-password")}>
      <form onSubmit={save} noValidate>
        <Stack gap="sm" maw={320}>
          <Text size="sm" c="dimmed">
            {t("admin-password-text")}
          </Text>
          {!wrong && !weak && <Failure failure={error} />}
          <PasswordInput {...field("current", wrong)} label={t("admin-password-current")} autoComplete="current-password" />
          <PasswordInput {...field("next", weak)} label={t("admin-password-next")} description={t("admin-password-help", { n: SHORTEST })} autoComplete="new-password" />
          <Button type="submit" variant="default" loading={change.isPending} style={{ alignSelf: "start" }}>
            {t("admin-password-change")}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
