import "@fontsource-variable/inter/wght.css";
import "@fontsource/noto-sans-devanagari/400.css";
import "@fontsource/noto-sans-devanagari/600.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./theme/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import type { Backend } from "./lib/backend";

/** Inside the desktop app there is Tauri; anything else is a browser under test. */
async function openBackend(): Promise<Backend> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./lib/backend/tauri")).TauriBackend.open();
  return new (await import("./lib/backend/http")).HttpBackend();
}

const backend = await openBackend();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App backend={backend} />
  </StrictMode>,
);
