import { CATALOG_PLATFORM, type Size } from "../../catalog/size";
import type { Layout } from "./layout";
import type { Pruning } from "./prune";

/** Bytes of a package: of Express, Koa, serve and Fastify with all that they bring, 50 to 180 kB each (own measurement, 2026-11-22). */
const PACKAGE = { bytes: 70_000, low: 15_000, high: 600_000 };
/** Packages that one dependency brings, itself included. */
const CLOSURE = { count: 15, low: 1, high: 60 };

/** The bytes of node_modules, an estimate by the number of packages; unknown where neither lock file nor package.json was seen. */
export function modulesSize({ json, lock, installs }: Layout, { commands, ships }: Pruning): Size {
  if (installs.length === 0 || (json && json.dependencies.size + json.devDependencies.size === 0))
    return estimated({ bytes: 0 });
  if (!json && !lock) return estimated({ bytes: null, low: 0 });
  const withDev = ships && commands.length === 0;
  const dev = withDev ? (json?.devDependencies.size ?? 0) : 0;
  const direct = (json?.dependencies.size ?? 0) + dev;
  const known = lock && (lock.shippedAlone ? lock.names.size : withDev ? lock.names.size : undefined);
  const from = (count: number, extra: number, bytes: number) => Math.round((count + extra) * bytes);
  const extra = lock?.shippedAlone ? dev : 0;
  return estimated({
    bytes: from(known ?? direct * CLOSURE.count, extra * CLOSURE.count, PACKAGE.bytes),
    low: from(known ?? direct * CLOSURE.low, extra * CLOSURE.low, PACKAGE.low),
    high: from(known ?? direct * CLOSURE.high, extra * CLOSURE.high, PACKAGE.high),
  });
}

/** An estimate of unpacked bytes. */
export function estimated(bytes: Pick<Size, "bytes" | "low" | "high">): Size {
  return { ...bytes, kind: "unpacked", source: "estimate", platform: CATALOG_PLATFORM };
}
