/** A form's state: its values, which fields are wrong, and errors only after a first try. */
import { useState, type FormEvent } from "react";
import { RefusedError } from "./backend";
import type { Texts } from "./texts";

export type Errors = Record<string, string | undefined>;

export function useForm<Values extends object>(initial: Values, check: (values: Values) => Errors) {
  const [values, setValues] = useState(initial);
  const [tried, setTried] = useState(false);
  const errors = check(values);
  const isValid = Object.values(errors).every((error) => !error);
  return {
    values,
    set: (changes: Partial<Values>) => setValues((before) => ({ ...before, ...changes })),
    reset: () => {
      setValues(initial);
      setTried(false);
    },
    error: (name: string) => (tried ? errors[name] : undefined),
    submit: (send: (values: Values) => Promise<unknown>) => (event: FormEvent) => {
      event.preventDefault();
      setTried(true);
      if (isValid) return void send(values);
      // To the first field that is not in order, wherever the form is scrolled to.
      const form = event.currentTarget as HTMLElement;
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    },
  };
}

/** What the server said of one field, by the end of its path. */
export function refusedField(failure: Error | null, path: string, t: Texts): string | undefined {
  if (!(failure instanceof RefusedError) || failure.refusal.code !== "invalid") return undefined;
  const field = failure.refusal.fields.find((field) => field.path === path || field.path.endsWith(`.${path}`));
  return field && fieldMessage(field.message, t);
}

/** The checks of the domain that a form does not make itself, in the reader's words; what is not known is shown as it came. */
export function fieldMessage(message: string, t: Texts): string {
  const [, what, limit] = /^(length is greater|length is lower|greater|lower) than (-?[\d.]+)$/.exec(message) ?? [];
  if (!what) return message;
  const key = { "length is greater": "admin-wrong-long", "length is lower": "admin-wrong-short", greater: "admin-wrong-high", lower: "admin-wrong-low" }[what]!;
  return t(key, { limit: Number(limit) });
}
