/** What a person chose for this machine: appearance and language. */
import { useLocalStorage } from "@mantine/hooks";
import { LANGUAGES, type Language } from "./texts";

export type Appearance = "device" | "light" | "dark";

const ownLanguage = (): Language => LANGUAGES.find(({ value }) => navigator.language.startsWith(value))?.value ?? "en";

export function usePreferences() {
  const [language, setLanguage] = useLocalStorage<Language>({ key: "admin.language", defaultValue: ownLanguage(), getInitialValueInEffect: false });
  const [theme, setTheme] = useLocalStorage<Appearance>({ key: "admin.theme", defaultValue: "device", getInitialValueInEffect: false });
  return { language, setLanguage, theme, setTheme };
}
