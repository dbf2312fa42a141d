import { addSizes, type Size } from "../../catalog/size";
import { lineage } from "../../model/image-config";
import { posix } from "../../model/paths";
import type { AppView, Part, Way, Ways } from "../app";
import { CHAINGUARD, chainguardMajor, distrolessOf, majorOf, slimLacks, slimOf, standsOnSlim } from "./images";
import type { Layout } from "./layout";
import type { PackageNeeds } from "./packages";
import { isBerry, type Pruning } from "./prune";
import { isManager } from "./script";
import { modulesSize } from "./size";
import type { Shown } from "./sources";
import type { NodeStart } from "./start";

/** All that is known of a program of Node. */
export interface NodeProgram {
  readonly view: AppView;
  readonly start: NodeStart;
  readonly layout: Layout;
  readonly shown: Shown | undefined;
  readonly needs: PackageNeeds;
  readonly pruning: Pruning;
}

/** How the program ships on each family of final images. */
export function waysOf(program: NodeProgram): Ways {
  return { distroless: onDistroless(program), chainguard: onChainguard(program), slim: onSlim(program) };
}

const SLIM = "a slim final stage has what it needs";

function onDistroless(program: NodeProgram): Way | string {
  const { view, needs } = program;
  const image = distrolessOf(view);
  if (!image) return `There is no distroless image of Node ${majorOf(view) ?? "of that version"}: ${SLIM}.`;
  const node = byNode(program);
  if (typeof node === "string") return node;
  if (view.baseLibc === "musl" && needs.isNative !== false)
    return "The packages are installed on Alpine, whose C library is another than that of distroless, and some may be made for it; on the image of Node without -alpine they can move.";
  if (image.upgrade && needs.isNative !== false)
    return `There is no distroless image of Node ${majorOf(view)}, and packages may be compiled for that version; ${SLIM}.`;
  return {
    ...common(program),
    name: image.name,
    image: (root) => `${image.reference}${root ? "" : ":nonroot"}`,
    ...(image.upgrade ? { upgrade: image.upgrade } : {}),
    shell: false,
    env: program.start.env,
    runtime: { names: ["node"], path: "/nodejs/bin/node" },
    start: startBy("/nodejs/bin/node", true, view, node),
    assumes: [...assumed(program), ...inPlaceOfNpm(program)],
  };
}

function onChainguard(program: NodeProgram): Way | string {
  const { view, needs } = program;
  const [own, theirs] = [majorOf(view), chainguardMajor()];
  if (own === undefined || own !== theirs)
    return `cgr.dev/chainguard/node has Node ${theirs ?? "of no known version"} alone, and the program is made for ${own ?? "another"}: ${SLIM}.`;
  const node = byNode(program);
  if (typeof node === "string") return node;
  if (view.baseLibc === "musl" && needs.isNative !== false)
    return "The packages are installed on Alpine, whose C library is another than Chainguard's, and some may be made for it.";
  return {
    ...common(program),
    name: "Chainguard's node",
    image: () => CHAINGUARD,
    shell: false,
    env: program.start.env,
    runtime: { names: ["node"], path: "/usr/bin/node" },
    start: startBy("/usr/bin/node", true, view, node),
    assumes: [
      ...assumed(program),
      ...inPlaceOfNpm(program),
      "The image has no tags of versions: a later build may bring a newer Node.",
    ],
  };
}

