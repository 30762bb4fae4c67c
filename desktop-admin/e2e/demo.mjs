// The server that is walked on: the one in MEDICONNECT_SERVER, or one of our own with a fresh demo clinic.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Where cargo puts what it builds. */
export const programs = process.env.MEDICONNECT_PROGRAMS ?? join(process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url)), "debug");

/** Everybody in the demo clinic has this password; the server prints it. */
const PASSWORD = "sunrise-harbour-42";
export const person = (name) => ({ email: `${name}@mediconnect.example`, password: process.env.MEDICONNECT_PASSWORD ?? PASSWORD });

const LIMITS = ["LOGIN_PER_MIN", "REQUESTS_PER_MIN_ADDRESS", "REQUESTS_PER_MIN_ACCOUNT", "REQUESTS_PER_MIN_DEVICE"];

export async function demoServer(settings = {}) {
  if (process.env.MEDICONNECT_SERVER && Object.keys(settings).length === 0) return { url: process.env.MEDICONNECT_SERVER, stop: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "mediconnect-admin-"));
  // Many people sign in from one address here.
  const env = { ...process.env, MEDICONNECT_LOG: "warn", ...Object.fromEntries(LIMITS.map((limit) => [`MEDICONNECT_${limit}`, "1000000"])), ...settings };
  const server = spawn(join(programs, "mediconnect-server"), ["demo", "--data", folder, "--listen", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, failed) => {
    server.once("error", failed);
    server.once("exit", (code) => failed(new Error(`the server ended with ${code} before it listened`)));
    createInterface(server.stdout).on("line", (line) => /listening on (\S+)/.test(line) && found(RegExp.$1));
  });
  return {
    url,
    async stop() {
      server.kill();
      await new Promise((ended) => server.once("exit", ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
