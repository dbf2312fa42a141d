import { installOf } from "../flow/commands/packages";
import type { FileContext } from "../flow/context";
import { copiesOf } from "../flow/files/copies";
import { isDataPackage, staysRunnable } from "../flow/left-behind";
import { MAKES_USERS } from "../flow/rest/system";
import type { CarriedProgram } from "../flow/running/carried-program";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { flagOf, type Instruction } from "../syntax/instruction";
import type { RunCommand } from "../toolchains/toolchain";
import { losesVariable } from "./base-variables";
import type { Change, RewriteEdit } from "./change";
import { isUnused, namesOther, type OwnUser, ownsBy } from "./own-user";
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
  /** The user that the stage makes for itself, and who takes that one's place. */
  readonly user: OwnUser | undefined;
}

/** Edits that put a final stage on a base without a shell; a sentence where one of its lines needs more. */
export function slimStage(context: FileContext, slim: Slim): Pick<Change, "edits" | "drops"> | string {
  const { program, user } = slim;
  const { stage, start } = program;
  if (!stage.base.token) return NO_BASE;
  const steps: RewriteEdit[] = [];
  const left = new Set<Instruction>();
  for (const instruction of stage.instructions) {
    const edit = stepEdit(context, slim, instruction);
    if (typeof edit === "string") return edit;
    if (edit) left.add(instruction);
    steps.push(...(edit ? [edit] : user ? namesOther(user, instruction) : []));
  }
  const argv = start.shellForm && start.argv;
  const style = styleOf(context.syntax);
  const exec =
    start.shellForm && argv
      ? [rewriteStart(context.syntax, start.shellForm, [execText(context.syntax, start.shellForm, argv)], style)]
      : [];
  const why = "it is written in exec form, for the final image has no shell";
  const drops = start.shellForm ? [{ key: start.shellForm.keyword as "CMD" | "ENTRYPOINT", name: "", why }] : [];
  return { edits: [...newBase(context, stage, slim), ...steps, ...unusedArgs(context, stage, left), ...exec], drops };
}

/** The same for a stage that only copies files, and makes its user. */
export function rebased(context: FileContext, stage: Stage, base: NewBase): readonly RewriteEdit[] | string {
  if (!stage.base.token) return NO_BASE;
  const edits: RewriteEdit[] = [];
  const left = new Set<Instruction>();
  for (const instruction of stage.instructions) {
    if (instruction.keyword === "RUN") {
      if (!makesUsers(context, stage, instruction) || !(base.user || base.sameUsers))
        return `\`${shown(instruction)}\` is run in the final stage, which would go on doing so on ${base.image}; a build stage of its own could run it.`;
      if (base.sameUsers) continue;
      if (hasComments(context, instruction)) return lostComments(shown(instruction), base.image);
      left.add(instruction);
      const note = `leaves out \`${shown(instruction)}\`: ${base.image} has a user of its own`;
      edits.push({ kind: "drops-step", note, ...wholeLines(context, instruction) });
      continue;
    }
    const stop = lineUnfit(context, stage, instruction, base);
    if (stop) return stop;
    if (base.user) edits.push(...namesOther(base.user, instruction));
  }
  return [...newBase(context, stage, base), ...edits, ...unusedArgs(context, stage, left)];
}

/** A RUN that does nothing but make users. */
export function makesUsers(context: FileContext, stage: Stage, instruction: Instruction): boolean {
  const commands = context.view(stage).commands.filter((run) => run.instruction === instruction);
  return (
    commands.some(({ program = "" }) => MAKES_USERS.has(program)) &&
    commands.every(({ program = "", command }) => (MAKES_USERS.has(program) || IDLE.has(program)) && !command.output)
  );
}

const IDLE = new Set(["set", "true", ":", "echo"]);