/** The words behind node, where node alone can run the program; a sentence where it cannot. */
function byNode({ start, shown, needs }: NodeProgram): readonly string[] | string {
  if (typeof start.node === "string") return `${start.node.replace(/\.$/, "")}; ${SLIM}.`;
  const [started] = shown?.starts ?? [];
  if (started)
    return `It starts ${started.command ? `\`${started.command}\`` : "other programs"} (${started.by} in ${started.file}), and distroless has neither a shell nor tools; ${SLIM}.`;
  if (needs.wants) return `${needs.wants}, and distroless has none.`;
  const [variable] = start.launcher === "node" ? [] : (shown?.npmVariables ?? []);
  if (variable) return `Its sources read ${variable}, which npm sets, and distroless has no npm; ${SLIM}.`;
  return start.node;
}

function onSlim(program: NodeProgram): Way | string {
  const { view, start, shown, needs, layout } = program;
  const image = slimOf(view);
  if (!image) return "The tag of the base image is not known, so that of its slim variant is not either.";
  const isSmall = standsOnSlim(view);
  const tool = globalTool(program);
  if (tool)
    return `${tool} is installed for the whole machine, outside the project; among the dependencies of package.json, and started by npx, it could move.`;
  if (needs.wants && !isSmall) return `${needs.wants}, and ${image.name} may have none.`;
  const unknown = isSmall ? undefined : shown?.starts.find(({ command }) => command === undefined);
  if (unknown)
    return `It starts programs that are not written out (${unknown.by} in ${unknown.file}), which ${image.name} may not have.`;
  const lacking = (shown?.starts ?? []).find(({ command }) => slimLacks(view, firstWord(command)));
  if (lacking)
    return `It starts ${firstWord(lacking.command)} (${lacking.by} in ${lacking.file}), which ${image.name} has not.`;
  const node = Array.isArray(start.node) ? (start.node as readonly string[]) : undefined;
  const ownLines = keepsLines(program);
  if (!ownLines && !node)
    return `${start.launcher} starts the program, and ${image.name} has no ${start.launcher}; started by npm or node it could move.`;
  return {
    ...common(program),
    name: image.name,
    image: () => image.reference,
    shell: true,
    env: ownLines ? [] : start.env,
    start: ownLines || !node ? undefined : startBy("node", false, view, node),
    assumes: assumed(program),
  };
  function keepsLines({ view }: NodeProgram): boolean {
    const { launcher } = start;
    if (launcher === "pnpm" || launcher === "pnpx" || launcher === "bunx") return false;
    const isYarn = launcher === "yarn" || launcher === "yarnpkg";
    // The images of Node have no Yarn from 26 on, and Yarn 1 does not run what is made for Yarn 2.
    return !isYarn || (Number(majorOf(view)) < 26 && !isBerry(view, layout.home, layout.json?.packageManager));
  }
}

/** A tool that the start needs, and that lies outside the project. */
function globalTool({ start, layout }: NodeProgram): string | undefined {
  const names = layout.tools.flatMap(({ named }) => named.map((each) => each.replace(/(?<=.)@.*$/, "")));
  const words = [start.launcher, ...start.words.slice(0, 1)].map((word) => posix.basename(word ?? ""));
  return names.find(
    (name) => !isManager(name) && words.some((word) => word === name || (name === "pm2" && word.startsWith("pm2-"))),
  );
}

function firstWord(command = ""): string {
  return posix.basename(command.trim().split(/\s+/)[0] ?? "");
}

/** What is the same on every family. */
function common(program: NodeProgram): Pick<Way, "prepare" | "parts" | "packages" | "writes" | "root"> {
  const { pruning, shown, needs } = program;
  return {
    prepare: pruning.commands,
    parts: partsOf(program),
    writes:
      !shown || needs.writes
        ? Array.isArray(shown?.writes) && shown.writes.length > 0
          ? [...shown.writes, program.layout.root]
          : "anywhere"
        : shown.writes,
    root: undefined,
  };
}

/** The whole folder of the project, and packages that stand above it. */
function partsOf({ view, layout, pruning }: NodeProgram): readonly Part[] {
  const { root, moved } = layout;
  const modules = modulesSize(layout, pruning);
  const own = view.bytesOf(root);
  const part = (path: string, size: Size): Part => ({ from: [path], to: path, size });
  if (moved === undefined) return [part(root, addSizes([own, modules]))];
  return [part(moved, modules), part(root, own)];
}

function assumed({ shown, needs, pruning, layout }: NodeProgram): readonly string[] {
  return [
    ...(shown ? [] : ["The program is taken to start no other program: its sources were not all seen."]),
    ...(needs.seen ? [] : [wantNothing(layout.lock !== undefined)]),
    ...(pruning.kept ? [pruning.kept] : []),
  ];
}

function wantNothing(hasLock: boolean): string {
  const why = hasLock ? "its lock file does not say whether they do" : "no lock file was seen";
  return `Its packages are taken to want no library of the system: ${why}.`;
}

function inPlaceOfNpm({ start }: NodeProgram): readonly string[] {
  if (start.launcher === "node") return [];
  return [
    `Node starts the program itself, without ${start.launcher}: the variables that ${start.launcher} sets are gone, and no source reads them.`,
  ];
}

/** The ENTRYPOINT and CMD that start the same words by node; what ENTRYPOINT said stays in ENTRYPOINT. */
function startBy(node: string, isEntrypoint: boolean, view: AppView, words: readonly string[]): Way["start"] {
  const set = lineage(view.stage)
    .flatMap(({ instructions }) => instructions)
    .findLast(({ keyword }) => keyword === "ENTRYPOINT");
  const first = set?.json ? set.json.map(({ text }) => text) : set ? [""] : [];
  const command = isEntrypoint ? words : [node, ...words];
  // ENTRYPOINT ["node"] with CMD ["server.js"]: the image's own entrypoint says the first word.
  if (first.length === 0 || (first.length === 1 && set?.json)) return { command };
  const others = lineage(view.stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "CMD"));
  const own = set?.json && others ? first.length - 1 : words.length;
  const isNode = /^node(?:js)?$/.test(posix.basename(first[0] ?? ""));
  if (set?.json && others && !isNode) return { entrypoint: [node, ...words] };
  const rest = words.slice(own);
  return { entrypoint: [node, ...words.slice(0, own)], ...(rest.length > 0 ? { command: rest } : {}) };
}
