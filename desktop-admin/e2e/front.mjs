// Serves the built front end, with the server's paths under the same origin, as the desktop app has no origin to share either.
import { fileURLToPath } from "node:url";
import { preview } from "vite";

/** Starts on a free port; answers its address and how to stop it. */
export async function serveFront(server) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const served = await preview({ root, logLevel: "silent", preview: { port: 0, strictPort: false, host: "127.0.0.1", proxy: { "/v1": { target: server, ws: true } } } });
  const { port } = served.httpServer.address();
  return { url: `http://127.0.0.1:${port}`, stop: () => served.close() };
}
