/** The look of mobile-ui's tokens, said in Mantine's terms. No colour is written here: all are variables of tokens.css. */
import { createTheme, type ButtonProps, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** The accent in the places where Mantine looks for it: 7 in the light theme, 4 in the dark one, one further under the pointer. */
const accent: MantineColorsTuple = ["var(--accent-soft)", "var(--accent-soft)", "var(--accent-soft)", "var(--accent)", "var(--accent)", "var(--accent-hover)", "var(--accent)", "var(--accent)", "var(--accent-hover)", "var(--accent-hover)"];

/** Mantine's greys of the dark theme, in the tokens' tint: texts, lines, fields, grounds. */
const dark: MantineColorsTuple = ["var(--text)", "var(--text)", "var(--text-muted)", "var(--border-strong)", "var(--border)", "var(--surface-sunken)", "var(--surface-raised)", "var(--surface-raised)", "var(--surface)", "var(--surface)"];

const compact = { defaultProps: { size: "xs" } };

/** Filled buttons have the tokens' colours in both themes: the main action the accent, one that takes away the critical. */
const filled = (role: "accent" | "critical") => ({
  "--button-bg": `var(--${role})`,
  "--button-color": "var(--accent-text)",
  "--button-hover": role === "accent" ? "var(--accent-hover)" : "color-mix(in srgb, var(--critical) 88%, var(--text))",
});

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  colors: { accent, dark },
  fontFamily: "var(--font)",
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "1.25rem", lineHeight: "1.4" }, h2: { fontSize: "1rem", lineHeight: "1.5" }, h3: { fontSize: "0.875rem", lineHeight: "1.45" } } },
  defaultRadius: 8,
  cursorType: "pointer",
  components: {
    Button: { ...compact, vars: (_: unknown, { variant, color }: ButtonProps) => ({ root: (variant ?? "filled") === "filled" ? filled(color === "red" ? "critical" : "accent") : {} }) },
    TextInput: compact,
    Textarea: compact,
    NumberInput: compact,
    Select: compact,
    MultiSelect: compact,
    Checkbox: { defaultProps: { size: "xs", iconColor: "var(--accent-text)" } },
    Radio: { defaultProps: { size: "xs", iconColor: "var(--accent-text)" } },
    Switch: compact,
    SegmentedControl: { ...compact, styles: { root: { background: "var(--surface-sunken)", border: "1px solid var(--border)" }, indicator: { background: "var(--accent-soft)", boxShadow: "inset 0 0 0 1px var(--accent)" } } },
    PasswordInput: compact,
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { openDelay: 300, withinPortal: true } },
    Modal: { defaultProps: { centered: true, padding: "lg", transitionProps: { duration: 120 } }, styles: { title: { fontWeight: 600, fontSize: "var(--mantine-font-size-lg)" } } },
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
    "--mantine-primary-color-contrast": "var(--accent-text)",
    "--mantine-primary-color-light": "var(--accent-soft)",
    "--mantine-primary-color-light-color": "var(--accent)",
  };
  return { variables: {}, light: shared, dark: shared };
};
