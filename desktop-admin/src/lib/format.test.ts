import { describe, expect, it } from "vitest";
import { addDays, age, cityOf, clock, dateIn, instantOf, money, sameClock, spanOf } from "./format";

describe("instants of local clocks", () => {
  it("takes the zone's offset on that date", () => {
    expect(instantOf("2026-01-15T09:00:00", "Europe/Berlin").toISOString()).toBe("2026-01-15T08:00:00.000Z");
    expect(instantOf("2026-07-15T09:00:00", "Europe/Berlin").toISOString()).toBe("2026-07-15T07:00:00.000Z");
    expect(instantOf("2026-07-15T09:00:00", "Asia/Kolkata").toISOString()).toBe("2026-07-15T03:30:00.000Z");
  });

  it("is right on the days the clocks change", () => {
    expect(instantOf("2026-03-29T13:00:00", "Europe/Berlin").toISOString()).toBe("2026-03-29T11:00:00.000Z");
    expect(instantOf("2026-10-25T13:00:00", "Europe/Berlin").toISOString()).toBe("2026-10-25T12:00:00.000Z");
    expect(instantOf("2026-03-29T00:00:00", "Europe/Berlin").toISOString()).toBe("2026-03-28T23:00:00.000Z");
  });

  it("makes of two dates a span that holds the whole last day, 23 or 25 hours long as it may be", () => {
    expect(spanOf("2026-03-29", "2026-03-29", "Europe/Berlin")).toEqual({ from: "2026-03-28T23:00:00.000Z", until: "2026-03-29T22:00:00.000Z" });
    expect(spanOf(undefined, undefined, "Europe/Berlin")).toEqual({ from: undefined, until: undefined });
  });

  it("tells the date an instant falls on", () => {
    const late = new Date("2026-11-21T20:00:00Z");
    expect(dateIn(late, "Europe/Berlin")).toBe("2026-11-21");
    expect(dateIn(late, "Asia/Kolkata")).toBe("2026-11-22");
  });

  it("knows when two zones show the same clock", () => {
    expect(sameClock("2026-11-21T08:00:00Z", "Europe/Berlin", "Europe/Madrid")).toBe(true);
    expect(sameClock("2026-11-21T08:00:00Z", "Europe/Berlin", "Asia/Kolkata")).toBe(false);
  });
});

describe("money", () => {
  it("is written from minor units, with the currency's own digits", () => {
    expect(money({ amount_minor: 1250, currency: "EUR" }, "en")).toBe("€12.50");
    expect(money({ amount_minor: 1250, currency: "JPY" }, "en")).toBe("JP¥1,250");
    expect(money({ amount_minor: 12345600, currency: "INR" }, "hi")).toBe("₹1,23,456.00");
  });
});

it("says an age in the largest unit that tells something", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  expect(age("2026-11-21T11:48:00Z", "en", now)).toBe("12 mins");
  expect(age("2026-11-21T07:00:00Z", "en", now)).toBe("5 hours");
  expect(age("2026-11-18T12:00:00Z", "en", now)).toBe("3 days");
  expect(age("2026-11-21T13:00:00Z", "en", now)).toBe("0 mins");
});

it("adds days across months and clock changes", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("2026-03-29", 1)).toBe("2026-03-30");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

it("names a zone by its city and writes clocks in it", () => {
  expect(cityOf("America/New_York")).toBe("New York");
  expect(clock("2026-11-21T08:00:00Z", "en", "America/New_York")).toBe("03:00");
});
