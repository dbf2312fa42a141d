import { posix } from "../../model/paths";
import type { Instruction } from "../../syntax/instruction";
import { rememberedBeside } from "../../text/remembered";
import type { AppView, StageCopy } from "../app";
import { pythonImage } from "./image";
import { type Install, type Installs, installsOf } from "./installs";
import type { Place } from "./places";
import type { PackageView } from "./view";

/** What COPY brings of packages that another stage has installed, by the places where they come to stand. */
export interface CopiedPackages {
  readonly list: readonly Install[];
  readonly environments: Installs["environments"];
  /** The COPY instructions that bring nothing but packages, their scripts, and tools that only builds use. */
  readonly accounted: ReadonlySet<Instruction>;
}

/** The packages that a stage has from others; a sentence where they are of another Python, or come to stand nobody knows where. */
export function copiedPackages({ copies }: AppView, version: string): CopiedPackages | string {
  const list: Install[] = [];
  const environments = new Map<string, { hasPip: boolean; seesSystem: boolean }>();
  const accounted = new Set<Instruction>();
  for (const copy of copies) {
    if (copy.sources?.every((path) => /\/uvx?$/.test(path))) accounted.add(copy.instruction);
    const image = copy.stage && pythonImage(copy.stage);
    const names = copy.sources?.some((path) => PACKAGES.test(path)) || PACKAGES.test(copy.target ?? "");
    if (!copy.stage || !image) {
      if (names) return "The packages are copied from an image or a stage whose Python is not known.";
      continue;
    }
    const installs = known(copy.stage, image.version);
    if (installs.list.length === 0 && !names) continue;
    if (isOfPackages(copy, installs)) accounted.add(copy.instruction);
    if (image.version !== version)
      return `The packages are installed for Python ${image.version}, and the program is run by ${version}.`;
    if (copy.target === undefined || !copy.sources) return "Where the packages are copied to is not known.";
    for (const [root, made] of installs.environments) {
      const moved = movedBy(copy, root);
      if (moved !== undefined) environments.set(moved, made);
    }
    for (const install of installs.list) {
      const { place } = install;
      if (typeof place === "string") return place;
      const moved = placeAfter(copy, place);
      if (moved) list.push({ ...install, place: moved });
    }
  }
  return { list, environments, accounted };
}

/** A stage is copied from more than once. */
const known = rememberedBeside((stage: PackageView, version: string) => installsOf(stage, version));

/** Each source is a place, holds one, or lies among its scripts. */
function isOfPackages({ sources = [] }: StageCopy, { list, environments }: Installs): boolean {
  const places = list.flatMap(({ place }) => (typeof place === "string" ? [] : place));
  const roots = [...environments.keys(), ...places.map(({ root }) => root)];
  return sources.every(
    (source) =>
      roots.includes(source) ||
      places.some(({ packages, scripts }) => isIn(source, packages) || isIn(packages, source) || isIn(source, scripts)),
  );
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

const PACKAGES = /\/(?:site|dist)-packages(?:\/|$)/;

/** Where a place comes to stand, with all its packages; undefined where the COPY leaves them. */
function placeAfter(copy: StageCopy, place: Place): Place | undefined {
  const packages = movedBy(copy, place.packages);
  if (packages === undefined) return undefined;
  const [, root, version] = /^(.*)\/lib\/python(3\.\d+)\/site-packages$/.exec(packages) ?? [];
  const scripts = movedBy(copy, place.scripts) ?? `${root ?? packages}/bin`;
  if (root === undefined || version === undefined) return { kind: "target", root: packages, packages, scripts };
  const kind = root === "/usr/local" ? "system" : root.endsWith("/.local") ? "user" : place.kind;
  return { kind: kind === "system" && root !== "/usr/local" ? "target" : kind, root, packages, scripts };
}

/** Where a path of the other stage comes to stand. */
function movedBy({ sources = [], target = "" }: StageCopy, path: string): string | undefined {
  const from = sources.find((source) => source === "/" || path === source || path.startsWith(`${source}/`));
  return from === undefined ? undefined : posix.join(target, `.${path.slice(from === "/" ? 0 : from.length)}`);
}
