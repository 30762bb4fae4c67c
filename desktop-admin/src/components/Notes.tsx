/** Remarks of staff. They are administrative: the field says so. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import { Failure } from "./Failure";
import { Section } from "./Page";
import type { Commanding } from "@/lib/app";
import { dayAndClock } from "@/lib/format";
import type { StaffNote } from "@/lib/generated";
import { useTexts } from "@/lib/texts";

interface Props {
  notes: StaffNote[];
  command: Commanding;
  onAdd?: (text: string) => Promise<boolean>;
}

export function Notes({ notes, command, onAdd }: Props) {
  const t = useTexts();
  const [text, setText] = useState("");
  // The answer came late: what was typed is among the notes now.
  useEffect(() => setText((typed) => (notes.some((note) => note.text === typed.trim()) ? "" : typed)), [notes]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && (await onAdd!(text.trim()))) setText("");
  };
  return (
    <Section title={t("admin-notes")}>
      {notes.length === 0 && (
        <Text size="sm" c="dimmed" mb={6}>
          {t("admin-notes-none")}
        </Text>
      )}
      {notes.map((note) => (
        <div key={note.at + note.text} style={{ marginBottom: 8 }}>
          <Text size="sm">{note.text}</Text>
          <Text size="xs" c="dimmed">
            {dayAndClock(note.at, t.language)}
          </Text>
        </div>
      ))}
      {onAdd && (
        <form onSubmit={(event) => void submit(event)}>
          <Failure failure={command.failure} />
          <Group gap="xs" align="flex-end">
            <TextInput flex={1} label={t("admin-note-add")} description={t("admin-note-help")} maxLength={500} value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Button type="submit" variant="default" disabled={!text.trim()} loading={command.busy}>
              {t("action-save")}
            </Button>
          </Group>
        </form>
      )}
    </Section>
  );
}
