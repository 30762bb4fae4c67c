import { mergeConfig } from "vite";
import base from "./vite.config.ts";

export default mergeConfig(base, { test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], restoreMocks: true } });
