// Makes src/lib/generated.ts from the Rust types. With --check it only says whether that file is current.
//
// The Rust side writes one JSON Schema (core/domain/examples/admin_schema.rs); MEDICONNECT_SCHEMA names a file that
// holds it already, for machines without cargo.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const target = fileURLToPath(new URL("../src/lib/generated.ts", import.meta.url));
const workspace = fileURLToPath(new URL("../../", import.meta.url));

function readSchema() {
  const file = process.env.MEDICONNECT_SCHEMA;
  if (file) return JSON.parse(readFileSync(file, "utf8"));
  const example = ["run", "--quiet", "--package", "mediconnect-domain", "--example", "admin_schema"];
  return JSON.parse(execFileSync("cargo", example, { cwd: workspace, encoding: "utf8", maxBuffer: 1 << 26 }));
}

/** `Page_for_Account` reads better as `AccountPage`. */
const renamed = (schema) => JSON.parse(JSON.stringify(schema).replace(/Page_for_(\w+)/g, "$1Page"));

const nameOf = (schema) => schema.$ref?.split("/").pop() ?? JSON.stringify(schema);

/** An `Option` may be left out in what is sent and is null in what comes back: `?` and `| null` cover both. */
async function typescript({ fetches, commands, $defs }) {
  const definitions = await compile({ title: "Everything", type: "object", additionalProperties: false, $defs }, "Everything", {
    additionalProperties: false,
    bannerComment: "",
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 140 },
  });
  const own = definitions
    .replace(/export interface Everything \{\s*\}\n/, "")
    .replace(/\/\*\*\n \* This interface was referenced by[^/]*\*\/\n/g, "")
    .replace(/ \*\s*\n \* This interface was referenced by[^\n]*\n \* via the[^\n]*\n/g, "");
  const rows = Object.entries(fetches).map(([name, { query, answer }]) => `  ${name}: { query: ${nameOf(query)}; answer: ${nameOf(answer)} };`);
  const paths = Object.entries(fetches).map(([name, { path }]) => `  ${name}: ${JSON.stringify(path)},`);
  const orders = Object.entries(commands).map(([name, schema]) => `  ${JSON.stringify(name)}: ${nameOf(schema)};`);
  return [
    "// Generated from the Rust types by `npm run types`. Do not edit.",
    own.trim(),
    "/** What can be asked of the server, by name. */",
    `export interface Fetches {\n${rows.join("\n")}\n}`,
    "/** Where each question is asked. */",
    `export const FETCH_PATHS = {\n${paths.join("\n")}\n} as const satisfies Record<keyof Fetches, string>;`,
    "/** Every command's arguments, by its name. */",
    `export interface Commands {\n${orders.join("\n")}\n}`,
    "",
  ].join("\n\n");
}

const made = await typescript(renamed(readSchema()));
if (process.argv.includes("--check")) {
  const current = readFileSync(target, "utf8") === made;
  if (!current) console.error("src/lib/generated.ts is out of date: run `npm run types`.");
  process.exit(current ? 0 : 1);
}
writeFileSync(target, made);
console.log(`wrote ${target.replace(workspace, "")}`);
