import { lineage } from "../../model/image-config";
import { posix } from "../../model/paths";
import { matching, UNKNOWN_VALUE } from "../../project/make-expansion";
import { exportedValues, goalLines, type MakeCall } from "../../project/make-goals";
import type { Makefile } from "../../project/makefile";
import { hasFolder, type Project } from "../../project/project";
import { readScript } from "../../shell/script";
import { PLAIN } from "../../shell/shell-words";
import { properties } from "../../syntax/ast";
import { type Fact, known, unknown } from "../../text/fact";
import type { Origin, RunCommand } from "../../toolchains/toolchain";
import { runCommands } from "./run-command";

/** What following a `make` takes: the folder's facts, and where files of the stage come from. */
export interface MakeWorld {
  readonly project: Project;
  origin(path: string, before: RunCommand): Origin;
}

/** make that calls make that calls make. */
const MAX_DEPTH = 4;
/** So many calls of make are followed for a stage: a Makefile may call itself again with each of its lines. */
const MAX_MAKES = 20;

/** The commands with each `make` replaced by what its Makefile runs, where that can be told. */
export function followMakes(commands: readonly RunCommand[], world: MakeWorld): readonly RunCommand[] {
  if (world.project.makefiles.size === 0) return commands;
  let makes = 0;
  const follow = (some: readonly RunCommand[], depth: number): readonly RunCommand[] =>
    some.flatMap((run) => {
      if (run.program !== "make" || depth > MAX_DEPTH || ++makes > MAX_MAKES) return [run];
      const followed = makeCommands(run, world);
      return "known" in followed ? follow(followed.known, depth + 1) : [run];
    });
  return follow(commands, 0);
}

/** What a `make` runs; unknown, with the reason. */
export function makeCommands(run: RunCommand, world: MakeWorld): Fact<readonly RunCommand[]> {
  const asked = argumentsOf(run);
  if (!asked) return unknown("its arguments are not understood");
  const found = makefileOf(run, asked.folder, asked.file, world);
  if ("unknown" in found) return found;
  const { makefile, folder } = found.known;
  const call: MakeCall = {
    goals: asked.goals,
    given: asked.given,
    environment: (name) => (isArgument(run, name) ? UNKNOWN_VALUE : run.lookup(name)),
    matching: (pattern) => world.project.files && matching(world.project.files.keys(), folder, pattern),
    exists: (path) => existsIn(world.project, posix.normalize(folder === "" ? path : `${folder}/${path}`)),
  };
  const lines = goalLines(makefile, call);
  if ("unknown" in lines) return unknown(`in its Makefile ${lines.unknown}`);
  const set = exportedValues(makefile, call);
  const { start } = run.programWord.span;
  const span = { start, end: run.args.at(-1)?.word.span.end ?? run.programWord.span.end };
  return known(
    lines.known.flatMap((line) => {
      const ignored = /^[@+\s]*-/.test(line);
      const { always, succeeded, captured, outputs } = run.command;
      const script = readScript(line.replace(/^[@+\s-]+/, ""), () => span, PLAIN, {
        always,
        succeeded: succeeded && !ignored,
        captured,
        outputs,
      });
      return runCommands(
        {
          stage: run.stage,
          instruction: run.instruction,
          at: run.at,
          lookup: (name) => (set.has(name) ? set.get(name) : run.lookup(name)),
          folder: asked.folder,
          user: run.user,
          via: run,
        },
        script,
      );
    }),
  );
}

/** An ARG is what a build says it is. */
function isArgument({ stage }: RunCommand, name: string): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      (instruction) => instruction.keyword === "ARG" && properties(instruction).some((each) => each.name.text === name),
    ),
  );
}

interface MakeArguments {
  readonly folder: string | undefined;
  readonly file: string | undefined;
  readonly goals: readonly string[];
  readonly given: ReadonlyMap<string, string>;
}

/** Undefined where a flag, or a value, is not understood. */
function argumentsOf(run: RunCommand): MakeArguments | undefined {
  let { folder } = run;
  let file: string | undefined;
  const goals: string[] = [];
  const given = new Map<string, string>();
  for (let at = 0; at < run.args.length; at++) {
    const value = run.args[at]?.value;
    if (value === undefined) return undefined;
    const assigned = /^(\w+)=(.*)$/s.exec(value);
    if (value === "-C" || value === "-f") {
      const next = run.args[++at]?.value;
      if (next === undefined || folder === undefined) return undefined;
      if (value === "-C") folder = posix.join(folder, next);
      else file = next;
    } else if (assigned) given.set(assigned[1] ?? "", assigned[2] ?? "");
    else if (/^(?:-j\d*|-s|--silent|--no-print-directory|-B)$/.test(value)) continue;
    else if (/^[\w./-]+$/.test(value) && !value.startsWith("-")) goals.push(value);
    else return undefined;
  }
  return { folder, file, goals, given };
}

function makefileOf(
  run: RunCommand,
  folder: string | undefined,
  file: string | undefined,
  { project, origin }: MakeWorld,
): Fact<{ readonly makefile: Makefile; readonly folder: string }> {
  if (folder === undefined) return unknown("the folder it runs in is not known");
  for (const name of file ? [file] : ["GNUmakefile", "makefile", "Makefile"]) {
    const found = origin(posix.join(folder, name), run);
    const makefile = found.kind === "context" ? project.makefiles.get(found.path) : undefined;
    if (found.kind !== "context" || !makefile) continue;
    if ("unknown" in makefile) return unknown(`its Makefile was not followed: ${makefile.unknown}`);
    return known({ makefile: makefile.known, folder: posix.dirname(`/${found.path}`).slice(1) });
  }
  return unknown("its Makefile was not seen");
}

function existsIn(project: Project, path: string): boolean {
  return (project.files?.has(path) ?? false) || hasFolder(project, path) === true;
}
