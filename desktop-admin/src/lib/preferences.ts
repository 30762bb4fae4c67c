/** What a person chose for this machine: appearance and language. */
import { useLocalStorage } from "@mantine/hooks";
import { LANGUAGES, type Language } from "./texts";

export type Appearance = "device" | "light" | "dark";

export const TEXT_SIZES = ["normal", "large", "larger", "largest"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const ownLanguage = (): Language => LANGUAGES.find(({ value }) => navigator.language.startsWith(value))?.value ?? "en";

export function usePreferences() {
  const [language, setLanguage] = useLocalStorage<Language>({ key: "admin.language", defaultValue: ownLanguage(), getInitialValueInEffect: false });
  const [theme, setTheme] = useLocalStorage<Appearance>({ key: "admin.theme", defaultValue: "device", getInitialValueInEffect: false });
  const [textSize, setTextSize] = useLocalStorage<TextSize>({ key: "admin.text-size", defaultValue: "normal", getInitialValueInEffect: false });
  return { textSize, setTextSize, language, setLanguage, theme, setTheme };
}
