import { expect, it } from "vitest";
import { uuidv7 } from "./uuid";

it("makes ids of version 7 that sort by time", () => {
  const [early, late] = [uuidv7(1_000), uuidv7(2_000)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
});

it("holds the instant in its first 48 bits", () => {
  const zeros = new Uint8Array(10);
  expect(parseInt(uuidv7(1_763_683_200_000, zeros).replaceAll("-", "").slice(0, 12), 16)).toBe(1_763_683_200_000);
});
