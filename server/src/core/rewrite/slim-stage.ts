import { installOf } from "../flow/commands/packages";
import type { FileContext } from "../flow/context";
import { copiesOf } from "../flow/files/copies";
import { isDataPackage, staysRunnable } from "../flow/left-behind";
import type { CarriedProgram } from "../flow/running/carried-program";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { flagOf, type Instruction } from "../syntax/instruction";
import type { RunCommand } from "../toolchains/toolchain";
import { losesVariable } from "./base-variables";
import type { Change, RewriteEdit } from "./change";
import { execText, lineEnd, lineStart, rewriteStart } from "./placement";
import { keyword, styleOf } from "./style";

/** The final stage on its new base. */
export interface Slim extends NewBase {
  readonly program: CarriedProgram;
}

export interface NewBase {
  readonly image: string;
  /** It has the users of the old base. */
  readonly sameUsers?: boolean;
  /** The folder in which the new base starts. */
  readonly startsIn: string;
}

/** Edits that put a final stage on a base without a shell; a sentence where one of its lines needs more. */
export function slimStage(context: FileContext, slim: Slim): Pick<Change, "edits" | "drops"> | string {
  const { program, image } = slim;
  const { stage, start } = program;
  if (!stage.base.token) return NO_BASE;
  const steps: RewriteEdit[] = [];
  for (const instruction of stage.instructions) {
    const edit = stepEdit(context, program, instruction, image);
    if (typeof edit === "string") return edit;
    if (edit) steps.push(edit);
  }
  const argv = start.shellForm && start.argv;
  const style = styleOf(context.syntax);
  const exec =
    start.shellForm && argv
      ? [rewriteStart(context.syntax, start.shellForm, [execText(context.syntax, start.shellForm, argv)], style)]
      : [];
  const why = "it is written in exec form, for the final image has no shell";
  const drops = start.shellForm ? [{ key: start.shellForm.keyword as "CMD" | "ENTRYPOINT", name: "", why }] : [];
  return { edits: [...newBase(context, stage, slim), ...steps, ...exec], drops };
}

/** The same for a stage that only copies files. */
export function rebased(context: FileContext, stage: Stage, base: NewBase): readonly RewriteEdit[] | string {
  if (!stage.base.token) return NO_BASE;
  for (const instruction of stage.instructions) {
    const stop =
      instruction.keyword === "RUN"
        ? `\`${shown(instruction)}\` is run in the final stage, which would go on doing so on ${base.image}; a build stage of its own could run it.`
        : lineUnfit(context, stage, instruction, base);
    if (stop) return stop;
  }
  return newBase(context, stage, base);
}

const NO_BASE = "The base of the final stage is not known.";

function newBase(context: FileContext, stage: Stage, base: NewBase): readonly RewriteEdit[] {
  const { token } = stage.base;
  if (!token) return [];
  const { image } = base;
  const edit: RewriteEdit = { kind: "changes-base", note: `ships on ${image}`, span: token.span, text: image };
  return [edit, ...workdirLine(context, stage, base)];
}

/** Paths that are relative mean the folder of the old base, unless the stage names another one before them. */
function workdirLine(context: FileContext, stage: Stage, { startsIn }: NewBase): readonly RewriteEdit[] {
  const folder = stage.scope.workdir(0);
  const first = stage.instructions.find(({ keyword: word }) => !SETTINGS.has(word));
  const named = first?.keyword === "WORKDIR" && first.body.startsWith("/");
  if (folder === undefined || folder === startsIn || named) return [];
  const style = styleOf(context.syntax);
  const at = lineEnd(context.text, stage.from.span.end);
  const text = `${keyword(style, "WORKDIR")} ${folder}${style.eol}`;
  return [{ kind: "new-lines", note: `names the folder ${folder}`, span: { start: at, end: at }, text }];
}

/** They have nothing to do with folders. */
const SETTINGS = new Set(["ARG", "ENV", "LABEL", "EXPOSE", "MAINTAINER", "STOPSIGNAL", "USER", "VOLUME"]);

/** What becomes of one line: nothing, an edit that leaves it out, or a sentence that refuses it. */
function stepEdit(
  context: FileContext,
  program: CarriedProgram,
  instruction: Instruction,
  image: string,
): RewriteEdit | string | undefined {
  return instruction.keyword === "RUN"
    ? leaveOut(context, program, instruction, image, shown(instruction))
    : lineUnfit(context, program.stage, instruction, { image });
}

