// The way to the server, which can be cut and mended: a server that is not reached, and one that is there again. It can
// also swallow: what is sent is taken and reaches nobody.
import { createServer, connect } from "node:net";

export async function cableTo(server) {
  const { hostname, port } = new URL(server);
  const open = new Set();
  let whole = true;
  /** What was swallowed; null while everything goes through. */
  let swallowed = null;
  const relay = createServer((near) => {
    if (!whole) return void near.destroy();
    if (swallowed !== null) {
      open.add(near);
      near.on("data", (data) => (swallowed += data));
      near.on("error", () => undefined);
      near.on("close", () => open.delete(near));
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => (open.delete(one), other.destroy()));
    }
  });
  await new Promise((ready) => relay.listen(0, "127.0.0.1", ready));
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  const cut = () => {
    whole = false;
    drop();
  };
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    cut,
    swallow: () => ((swallowed = ""), drop()),
    swallowed: () => swallowed ?? "",
    mend: () => {
      if (swallowed !== null) drop();
      swallowed = null;
      whole = true;
    },
    stop: () => (cut(), relay.close()),
  };
}
