import decodeQR from "qr/decode.js";
import { expect, it, vi } from "vitest";
import { TroubleError, type Backend } from "@/lib/backend";
import { withProof } from "./proof";
import { outline } from "./QrCode";

const stepUp = new TroubleError("step_up");

/** A backend that wants a proof so often, and how often it was asked. */
function strict(times: number) {
  const execute = vi.fn(async () => {
    if (execute.mock.calls.length <= times) throw stepUp;
  });
  return { backend: { execute, defaultServer: () => "here" } as unknown as Backend, execute };
}

const order = (backend: Backend) => backend.execute("directory.verify", { doctor_id: "d" });

it("does what is grave once somebody has proven who they are", async () => {
  const { backend, execute } = strict(1);
  const ask = vi.fn(async () => true);
  await order(withProof(backend, ask));
  expect(ask).toHaveBeenCalledOnce();
  expect(execute).toHaveBeenCalledTimes(2);
});

it("does nothing where no proof is given, and says why", async () => {
  const { backend, execute } = strict(1);
  await expect(order(withProof(backend, async () => false))).rejects.toBe(stepUp);
  expect(execute).toHaveBeenCalledOnce();
});

it("asks for no proof where none is wanted, and leaves what is no question alone", async () => {
  const { backend } = strict(0);
  const ask = vi.fn(async () => true);
  await order(withProof(backend, ask));
  expect(ask).not.toHaveBeenCalled();
  expect(withProof(backend, ask).defaultServer()).toBe("here");
});

it("draws a code that a camera reads", () => {
  const text = "otpauth://totp/MediConnect:ruth@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=MediConnect";
  const { size, path } = outline(text);
  const scale = 6;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < scale; dx += 1) data.fill(0, ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4, ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4 + 3);
    }
  }
  expect(decodeQR({ width, height: width, data })).toBe(text);
});
