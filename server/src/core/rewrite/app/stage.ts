import type { FileContext } from "../../flow/context";
import { within } from "../../flow/files/copies";
import type { ShippedApp } from "../../flow/running/shipped-app";
import type { Instruction } from "../../syntax/instruction";
import type { Part, Way } from "../../toolchains/app";
import type { RewriteEdit } from "../change";
import { setByStart } from "../consequences";
import { placeStage } from "../placement";
import { nameEdit, platformOf, stageName } from "../stage-name";
import { startFolder } from "../start-folder";
import { jsonForm, keyword, type Style, styleOf } from "../style";

/** The final stage of a program that a runtime starts. */
export interface AppStage {
  readonly image: string;
  /** Lines above the files: packages, users. */
  readonly system: readonly string[];
  readonly copies: readonly AppCopy[];
  /** Folders that the build stage makes for the program to write to. */
  readonly made: readonly string[];
  /** What the old stage set and the new one has to say again, after its files. */
  readonly lines: readonly string[];
}

/** A COPY from the build stage; `owner` is whose the files become, where that is not root. */
export interface AppCopy extends Pick<Part, "from" | "to"> {
  readonly owner: string | undefined;
}

/** Edits that let the stage build alone, and put the final stage behind it. */
export function splitApp(context: FileContext, shipped: ShippedApp, way: Way, final: AppStage): readonly RewriteEdit[] {
  const { stage, start, workdir } = shipped;
  const style = styleOf(context.syntax);
  const name = stageName(context, stage);
  const before = endOfBuild(stage.scope.user(stage.instructions.length), way.prepare, final.made, style);
  const lines = [
    `${keyword(style, "FROM")} ${platformOf(context, stage)}${final.image}`,
    ...final.system,
    ...files(final, name, way.workdir ?? workdir, style),
    ...final.lines,
  ];
  const written = startLines(shipped, way, style);
  return [
    ...nameEdit(context, stage, name),
    ...placeStage(context.syntax, stage, { before, lines, start: start.instructions, written }, style),
  ];
}

/** What is left to do in the build stage; it may end as a user who may not do that. */
function endOfBuild(
  user: string | undefined,
  prepare: readonly string[],
  made: readonly string[],
  style: Style,
): readonly string[] {
  const folders = made.length > 0 ? [`mkdir -p ${made.join(" ")}`] : [];
  const runs = [...prepare, ...folders].map((command) => `${keyword(style, "RUN")} ${command}`);
  const isRoot = user === "" || /^(?:root|0)(?::|$)/.test(user ?? "x");
  return runs.length > 0 && !isRoot ? [`${keyword(style, "USER")} root`, ...runs] : runs;
}

/** A folder that WORKDIR makes is root's, one that COPY makes belongs to whom it says: such a COPY goes first. */
function files({ image, copies }: AppStage, name: string, workdir: string, style: Style): readonly string[] {
  const startsIn = startFolder(image);
  const folder = workdir === startsIn ? [] : [`${keyword(style, "WORKDIR")} ${workdir}`];
  const first = copies.filter(
    ({ to, owner }) => owner !== undefined && within(to.replace(/\/$/, ""), workdir) !== undefined,
  );
  const rest = copies.filter((copy) => !first.includes(copy));
  const line = ({ from, to, owner }: AppCopy) => {
    const words = [...from, to];
    const paths = words.some((path) => /\s/.test(path)) ? jsonForm(words) : words.join(" ");
    return `${keyword(style, "COPY")} --from=${name} ${owner === undefined ? "" : `--chown=${owner} `}${paths}`;
  };
  return [...first.map(line), ...folder, ...rest.map(line)];
}

/** The author's start as the final image wants it, with the variables that it sets: in the place of the last line that says it. */
export function startLines(
  { view, start: { instructions } }: ShippedApp,
  { start }: Way,
  style: Style,
): ReadonlyMap<Instruction, readonly string[]> {
  if (!start) return new Map();
  const lines = [
    ...view.start.env.map((each) => `${keyword(style, "ENV")} ${each}`),
    ...(start.entrypoint ? [`${keyword(style, "ENTRYPOINT")} ${jsonForm(start.entrypoint)}`] : []),
    ...(start.command ? [`${keyword(style, "CMD")} ${jsonForm(start.command)}`] : []),
  ];
  return new Map(instructions.map((instruction, at) => [instruction, at === instructions.length - 1 ? lines : []]));
}

/** The shell of the start set variables, which ENV sets now. */
export function setsVariables({ view, start: { shellForm } }: ShippedApp, { start }: Way): readonly string[] {
  return start ? setByStart(shellForm?.keyword ?? "CMD", view.start.env) : [];
}
