/** The look of mobile-ui's tokens, said in Mantine's terms. The colours themselves are in tokens.css. */
import { createTheme, type ButtonProps, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const teal: MantineColorsTuple = ["#e6f4f3", "#cfe9e7", "#a4d6d2", "#7ad9d2", "#54c7bf", "#2f9f98", "#17827c", "#0a6a67", "#07524f", "#053c3a"];

/** Mantine's greys of the dark theme, in the tokens' tint: texts, lines, fields, grounds. */
const dark: MantineColorsTuple = ["#e9f0ee", "#c6d2cf", "#a3b4b0", "#758782", "#2b3937", "#24312f", "#1a2624", "#131d1b", "#0f1816", "#0c1413"];

const compact = { defaultProps: { size: "xs" } };

/** Filled buttons have the tokens' colours in both themes: the main action the accent, one that takes away the critical. */
const filled = (role: "accent" | "critical") => ({
  "--button-bg": `var(--${role})`,
  "--button-color": "var(--accent-text)",
  "--button-hover": `color-mix(in srgb, var(--${role}) 88%, var(--text))`,
});

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { teal, dark },
  fontFamily: '"Inter Variable", "Noto Sans Devanagari", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontSizes: { xs: "13px", sm: "14px", md: "15px", lg: "17px", xl: "20px" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "20px", lineHeight: "28px" }, h2: { fontSize: "16px", lineHeight: "24px" }, h3: { fontSize: "14px", lineHeight: "20px" } } },
  defaultRadius: 8,
  cursorType: "pointer",
  components: {
    Button: { ...compact, vars: (_: unknown, { variant, color }: ButtonProps) => ({ root: (variant ?? "filled") === "filled" ? filled(color === "red" ? "critical" : "accent") : {} }) },
    TextInput: compact,
    Textarea: compact,
    NumberInput: compact,
    Select: compact,
    MultiSelect: compact,
    Checkbox: compact,
    Switch: compact,
    SegmentedControl: compact,
    PasswordInput: compact,
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { openDelay: 300, withinPortal: true } },
    Modal: { defaultProps: { centered: true, padding: "lg", transitionProps: { duration: 120 } } },
  },
});

/** Mantine's own colours follow the tokens, so that both themes are written once. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--surface-raised)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-muted)",
    "--mantine-color-placeholder": "var(--text-muted)",
    "--mantine-color-default-border": "var(--border)",
    "--mantine-color-error": "var(--critical)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-default": "var(--surface-raised)",
    "--mantine-color-default-hover": "var(--surface-sunken)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-primary-color-light": "var(--accent-soft)",
    "--mantine-primary-color-light-color": "var(--accent)",
  };
  return { variables: {}, light: shared, dark: shared };
};
