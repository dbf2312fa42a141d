import { isStandardPackage } from "../../project/go";
import { runtimeFiles } from "../program-files";
import type { Build, BuildEdit, RunCommand, Runtime, StageView } from "../toolchain";
import { setByGoEnv, workFolder } from "./artifacts";
import { cgoEdit } from "./cgo";
import { failingCall } from "./failing";
import { type GoArguments, readGoArguments } from "./flags";
import { knowsTrimpath, programOf } from "./plan";
import type { GoProgram } from "./sources";
import { stripEdits } from "./strip";

/** What a Go program wants from its image; undefined where its sources were not seen. */
export function runtimeOf(build: Build, view: StageView): Runtime | undefined {
  const { run } = build;
  const args = readGoArguments(run);
  const folder = args && workFolder(run, args);
  const program = args && folder !== undefined ? programOf(run, args, view, folder) : undefined;
  if (!args || !program) return undefined;
  const files = runtimeFiles(program.uses, view);
  const needs = program.needs.filter(({ what }) => {
    if (what === "zones") return !bringsZones(run, args);
    return what !== "certificates" || callsOut(program);
  });
  return {
    needs: [...needs, ...files.needs].map((need) => ({ ...need, failing: failingCall(program, need.what) })),
    writes: files.writes,
    dynamic: dynamicOf(run, args, view, program),
    makesStatic:
      program.cgo === undefined && program.cgoSwitch === undefined && !run.instruction.json
        ? [cgoEdit(run)]
        : undefined,
  };
}

/** `-s -w` for a build that has not got them. */
export function symbolEdits({ run }: Build, view: StageView, text: string): readonly BuildEdit[] {
  const args = readGoArguments(run);
  // Exec form has no quotes for the shell to take away.
  if (!args || run.instruction.json || run.via) return [];
  const edits = stripEdits(args, run.lookup("GOFLAGS"), knowsTrimpath(view), text);
  return edits.some((edit) => edit.text.includes("-s")) ? edits : [];
}

/** The zones are inside the program (pkg.go.dev/time/tzdata). */
function bringsZones({ lookup }: RunCommand, { flags }: GoArguments): boolean {
  return `${lookup("GOFLAGS") ?? ""} ${flags.get("tags")?.value ?? ""}`.includes("timetzdata");
}

/** A server imports net/http and may never look at a certificate; a client surely does. */
function callsOut({ uses, imports }: GoProgram): boolean {
  return (
    uses.some(({ deed }) => deed === "dials") || ["net/smtp", "crypto/x509"].some((path) => imports.includes(path))
  );
}

/** Packages of the standard library that are linked with the C library where cgo is on (their own files import C). */
const RESOLVES_BY_C = ["net", "os/user"];
/** And some that import `net` themselves (go list -deps, Go 1.26). */
const IMPORT_NET = [
  "net/http",
  "net/smtp",
  "net/rpc",
  "net/mail",
  "net/textproto",
  "crypto/tls",
  "crypto/x509",
  "log/syslog",
  "expvar",
];

/** Whether the go command links the program with the C library (cmd/go, cmd/cgo): it does where cgo is on and a package of it uses C. */
function dynamicOf(run: RunCommand, args: GoArguments, view: StageView, program: GoProgram): Runtime["dynamic"] {
  const cgo = run.lookup("CGO_ENABLED");
  if (cgo === "0") return "no";
  const flags = `${run.lookup("GOFLAGS") ?? ""} ${args.flags.get("ldflags")?.value ?? ""} ${args.flags.get("tags")?.value ?? ""}`;
  // A static link, a pure Go resolver, another system: each has rules of its own.
  if (/-static|netgo|osusergo|linkmode/.test(flags) || run.lookup("GOARCH")) return undefined;
  if (!["", "linux"].includes(run.lookup("GOOS") ?? "")) return undefined;
  const usesC =
    program.cgo !== undefined
      ? `${program.cgo} imports C`
      : [...RESOLVES_BY_C, ...IMPORT_NET].flatMap((path) =>
          program.imports.includes(path) ? `it imports ${path}` : [],
        )[0];
  if (usesC === undefined) return program.imports.every((path) => isStandardPackage(path)) ? "no" : undefined;
  if (setByGoEnv(view, /^(?:CGO_ENABLED|CC|GOFLAGS|GOOS|GOARCH)=/)) return undefined;
  // Without a C compiler cgo is off since Go 1.20; golang's images on Debian have one.
  const compiler =
    cgo === "1" ||
    (view.baseName === "golang" && view.baseRelease !== undefined && !view.baseRelease.startsWith("alpine"));
  return compiler ? { why: `${usesC}, and CGO_ENABLED is not 0` } : undefined;
}
