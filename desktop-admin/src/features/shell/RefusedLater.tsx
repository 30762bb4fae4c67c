/** What was refused when nobody waited for the answer any more: it stays here, over restarts, until it is dismissed. */
import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend, useFailureWords } from "@/lib/app";
import { RefusedError } from "@/lib/backend";
import { dayAndClock } from "@/lib/format";
import { didWhat, useTexts } from "@/lib/texts";
import styles from "./Shell.module.css";

export function RefusedLater() {
  const t = useTexts();
  const backend = useBackend();
  const queries = useQueryClient();
  const words = useFailureWords();
  const refused = useQuery({ queryKey: ["refused-later"], queryFn: () => backend.refusedLater() });
  const dismissal = useMutation({
    mutationFn: (id: string) => backend.dismiss(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["refused-later"] }),
  });
  if (!refused.data?.length) return null;
  return (
    <div className={styles.refused} data-refused-later>
      {refused.data.map(({ id, name, submitted_at, refusal }) => {
        const why = words(new RefusedError(refusal));
        return (
          <Alert key={id} color="red" variant="light" role="alert" className="failure" icon={<IconAlertTriangle size={18} />} title={t("admin-late-title", { what: didWhat(name, t) })}>
            <Text size="sm">
              <strong>{why.title}.</strong> {why.text}
            </Text>
            <Text size="sm" mt={4}>
              {t("admin-late-when", { when: dayAndClock(submitted_at, t.language) })}
            </Text>
            <Button mt="xs" variant="default" loading={dismissal.isPending && dismissal.variables === id} onClick={() => dismissal.mutate(id)}>
              {t("admin-late-dismiss")}
            </Button>
          </Alert>
        );
      })}
    </div>
  );
}