function shown({ line }: Instruction): string {
  return line.text.replace(/\s+/g, " ").trim().slice(0, 80);
}

/** Why a line but RUN cannot stand on another base: a sentence. */
function lineUnfit(
  context: FileContext,
  stage: Stage,
  instruction: Instruction,
  { image, sameUsers = false }: Pick<NewBase, "image" | "sameUsers">,
): string | undefined {
  switch (instruction.keyword) {
    case "ONBUILD":
      return "ONBUILD instructions make this image a base for others, which want its tools.";
    case "COPY":
    case "ADD": {
      const owner = flagOf(instruction, "chown")?.value ?? "0";
      const known =
        sameUsers ||
        /^\d+(?::\d+)?$/.test(owner) ||
        (image !== "scratch" && /^(?:root|nonroot)(?::(?:root|nonroot))?$/.test(owner));
      const unread =
        copiesOf(stage, context.syntax.escape).find((copy) => copy.instruction === instruction)?.target === undefined;
      if (unread) return `Where \`${shown(instruction)}\` puts its files is not known.`;
      return known
        ? undefined
        : `\`${shown(instruction)}\` names an owner that ${image} does not know; numbers work on any image.`;
    }
    default:
      // In exec form a variable is plain text.
      return !instruction.json && losesVariable(instruction.body, image)
        ? `\`${shown(instruction)}\` builds on a variable of the base, which ${image} has not.`
        : undefined;
  }
}

/** A RUN that only installs data which the new base has, or lets all run the program; anything else needs the shell that it has not. */
function leaveOut(
  context: FileContext,
  program: CarriedProgram,
  instruction: Instruction,
  image: string,
  shown: string,
): RewriteEdit | string {
  const commands = context.view(program.stage).commands.filter((run) => run.instruction === instruction);
  const installs = commands.flatMap((run) => installOf(run) ?? []);
  const packages = installs.flatMap((install) => install.packages);
  if (installs.some(({ complete }) => !complete)) return `Which packages \`${shown}\` installs is not known.`;
  const other = packages.find((name) => !isDataPackage(name));
  if (other) return `\`${shown}\` installs ${other}, which ${image} has not; a slim system can have it.`;
  const only = commands.every(
    (run) => (TIDY.has(run.program ?? "") || letsAllRun(run, program)) && !run.command.output,
  );
  if (commands.length === 0 || !only) return `\`${shown}\` needs a shell, which ${image} has not.`;
  if (image === "scratch" && packages.length > 0)
    return `\`${shown}\` installs ${packages.join(", ")}, which scratch has not; distroless static has them.`;
  const { start, end } = instruction.span;
  const inside = context.syntax.comments.some((comment) => comment.start > start && comment.end < end);
  if (inside) return `\`${shown}\` is left out on ${image}, and the comments inside it would be lost.`;
  const span = { start: lineStart(context.text, start), end: lineEnd(context.text, end) };
  const runnable = commands.some((run) => run.program === "chmod");
  const why = runnable ? "all may run the program as it was built" : `${image} has what it installs`;
  return { kind: "drops-step", note: `leaves out \`${shown}\`: ${why}`, span, text: "" };
}

/** A `chmod` of the program alone that changes nothing: its build lets all run it, and no step takes that away. */
function letsAllRun({ program: name, args, folder }: RunCommand, program: CarriedProgram): boolean {
  const [mode, ...paths] = args;
  if (name !== "chmod" || !staysRunnable(mode?.value) || folder === undefined || paths.length === 0) return false;
  const others = program.view.commands.some((run) => run.program === "chmod" && !staysRunnable(run.args[0]?.value));
  const copied = program.stage.instructions.some((step) => {
    const flag = flagOf(step, "chmod");
    return flag !== undefined && !staysRunnable(flag.value);
  });
  const own = paths.every(({ value }) => value !== undefined && posix.join(folder, value) === program.path);
  return own && !others && !copied;
}

/** What stands around an installation of packages. */
const TIDY = new Set(["apt", "apt-get", "apk", "rm", "set", "true", ":", "echo", "update-ca-certificates"]);
