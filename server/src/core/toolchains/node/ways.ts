import { addSizes, type Size } from "../../catalog/size";
import { whenAsked } from "../../text/once";
import type { AppView, Part, Way, Ways } from "../app";
import { CHAINGUARD, chainguardMajor, distrolessOf, majorOf } from "./images";
import type { Layout } from "./layout";
import { nextServer } from "./next";
import type { PackageNeeds } from "./packages";
import type { Pruning } from "./prune";
import { modulesSize } from "./size";
import { onSlim } from "./slim";
import type { Shown } from "./sources";
import type { NodeStart } from "./start";
import { startBy } from "./start-lines";

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
  const ways: Ways = whenAsked<Ways>({
    distroless: () => withHint(onDistroless(program), ways),
    chainguard: () => withHint(onChainguard(program), ways),
    slim: () => onSlim(program),
  });
  return ways;
}

/** Where a smaller image is refused, the sentence says whether slim is not. */
function withHint(way: Way | string, ways: Ways): Way | string {
  if (typeof way !== "string" || typeof ways.slim === "string") return way;
  return way.replace(/\.$/, `; ${ways.slim.name} has what it needs.`);
}

function onDistroless(program: NodeProgram): Way | string {
  const { view, needs } = program;
  const image = distrolessOf(view);
  if (!image) return `There is no distroless image of Node ${majorOf(view) ?? "of that version"}.`;
  const node = byNode(program);
  if (typeof node === "string") return node;
  if (view.baseLibc === "musl" && needs.isNative !== false)
    return "The packages are installed on Alpine, whose C library is another than that of distroless, and some may be made for it; on the image of Node without -alpine they can move.";
  if (image.upgrade) {
    const why = hinders(program);
    if (why) return `There is no distroless image of Node ${majorOf(view)}, and ${why}.`;
  }
  const next = nextServer(program);
  return {
    ...common(program),
    ...(next && { parts: next.parts, prepare: [] }),
    name: image.name,
    image: (root) => `${image.reference}${root ? "" : ":nonroot"}`,
    ...(image.upgrade ? { upgrade: image.upgrade } : {}),
    shell: false,
    env: next?.env ?? program.start.env,
    runtime: { names: ["node", "nodejs"], path: "/nodejs/bin/node" },
    workdir: program.start.folder,
    start: startBy(view.start, next?.words ?? node, { path: "/nodejs/bin/node", isEntrypoint: true }),
    assumes: [...assumed(program), ...(next ? [TRACED] : []), ...inPlaceOfNpm(program)],
  };
}

const TRACED =
  "What ships is the standalone server that Next.js writes, with the packages that its build found in use, and the pages and public files beside it.";

function onChainguard(program: NodeProgram): Way | string {
  const { view, needs } = program;
  const [own, theirs] = [majorOf(view), chainguardMajor()];
  if (own === undefined || own !== theirs)
    return `cgr.dev/chainguard/node has Node ${theirs ?? "of no known version"} alone, and the program is made for ${own ?? "another"}.`;
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
    runtime: { names: ["node", "nodejs"], path: "/usr/bin/node" },
    workdir: program.start.folder,
    start: startBy(view.start, node, { path: "/usr/bin/node", isEntrypoint: true }),
    assumes: [
      ...assumed(program),
      ...inPlaceOfNpm(program),
      "The image has no tags of versions: a later build may bring a newer Node.",
    ],
  };
}

/** Why the program cannot surely run on a newer Node. */
function hinders({ needs, shown }: NodeProgram): string | undefined {
  if (needs.isNative !== false) return "packages may be compiled for that version";
  if (!shown) return "the sources that a newer one has to run were not all seen";
  return shown.readsVersion && `${shown.readsVersion} asks for the version, which a newer image answers otherwise`;
}

/** The words behind node, where node alone can run the program; a sentence where it cannot. */
function byNode({ start, shown, needs, layout }: NodeProgram): readonly string[] | string {
  if (typeof start.node === "string") return start.node;
  const [started] = shown?.starts ?? [];
  if (started)
    return `It starts ${started.command ? `\`${started.command}\`` : "other programs"} (${started.by} in ${started.file}), and distroless has neither a shell nor tools.`;
  if (needs.wants) return `${needs.wants.why}, and distroless has none.`;
  const [file = ""] = start.node;
  if (file.startsWith("node_modules/") && layout.home !== start.folder)
    return `${start.launcher} starts a tool that is installed in another folder.`;
  const [variable] = start.launcher === "node" ? [] : (shown?.npmVariables ?? []);
  if (variable) return `Its sources read ${variable}, which npm sets, and distroless has no npm.`;
  return start.node;
}

/** What is the same on every family. */
export function common(program: NodeProgram): Pick<Way, "prepare" | "parts" | "packages" | "writes" | "root"> {
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

/** What was taken to be so. */
export function assumed({ shown, needs, pruning, layout }: NodeProgram): readonly string[] {
  return [
    ...(shown ? [] : ["The program is taken to start no other program: its sources were not all seen."]),
    ...(needs.seen ? [] : [wantNothing(layout.lock !== undefined)]),
    ...(shown && !layout.hasModules ? withoutModules(layout, shown) : []),
    ...(pruning.kept ? [pruning.kept] : []),
  ];
}

/** The author's own final stage has no packages: where the sources take some in, the build has packed them. */
function withoutModules({ json }: Layout, { packages }: Shown): readonly string[] {
  const used = [...(json?.dependencies.keys() ?? [])].find((name) => packages.has(name));
  return used
    ? [`The final stage has no node_modules, before as after: its build is taken to pack ${used} into what is copied.`]
    : [];
}

function wantNothing(hasLock: boolean): string {
  const why = hasLock ? "its lock file does not say whether they do" : "no lock file was seen";
  return `Its packages are taken to want no library of the system: ${why}.`;
}

function inPlaceOfNpm({ start, shown }: NodeProgram): readonly string[] {
  if (start.launcher === "node") return [];
  const stops =
    "Node is the first process then, which no signal ends that it does not handle: `docker run --init` brings one that passes them on.";
  return [
    ...(shown?.handlesSignals ? [] : [stops]),
    `Node starts the program itself, without ${start.launcher}: the variables that ${start.launcher} sets are gone, and no source reads them.`,
  ];
}
