import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Address } from "./reach";

/** How long a connection may take, in milliseconds. */
const connectPatience = 1_000;
/** A published port accepts connections before anybody listens behind it, and then closes them at once. */
const settled = 150;
/** Between two attempts, in milliseconds: at first it is asked more often, to see how fast a server is. */
const pauses = { first: 50, later: 100, after: 2_000 } as const;
/** What the other ports still get when one is open, in milliseconds. */
const rest = 2_000;

/** Ports that accept connections, each with the address at which it does. */
export type OpenPorts = ReadonlyMap<number, Address>;

/** Which ports are open, and when the first one was, by the clock of `performance`. */
export interface Opened {
  readonly open: OpenPorts;
  readonly at: number | undefined;
}

/**
 * Waits until all ports accept connections; with `any`, until one does and the others had two seconds more; or until the
 * timeout (milliseconds) or the signal. Resolves to those that are open then.
 */
export async function waitForPorts(
  ports: readonly number[],
  addressesOf: (port: number) => readonly Address[],
  { any, timeout, signal }: { readonly any: boolean; readonly timeout: number; readonly signal: AbortSignal },
): Promise<Opened> {
  const open = new Map<number, Address>();
  const began = performance.now();
  let at: number | undefined;
  for (let end = began + timeout; ; ) {
    const asked = performance.now();
    const closed = ports.filter((port) => !open.has(port));
    const found = await Promise.all(closed.map(async (port) => [port, await firstOpen(addressesOf(port))] as const));
    for (const [port, address] of found) if (address) open.set(port, address);
    if (open.size > 0) at ??= asked;
    if (any && open.size > 0 && found.length === ports.length) end = Math.min(end, performance.now() + rest);
    if (open.size === ports.length || signal.aborted || performance.now() > end) return { open, at };
    await sleep(performance.now() - began < pauses.after ? pauses.first : pauses.later);
  }
}

async function firstOpen(addresses: readonly Address[]): Promise<Address | undefined> {
  for (const address of addresses) if (await isOpen(address)) return address;
  return undefined;
}

/** Whether somebody listens: takes a connection and keeps it, or says something first. */
export function isOpen({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let timer = setTimeout(() => done(false), connectPatience);
    const done = (open: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => {
      clearTimeout(timer);
      timer = setTimeout(() => done(true), settled);
    });
    socket.once("data", () => done(true));
    socket.once("end", () => done(false));
    socket.on("error", () => done(false));
  });
}