/** The edits that leave out what only lines read which are left out. */
function unusedArgs(context: FileContext, stage: Stage, left: ReadonlySet<Instruction>): readonly RewriteEdit[] {
  return stage.instructions.flatMap((arg): readonly RewriteEdit[] => {
    if (arg.keyword !== "ARG" || left.size === 0 || !isUnused(stage, arg, left)) return [];
    const note = `leaves out ARG ${arg.body}, which nothing reads any more`;
    return [{ kind: "drops-step", note, ...wholeLines(context, arg) }];
  });
}

function hasComments({ syntax }: FileContext, { span: { start, end } }: Instruction): boolean {
  return syntax.comments.some((comment) => comment.start > start && comment.end < end);
}

function lostComments(shown: string, image: string): string {
  return `\`${shown}\` is left out on ${image}, and the comments inside it would be lost.`;
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

/** They have nothing to do with folders; a RUN is left out, or makes users. */
const SETTINGS = new Set(["RUN", "ARG", "ENV", "LABEL", "EXPOSE", "MAINTAINER", "STOPSIGNAL", "USER", "VOLUME"]);

/** What becomes of one line: nothing, an edit that leaves it out, or a sentence that refuses it. */
function stepEdit(context: FileContext, slim: Slim, instruction: Instruction): RewriteEdit | string | undefined {
  return instruction.keyword === "RUN"
    ? leaveOut(context, slim, instruction, shown(instruction))
    : lineUnfit(context, slim.program.stage, instruction, slim);
}

function shown({ line }: Instruction): string {
  return line.text.replace(/\s+/g, " ").trim().slice(0, 80);
}

/** Why a line but RUN cannot stand on another base: a sentence. */
function lineUnfit(
  context: FileContext,
  stage: Stage,
  instruction: Instruction,
  { image, sameUsers = false, user }: Pick<NewBase, "image" | "sameUsers" | "user">,
): string | undefined {
  switch (instruction.keyword) {
    case "ONBUILD":
      return "ONBUILD instructions make this image a base for others, which want its tools.";
    case "COPY":
    case "ADD": {
      const owner = flagOf(instruction, "chown")?.value ?? "0";
      const known =
        sameUsers ||
        (user && ownsBy(user, owner)) ||
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
  { program, image, user }: Slim,
  instruction: Instruction,
  shown: string,
): RewriteEdit | string {
  const commands = context.view(program.stage).commands.filter((run) => run.instruction === instruction);
  const installs = commands.flatMap((run) => installOf(run) ?? []);
  const packages = installs.flatMap((install) => install.packages);
  if (installs.some(({ complete }) => !complete)) return `Which packages \`${shown}\` installs is not known.`;
  const other = packages.find((name) => !isDataPackage(name));
  if (other) return `\`${shown}\` installs ${other}, which ${image} has not; a slim system can have it.`;
  const makesUser = (name: string) => user !== undefined && MAKES_USERS.has(name);
  const only = commands.every(
    (run) =>
      (TIDY.has(run.program ?? "") || makesUser(run.program ?? "") || letsAllRun(run, program)) && !run.command.output,
  );
  if (commands.length === 0 || !only) return `\`${shown}\` needs a shell, which ${image} has not.`;
  if (image === "scratch" && packages.length > 0)
    return `\`${shown}\` installs ${packages.join(", ")}, which scratch has not; distroless static has them.`;
  if (hasComments(context, instruction)) return lostComments(shown, image);
  const runnable = commands.some((run) => run.program === "chmod");
  const why = runnable
    ? "all may run the program as it was built"
    : `${image} has ${commands.some((run) => makesUser(run.program ?? "")) ? "a user of its own" : "what it installs"}`;
  return { kind: "drops-step", note: `leaves out \`${shown}\`: ${why}`, ...wholeLines(context, instruction) };
}

/** The lines of an instruction, and nothing in their place. */
function wholeLines({ text }: FileContext, { span: { start, end } }: Instruction): Pick<RewriteEdit, "span" | "text"> {
  return { span: { start: lineStart(text, start), end: lineEnd(text, end) }, text: "" };
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
