import { posix } from "../../model/paths";
import { isOf } from "../../project/go-calls";
import { libcMisfit } from "../libc";
import type { BuildEdit, BuildPlan, Library, RunCommand, StageView } from "../toolchain";
import type { GoProgram } from "./sources";

/** How a build deals with C: what its program is linked with, and the edit that keeps C out of it. */
export interface Cgo {
  readonly library: Library | undefined;
  readonly edits: BuildPlan["edits"];
}

/** Modules that are C, and bring it: what their programs are linked with. Drivers that stand on one are listed with it. */
const BUNDLED: Readonly<Record<string, Library["rung"]>> = {
  "github.com/mattn/go-sqlite3": "base",
  "gorm.io/driver/sqlite": "base",
  "github.com/jinzhu/gorm/dialects/sqlite": "base",
  "github.com/mutecomm/go-sqlcipher": "base",
  "github.com/DataDog/zstd": "base",
  "github.com/marcboeker/go-duckdb": "cc",
};

/** Modules that need libraries of the system, which distroless images have not. */
const LINKED = [
  "github.com/confluentinc/confluent-kafka-go",
  "github.com/google/gopacket/pcap",
  "gopkg.in/rana/ora",
  "github.com/godror/godror",
  "github.com/linxGnu/grocksdb",
  "github.com/h2non/bimg",
  "github.com/davidbyttow/govips",
  "gocv.io/x/gocv",
  "github.com/pebbe/zmq4",
  "gopkg.in/gographics/imagick",
];

/** A sentence where a program that needs C cannot be shipped on a small image for certain. */
export function cgoOf(
  run: RunCommand,
  view: StageView,
  program: GoProgram | undefined,
  tags: ReadonlySet<string>,
): Cgo | string {
  if (surelyWithoutCgo(run)) return { library: undefined, edits: [] };
  const asked = run.lookup("CGO_ENABLED") === "1";
  if (asked && !program)
    return "The build asks for cgo (CGO_ENABLED=1): such a program needs the C library, which distroless static and scratch have not.";
  const needed = neededLibrary(view, program, tags);
  if (typeof needed === "string") return needed;
  const library = needed ?? (asked ? { rung: "base", why: "the build asks for cgo (CGO_ENABLED=1)" } : undefined);
  if (!library) return { library, edits: [cgoEdit(run)] };
  return { library: { ...library, misfit: libcMisfit(view, library, "A golang image") }, edits: [] };
}

/** CGO_ENABLED=0, and not by way of an ARG that a build may set to something else. */
export function surelyWithoutCgo(run: RunCommand): boolean {
  const byArgument = run.stage.instructions.some(
    ({ keyword, body }) =>
      (keyword === "ARG" && /\bCGO_ENABLED\b/.test(body)) || (keyword === "ENV" && /\bCGO_ENABLED=["']?\$/.test(body)),
  );
  return run.lookup("CGO_ENABLED") === "0" && !byArgument;
}

/** Sets CGO_ENABLED=0 for one build. */
export function cgoEdit(run: RunCommand): BuildEdit {
  const at = run.programWord.span.start;
  return { kind: "cgo", note: "sets CGO_ENABLED=0", span: { start: at, end: at }, text: "CGO_ENABLED=0 " };
}

function neededLibrary(
  view: StageView,
  program: GoProgram | undefined,
  tags: ReadonlySet<string>,
): Library | string | undefined {
  const used = [...(program?.own ?? []), ...(program?.vendored ?? [])].flatMap(({ source }) => source.imports);
  const required = [...view.project.goModules.values()].flatMap(({ requires }) => requires);
  const linked = LINKED.find((module) => [...used, ...required].some((path) => isOf(path, module)));
  if (linked)
    return `The program uses ${linked}, which needs libraries of C that distroless images and scratch have not.`;
  const own = ownC(view, program);
  if (typeof own === "string") return own;
  const rungs = Object.entries(BUNDLED).filter(([module]) => used.some((path) => isOf(path, module)));
  if (rungs.length > 0 && tags.has("libsqlite3"))
    return "-tags libsqlite3 links with the system's SQLite, which distroless images and scratch have not.";
  const [direct] = rungs;
  const rung = [...rungs.map(([, each]) => each), own?.rung].includes("cc") ? "cc" : "base";
  if (direct) return { rung, why: `it imports ${direct[0]}, which is C` };
  if (own) return own;
  if (program?.cgoSwitch) return { rung, why: `without cgo it is another program, by ${program.cgoSwitch}` };
  const unread = program ? program.foreign : [""];
  const indirect = Object.keys(BUNDLED).find((module) => required.some((path) => isOf(path, module)));
  if (indirect && unread.length > 0)
    return {
      rung: BUNDLED[indirect] ?? "base",
      why: `go.mod requires ${indirect}, which is C, and modules that were not read may use it`,
    };
  return undefined;
}

/** Libraries of a Debian 13 that each rung has (distroless base/README.md). */
const IN_GLIBC = new Set("c m pthread dl rt util resolv".split(" "));
const OF_COMPILER = new Set("stdc++ gcc gcc_s gomp".split(" "));

/** What the program's own files that import C are linked with. */
function ownC({ project }: StageView, program: GoProgram | undefined): Library | string | undefined {
  const files = (program?.own ?? []).filter(({ source }) => source.imports.includes("C"));
  const [first] = files;
  if (!first) return undefined;
  let rung: Library["rung"] = files.some(({ folder }) => hasCpp(project.files, folder)) ? "cc" : "base";
  for (const { path, source } of files) {
    for (const line of source.cgo) {
      if (/\bpkg-config\s*:/.test(line))
        return `${path} links with libraries that pkg-config names, and distroless images may not have them.`;
      if (!/\bLDFLAGS\s*:/.test(line)) continue;
      for (const flag of line
        .slice(line.indexOf(":") + 1)
        .trim()
        .split(/\s+/)) {
        const library = flag.startsWith("-l") ? flag.slice(2) : undefined;
        if (library === undefined ? /\.so\b/.test(flag) : !IN_GLIBC.has(library) && !OF_COMPILER.has(library))
          return `${path} links with ${flag}, which distroless images and scratch have not.`;
        if (library !== undefined && OF_COMPILER.has(library)) rung = "cc";
      }
    }
  }
  return { rung, why: `it calls C (import "C" in ${first.path})` };
}

function hasCpp(files: ReadonlyMap<string, number> | undefined, folder: string): boolean {
  for (const path of files?.keys() ?? [])
    if (/\.(?:cc|cpp|cxx)$/.test(path) && posix.dirname(`/${path}`) === `/${folder}`) return true;
  return false;
}
