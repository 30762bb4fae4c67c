/**
 * The words of core/i18n, read from the same Fluent files as every other app. A text that a language lacks is shown in
 * English; a key that nothing has shows itself in brackets: ugly, but never silently empty.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { createContext, use, type ReactNode } from "react";

export type Language = "en" | "hi";
export const LANGUAGES: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "hi", label: "हिन्दी" },
];

const sources = import.meta.glob<string>("@texts/{en,hi}/{common,refusals,ui,account,admin,audit}.ftl", { query: "?raw", import: "default", eager: true });

function bundleOf(language: Language): FluentBundle {
  const bundle = new FluentBundle(language === "hi" ? "hi-IN" : "en-GB", { useIsolating: false });
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/${language}/`)) bundle.addResource(new FluentResource(source), { allowOverrides: true });
  }
  return bundle;
}

const bundles: Record<Language, FluentBundle> = { en: bundleOf("en"), hi: bundleOf("hi") };

export type Variables = Record<string, FluentVariable>;
export interface Texts {
  (key: string, variables?: Variables): string;
  language: Language;
  /** The text of a key that may not exist, such as one made from a code of a newer server. */
  find(key: string, variables?: Variables): string | null;
}

export function textsOf(language: Language): Texts {
  const find = (key: string, variables?: Variables) => {
    for (const bundle of [bundles[language], bundles.en]) {
      const pattern = bundle.getMessage(key)?.value;
      if (pattern) return bundle.formatPattern(pattern, variables ?? null, []);
    }
    return null;
  };
  return Object.assign((key: string, variables?: Variables) => find(key, variables) ?? `[${key}]`, { language, find });
}

const Context = createContext<Texts>(textsOf("en"));

export function TextsProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <Context value={textsOf(language)}>{children}</Context>;
}

export const useTexts = () => use(Context);

/** A code as it stands in the key of a text. */
export const hyphened = (code: string) => code.replace(/[._]/g, "-");

/** What the command of this name does, in the past tense: "confirmed a visit". */
export const didWhat = (command: string, t: Texts) => t.find(`admin-did-${hyphened(command)}`) ?? command;
