// The way to the server, which can be cut and mended: a server that is not reached, and one that is there again.
import { createServer, connect } from "node:net";

export async function cableTo(server) {
  const { hostname, port } = new URL(server);
  const open = new Set();
  let whole = true;
  const relay = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => (open.delete(one), other.destroy()));
    }
  });
  await new Promise((ready) => relay.listen(0, "127.0.0.1", ready));
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    cut,
    mend: () => void (whole = true),
    stop: () => (cut(), relay.close()),
  };
}
