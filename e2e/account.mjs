// What an account is protected with, as tests use it: a server with a mailbox, the codes of its e-mails, an authenticator app.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const programs = process.env.MEDICONNECT_PROGRAMS ?? path.resolve("../target/debug");

/** An empty clinic's server, with these flags. */
export class Server {
  static async start(...flags) {
    const server = new Server();
    server.folder = await mkdtemp(path.join(tmpdir(), "mediconnect-accounts-"));
    const always = ["--data", path.join(server.folder, "data"), "--listen", "127.0.0.1:0", "--dev-mailbox", "--log", "warn", "--login-per-min", "1000"];
    server.process = spawn(path.join(programs, "mediconnect-server"), ["serve", ...always, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface({ input: server.process.stdout })) {
      const found = line.match(/^listening on (http\S+)/);
      if (found) {
        server.address = found[1];
        server.process.stdout.resume();
        return server;
      }
    }
    throw new Error("the server ended before it said where it listens");
  }

  async stop() {
    this.process.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** How many e-mails this address has. */
  async mails(email) {
    return (await letters(this.address, email)).length;
  }

  /** The code in the newest e-mail to this address, once it has more than so many. */
  async mailedCode(email, before) {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = await letters(this.address, email);
      if (found.length > before) return found[0].text.match(/(\d{4}) ?(\d{4})/).slice(1).join(" ");
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`no e-mail came to ${email}`);
  }
}

async function letters(address, email) {
  const { items } = await (await fetch(`${address}/dev/mailbox/letters`)).json();
  return items.filter(({ to }) => to.includes(email));
}

/** An authenticator app (RFC 6238) that never shows the same code twice: the server takes each once, one step early too. */
export class Authenticator {
  constructor(secret) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
    this.key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    this.used = 0;
  }

  /** The next code that the server can take; waits where there is none yet. */
  async code() {
    const now = () => Math.floor(Date.now() / 30_000);
    const step = Math.max(this.used + 1, now() - 1);
    while (step > now() + 1) await new Promise((later) => setTimeout(later, 500));
    this.used = step;
    return this.at(step);
  }

  /** A code of long ago. */
  old() {
    return this.at(Math.floor(Date.now() / 30_000) - 100);
  }

  at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac("sha1", this.key).update(counter).digest();
    const from = mac[19] & 15;
    return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  }
}
