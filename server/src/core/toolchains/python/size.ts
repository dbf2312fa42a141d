import { nothingKnown } from "../../catalog/amounts";
import { addSizes, CATALOG_PLATFORM, type Size } from "../../catalog/size";
import type { LockedPackage } from "../../project/pyproject";
import { MEASURED } from "./measured";
import type { Place } from "./places";
import type { PythonProgram } from "./program";

/** Of a package that nobody measured: a wide estimate around those of `measured.ts`. Bytes. */
const UNMEASURED = { bytes: 3_000_000, low: 50_000, high: 30_000_000 };
/** A wheel grows as it is unpacked and its modules are compiled: an estimate. */
const GROWTH = { bytes: 4.2, low: 2, high: 7 };

/** The bytes of the packages in a place, an estimate by their names; unknown where these are not known. */
export function packagesSize({ installs, view }: PythonProgram, place: Place): Size {
  const here = installs.list.filter((each) => typeof each.place !== "string" && each.place.packages === place.packages);
  if (here.some(({ packages }) => packages === undefined)) return nothingKnown();
  const locks = [...(view.project.pythonLocks?.values() ?? [])];
  const sizes = [...closureOf(here.flatMap(({ packages = [] }) => packages.map(({ name }) => name)))].map((name) =>
    sizeOf(
      name,
      locks.map(({ packages }) => packages.get(name)).find((each) => each?.bytes !== undefined),
    ),
  );
  return addSizes([estimated(0, 0, 0), ...sizes]);
}

/** With those that they want, as far as that was measured. */
function closureOf(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = names.filter((name) => name !== "");
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(table().get(name)?.wants ?? []));
  }
  return found;
}

function sizeOf(name: string, locked: LockedPackage | undefined): Size {
  const measured = table().get(name);
  if (measured) return estimated(measured.bytes, measured.bytes * 0.8, measured.bytes * 1.3);
  const bytes = locked?.bytes;
  if (bytes !== undefined) return estimated(bytes * GROWTH.bytes, bytes * GROWTH.low, bytes * GROWTH.high);
  return estimated(UNMEASURED.bytes, UNMEASURED.low, UNMEASURED.high);
}

function estimated(bytes: number, low: number, high: number): Size {
  const whole = { bytes: Math.round(bytes), low: Math.round(low), high: Math.round(high) };
  return { ...whole, kind: "unpacked", source: "estimate", platform: CATALOG_PLATFORM };
}

interface Measured {
  readonly bytes: number;
  readonly wants: readonly string[];
}

let known: ReadonlyMap<string, Measured> | undefined;

/** Read when first asked for. */
function table(): ReadonlyMap<string, Measured> {
  known ??= new Map(
    MEASURED.split("\n").map((line) => {
      const [name = "", kib, ...wants] = line.split(" ");
      return [name, { bytes: Number(kib) * 1024, wants }];
    }),
  );
  return known;
}
