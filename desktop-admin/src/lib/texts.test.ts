import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FETCH_PATHS } from "./generated";
import { textsOf } from "./texts";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => readFileSync(join(root, name), "utf8"));
const texts = (language: string, area: string) => readFileSync(join(root, "../../core/i18n/texts", language, `${area}.ftl`), "utf8");
const keysIn = (source: string) => [...source.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]!);

const [en, hi] = [textsOf("en"), textsOf("hi")];

describe("texts", () => {
  it("has every admin text in every language, and none twice", () => {
    const [english, hindi] = [keysIn(texts("en", "admin")), keysIn(texts("hi", "admin"))];
    expect(hindi).toEqual(english);
    expect(new Set(english).size).toBe(english.length);
  });

  it("has every key that the sources name", () => {
    const named = new Set(sources.flatMap((source) => [...source.matchAll(/"((?:account|admin|action|sign-in|settings|ui|list|refusal)-[a-z0-9-]+)"/g)].map((match) => match[1]!)));
    expect(named.size).toBeGreaterThan(200);
    expect([...named].filter((key) => en.find(key) === null)).toEqual([]);
    expect([...named].filter((key) => hi.find(key) === null)).toEqual([]);
  });

  it("has a text for every state, code and command that is made into a key", () => {
    const generated = readFileSync(join(root, "lib/generated.ts"), "utf8");
    const union = (type: string) => [...generated.matchAll(new RegExp(`export type ${type} =\\s*([^;]+);`, "g"))].flatMap((match) => [...match[1]!.matchAll(/"([^"]+)"/g)].map((value) => value[1]!));
    const families: [string, string][] = [["State", "visit"], ["ConsultationState", "request"], ["Standing", "standing"], ["PatientStatus", "status"], ["AccountStatus", "status"], ["Urgency", "urgency"], ["About", "about"], ["CancelReason", "cancel"], ["DeclineReason", "decline"], ["Mode", "mode"], ["DayPart", "part"], ["Party", "party"], ["Relation", "relation"], ["Permission", "permission"], ["RoleFilter", "role"]];
    for (const [type, family] of families) {
      const values = union(type);
      expect(values.length, type).toBeGreaterThan(1);
      expect(values.filter((value) => en.find(`admin-${family}-${value.replaceAll("_", "-")}`) === null), type).toEqual([]);
    }
    const commands = [...generated.slice(generated.indexOf("export interface Commands")).matchAll(/^ {2}"([a-z_.]+)":/gm)].map((match) => match[1]!);
    expect(commands.length).toBeGreaterThan(50);
    expect(commands.filter((name) => en.find(`admin-did-${name.replace(/[._]/g, "-")}`) === null)).toEqual([]);
  });

  it("has words for every refusal and for every reason of the scheduling engine", () => {
    const generated = readFileSync(join(root, "lib/generated.ts"), "utf8");
    const codes = (type: string) => [...(generated.split(`export type ${type} =`)[1] ?? "").split("\nexport ")[0]!.matchAll(/code: "([a-z_]+)"/g)].map((match) => match[1]!.replaceAll("_", "-"));
    expect(codes("Refusal")).toContain("slot-taken");
    expect(codes("Refusal").filter((code) => !en.find(`refusal-${code}`) || !hi.find(`refusal-${code}-title`))).toEqual([]);
    expect(codes("WhyNot")).toContain("on-leave");
    expect(codes("WhyNot").filter((code) => !en.find(`admin-why-${code}`) || !hi.find(`admin-why-${code}`))).toEqual([]);
  });

  it("counts as each language does", () => {
    expect(en("admin-bulk-assigned", { done: 1, refused: 0 })).toBe("1 request assigned.");
    expect(en("admin-bulk-assigned", { done: 12, refused: 0 })).toBe("12 requests assigned.");
    expect(hi("admin-bulk-assigned", { done: 2, refused: 0 })).toContain("अनुरोध");
  });

  it("shows a key that nothing has, instead of nothing", () => {
    expect(en("no-such-key")).toBe("[no-such-key]");
  });
});

it("the desktop app answers exactly the questions the front end can ask", () => {
  const rust = readFileSync(join(root, "../src-tauri/src/questions.rs"), "utf8");
  const answered = [...rust.matchAll(/^ {4}"([a-z_]+)" =>/gm)].map((match) => match[1]!);
  expect(answered.sort()).toEqual(Object.keys(FETCH_PATHS).sort());
});
