import { expect, it } from "vitest";
import { csv, csvName } from "./csv";

const body = (rows: (string | number)[][]) => csv(["a"], rows).split("\r\n").slice(1, -1);

it("starts with a byte-order mark and ends each row with CRLF", () => {
  expect(csv(["Name", "Visits"], [["Asha", 3]])).toBe("\ufeffName,Visits\r\nAsha,3\r\n");
});

it("quotes what would break a row", () => {
  expect(body([['said "no"'], ["one, two"]])).toEqual(['"said ""no"""', '"one, two"']);
  expect(csv(["a"], [["two\nlines"]])).toContain('"two\nlines"');
});

it("lets no cell be run as a formula, and leaves phone numbers and numbers alone", () => {
  expect(body([["=HYPERLINK(1)"], ["@x"], ["-1+2"], ["+cmd|x"]])).toEqual(["'=HYPERLINK(1)", "'@x", "'-1+2", "'+cmd|x"]);
  expect(body([["+49301234567"], [-5]])).toEqual(["+49301234567", "-5"]);
});

it("names the file by its day", () => {
  expect(csvName("visits", new Date("2026-11-21T23:59:00Z"))).toBe("visits-2026-11-21.csv");
});
