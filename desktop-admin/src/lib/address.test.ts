import { expect, it } from "vitest";
import { questionOf } from "../features/visits/Visits";
import { dateOf, oneOf, parseAddress, writeAddress } from "./address";

it("keeps filters in the address, as texts and without empty ones", () => {
  const address = { text: "00123", state: "booked", doctor: undefined, clinic: "" };
  expect(writeAddress(address)).toBe("?text=00123&state=booked");
  expect(parseAddress(writeAddress(address))).toEqual({ text: "00123", state: "booked" });
  expect(writeAddress({})).toBe("");
});

it("comes back unchanged with any text", () => {
  const address = { text: "Übermaß & “आशा” =?#/" };
  expect(parseAddress(writeAddress(address))).toEqual(address);
});

it("ignores what an address cannot mean", () => {
  expect(oneOf("flying", ["booked", "held"])).toBeUndefined();
  expect(dateOf("2026-13-40")).toBeUndefined();
  expect(dateOf("yesterday")).toBeUndefined();
  expect(dateOf("2026-11-21")).toBe("2026-11-21");
});

it("asks the server for what the address says, with days of the clinic's zone", () => {
  const question = questionOf({ state: "booked", from: "2026-11-21", until: "2026-11-21", sort: "doctor", descending: "0" }, "Asia/Kolkata");
  expect(question).toMatchObject({ state: "booked", from: "2026-11-20T18:30:00.000Z", until: "2026-11-21T18:30:00.000Z", sort: "doctor", descending: false });
});

it("shows the newest visits first where nothing else is asked, and drops a state that is none", () => {
  expect(questionOf({ state: "flying", sort: "colour" }, "UTC")).toMatchObject({ state: undefined, sort: "start", descending: true });
});
