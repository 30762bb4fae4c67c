/** Asks for a reason before something that somebody will want to have explained. */
import { Button, Group, Modal, Select, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Failure } from "./Failure";
import type { Commanding } from "@/lib/app";
import { useTexts } from "@/lib/texts";

interface Props {
  title: string;
  text?: string;
  action: string;
  danger?: boolean;
  command: Pick<Commanding, "busy" | "failure" | "clear">;
  onClose: () => void;
  /** Resolves to whether it was done. */
  onConfirm: (reason: string) => Promise<boolean>;
  /** The reasons to choose from; free text where there are none. `null` asks for no reason. */
  choices?: { value: string; label: string }[] | null;
  /** What is asked for, where it is not a reason. */
  label?: string;
  /** This must be typed first. */
  confirmBy?: string;
  max?: number;
}

export function ReasonDialog({ title, text, action, danger, command, onClose, onConfirm, choices, label, confirmBy, max = 300 }: Props) {
  const t = useTexts();
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const needsReason = choices !== null;
  const complete = (!needsReason || reason.trim() !== "") && (!confirmBy || typed.trim() === confirmBy);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (complete && (await onConfirm(reason.trim()))) onClose();
  };
  const close = () => {
    command.clear();
    onClose();
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": t("action-close") }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {text && <Text size="sm">{text}</Text>}
          <Failure failure={command.failure} />
          {choices && <Select size="sm" label={label ?? t("admin-reason")} data={choices} value={reason || null} onChange={(value) => setReason(value ?? "")} error={tried && !reason && t(label ? "ui-choose" : "admin-reason-missing")} data-autofocus />}
          {choices === undefined && (
            <Textarea size="sm" label={t("admin-reason")} description={t("admin-reason-help")} autosize minRows={3} maxLength={max} value={reason} onChange={(event) => setReason(event.currentTarget.value.replaceAll("\n", " "))} error={tried && !reason.trim() && t("admin-reason-missing")} data-autofocus />
          )}
          {confirmBy && <TextInput size="sm" label={t("admin-type-to-confirm", { what: confirmBy })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} error={tried && typed.trim() !== confirmBy && t("admin-type-mismatch")} data-autofocus={needsReason ? undefined : true} />}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button size="sm" variant="default" onClick={close}>
              {t("action-cancel")}
            </Button>
            <Button size="sm" type="submit" color={danger ? "red" : undefined} loading={command.busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
