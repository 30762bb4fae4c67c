/** Why something did not go through, with what can be done about it. */
import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useFailureWords } from "@/lib/app";
import { RefusedError } from "@/lib/backend";
import type { Refusal } from "@/lib/generated";
import { fieldMessage } from "@/lib/form";
import { dayAndClock } from "@/lib/format";
import { useTexts } from "@/lib/texts";

interface Props {
  failure: Error | null;
  onRetry?: () => void;
  /** Offers the times that a refusal names. */
  onTime?: (start: string) => void;
  zone?: string;
}

export function Failure({ failure, onRetry, onTime, zone }: Props) {
  const t = useTexts();
  const words = useFailureWords();
  if (!failure) return null;
  const refusal = failure instanceof RefusedError ? failure.refusal : null;
  const { title, text } = words(failure);
  return (
    <Alert ref={intoSight} color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />} title={title} className="failure">
      <Text size="sm">{refusal ? (reasonOf(refusal, t) ?? text) : text}</Text>
      {refusal?.code === "invalid" && <Fields fields={refusal.fields} />}
      {refusal && "next_free" in refusal && onTime && (
        <Group gap={6} mt="xs">
          {refusal.next_free.slice(0, 6).map((start) => (
            <Button key={start} variant="default" onClick={() => onTime(start)}>
              {dayAndClock(start, t.language, zone)}
            </Button>
          ))}
        </Group>
      )}
      {onRetry && (
        <Button mt="xs" variant="default" onClick={onRetry}>
          {t("action-retry")}
        </Button>
      )}
    </Alert>
  );
}

/** In a long form the reason may stand above what is seen. */
const intoSight = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

function Fields({ fields }: { fields: { path: string; message: string }[] }) {
  const t = useTexts();
  return (
    <List size="sm" mt={4}>
      {fields.map(({ path, message }) => (
        <List.Item key={path}>
          {fieldName(path, t.find)}: {fieldMessage(message, t)}
        </List.Item>
      ))}
    </List>
  );
}

/** `details.address.city` is shown by the label of its last part. */
export function fieldName(path: string, find: (key: string) => string | null): string {
  const last = path.replace(/\[\d+\]/g, "").split(".").pop() ?? path;
  return find(`admin-field-${last.replaceAll("_", "-")}`) ?? last.replaceAll("_", " ");
}

function reasonOf(refusal: Refusal, t: ReturnType<typeof useTexts>): string | null {
  return refusal.code === "slot_not_offered" ? t.find(`admin-why-${refusal.why.code.replaceAll("_", "-")}`) : null;
}
