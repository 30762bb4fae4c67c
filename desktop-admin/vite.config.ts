import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The texts are core/i18n's, one source for all apps.
const workspace = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@texts": fileURLToPath(new URL("../core/i18n/texts", import.meta.url)),
    },
  },
  clearScreen: false,
  server: {
    host: "127.0.0.1",
    port: Number(process.env.MEDICONNECT_ADMIN_PORT ?? 5173),
    strictPort: true,
    fs: { allow: [workspace] },
  },
  // A browser drives the front end in tests: the same server's paths appear under the page's own origin, so no CORS is needed.
  preview: {
    host: "127.0.0.1",
    port: Number(process.env.MEDICONNECT_ADMIN_PORT ?? 5173),
    strictPort: true,
    proxy: process.env.MEDICONNECT_SERVER ? { "/v1": { target: process.env.MEDICONNECT_SERVER, ws: true } } : undefined,
  },
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
});
