import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Instruction } from "../../syntax/instruction";
import { mountsOf } from "../../syntax/mounts";
import { InOrder } from "../../text/in-order";
import { Memo } from "../../text/memo";
import type { Build, RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, makes, NOTHING, touches } from "../changes/change";
import { changesOf } from "../changes/of-command";
import { isUnread } from "../commands/commands";
import type { FileContext } from "../context";
import { type Copy, copiesOf } from "./copies";

/** A step of a stage that may change files: an instruction, or a command of a RUN. */
export interface Step {
  readonly instruction: Instruction;
  /** The place of the instruction in its stage. */
  readonly at: number;
  readonly run: RunCommand | undefined;
  readonly copy: Copy | undefined;
  readonly changes: readonly Change[];
  /** It happens whenever the build succeeds. */
  readonly always: boolean;
  /** The folders that are mounted meanwhile: what is written there does not stay. */
  readonly mounts: readonly string[];
}

/** The steps of a stage alone, in the order in which they happen. */
export function stepsOf(context: FileContext, stage: Stage): readonly Step[] {
  const commands = new InOrder(context.ownCommands(stage), ({ at }) => at);
  const builds = new Map(context.builds(stage).map((build) => [build.run, build]));
  const copies = new InOrder(copiesOf(stage, context.syntax.escape), ({ at }) => at);
  const steps: Step[] = [];
  stage.instructions.forEach((instruction, at) => {
    // The ONBUILD of the stage below happen first.
    if (at === 0 && stage.base.kind === "stage" && hasTriggers(stage.base.stage))
      steps.push(stepOf(instruction, at, ANYTHING));
    if (instruction.keyword === "RUN") {
      addRun(steps, context, instruction, at, commands.at(at), builds);
      return;
    }
    const [copy] = copies.at(at);
    const changes = changesOfInstruction(stage, instruction, at, copy);
    if (copy || changes.length > 0) steps.push(stepOf(instruction, at, changes, copy));
  });
  return steps;
}

function stepOf(instruction: Instruction, at: number, changes: readonly Change[], copy?: Copy): Step {
  return { instruction, at, run: undefined, copy, changes, always: true, mounts: NO_MOUNTS };
}

const NO_MOUNTS: readonly string[] = [];

function hasTriggers(stage: Stage): boolean {
  return stage.instructions.some(({ keyword }) => keyword === "ONBUILD");
}

/** One list for all that make the same folder, with every version of a file. */
const folders = new Memo((folder): readonly Change[] => [makes(folder, "folder")]);

function changesOfInstruction(
  stage: Stage,
  { keyword, body }: Instruction,
  at: number,
  copy: Copy | undefined,
): readonly Change[] {
  switch (keyword) {
    case "WORKDIR": {
      const folder = stage.scope.workdir(at + 1);
      return folder === undefined ? ANYTHING : folders.of(folder);
    }
    case "COPY":
    case "ADD":
      return copy ? NOTHING : ANYTHING;
    case "VOLUME":
      // A builder may make its folder, and another does not.
      return touches(...body.split(/[\s"',[\]]+/).filter((word) => word.startsWith("/") && word !== "/"));
    default:
      return NOTHING;
  }
}

function addRun(
  steps: Step[],
  context: FileContext,
  instruction: Instruction,
  at: number,
  commands: readonly RunCommand[],
  builds: ReadonlyMap<RunCommand, Build>,
): void {
  const stage = commands[0]?.stage;
  // A script that could not be read, or of another shell.
  const isRead = stage && !isUnread(context.syntax, stage, instruction);
  const mounts = isRead ? mountedFolders(stage.scope.workdir(at), instruction) : undefined;
  if (!isRead || !mounts) {
    steps.push(stepOf(instruction, at, ANYTHING));
    return;
  }
  for (const run of commands) {
    const build = builds.get(run);
    const changes = build ? builtBy(context, build) : changesOf(run);
    steps.push({ instruction, at, run, copy: undefined, changes, always: run.always, mounts });
  }
}

/** Undefined where a variable hides one. */
function mountedFolders(workdir: string | undefined, instruction: Instruction): readonly string[] | undefined {
  if (instruction.flags.length === 0) return NO_MOUNTS;
  const targets = mountsOf(instruction).flatMap(({ type, target }) => {
    if (type === "ssh") return [];
    return target === undefined ? (type === "secret" ? ["/run/secrets"] : [undefined]) : [target];
  });
  if (targets.some((target) => target === undefined || target.includes("$") || !(workdir || target.startsWith("/"))))
    return undefined;
  return targets.map((target) => posix.join(workdir ?? "/", target ?? ""));
}

const CACHES: Change = { kind: "caches" };

function builtBy(context: FileContext, build: Build): readonly Change[] {
  const { run, artifacts, toolchain } = build;
  if ("unknown" in artifacts || context.failure(build)) return changesOf(run);
  const programs = artifacts.known.map((path) => makes(path, "file", { kind: "build", build }));
  return [...(toolchain.leavesProgramsAlone ? [CACHES] : changesOf(run)), ...programs];
}
