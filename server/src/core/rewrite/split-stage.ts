import type { FileContext } from "../flow/context";
import { within } from "../flow/files/copies";
import { isPrivate } from "../flow/files/private-files";
import { isContextFolder } from "../flow/run-time-files";
import type { ShippedProgram } from "../flow/running/shipped-program";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { groupBy } from "../text/group";
import type { RewriteEdit } from "./change";
import { execText, placeStage } from "./placement";
import { nameEdit, platformOf, stageName } from "./stage-name";
import { startFolder } from "./start-folder";
import { jsonForm, keyword, type Style, styleOf } from "./style";

/** The final stage that a program moves to. */
export interface FinalStage {
  readonly image: string;
  /** Lines above the files: packages. */
  readonly system: readonly string[];
  /** The command that gathers the program's libraries at the end of the build stage, and the folder that they are in then. */
  readonly gather: { readonly command: string; readonly folder: string } | undefined;
  /** Files and folders that it takes from the build stage beside the programs: to the same places. */
  readonly copies: readonly string[];
  /** Those that take a line of their own, some of them for its user to own. */
  readonly apart: ReadonlyMap<string, { readonly owned: boolean | undefined }>;
  /** Its user owns the folder that the program starts in. */
  readonly ownsFolder: boolean;
  /** Folders that it takes over for its user to write to; `make` where the build stage has to make them. */
  readonly writable: readonly { readonly path: string; readonly make: boolean }[];
  /** Whose they are; undefined for root. */
  readonly owner: string | undefined;
  /** What the old stage set and the new one has to say again, after its COPY. */
  readonly lines: readonly string[];
}

/** Edits that let the shipped stage build alone, and put a final stage behind it that holds its program. */
export function splitStage(context: FileContext, program: ShippedProgram, final: FinalStage): readonly RewriteEdit[] {
  const { stage, start, argv } = program;
  const style = styleOf(context.syntax);
  const name = stageName(context, stage);
  const form = start.shellForm;
  const written = new Map(form ? [[form, [execText(context.syntax, form, argv)]]] : []);
  const lines = [...head(context, program, final, name, style), ...final.lines];
  const made = final.writable.flatMap(({ path, make }) => (make ? [path] : []));
  const commands = [
    ...(final.gather ? [final.gather.command] : []),
    ...(made.length > 0 ? [`mkdir -p ${made.join(" ")}`] : []),
  ];
  const before = commands.map((command) => `${keyword(style, "RUN")} ${command}`);
  const placed = placeStage(context.syntax, stage, { before, lines, start: start.instructions, written }, style);
  return [...nameEdit(context, stage, name), ...placed];
}

function head(
  context: FileContext,
  { artifact, destination, others, workdir, stage }: ShippedProgram,
  { image, system, gather, copies, apart, ownsFolder, writable, owner }: FinalStage,
  name: string,
  style: Style,
): readonly string[] {
  const startsIn = startFolder(image);
  const chown = owner === undefined ? "" : `--chown=${owner} `;
  const copy = (from: readonly string[], to: string, flags = "") => {
    const paths = [...from, to].some((path) => /\s/.test(path)) ? jsonForm([...from, to]) : [...from, to].join(" ");
    return `${keyword(style, "COPY")} --from=${name} ${flags}${paths}`;
  };
  const programs = [{ artifact, destination }, ...others];
  // The folder that a COPY makes belongs to whom it says, and one that WORKDIR makes to root.
  const first = ownsFolder ? programs.filter((each) => within(workdir, each.destination) !== undefined) : [];
  const line = (each: (typeof programs)[number]) =>
    copy([each.artifact], each.destination, first.includes(each) ? chown : "");
  return [
    `${keyword(style, "FROM")} ${platformOf(context, stage)}${image}`,
    ...system,
    ...first.map(line),
    ...(workdir === startsIn ? [] : [`${keyword(style, "WORKDIR")} ${workdir}`]),
    ...programs.filter((each) => !first.includes(each)).map(line),
    // A folder of the loader on every system of Debian, whatever the machine (ld.so(8); `ld.so --help` names it).
    ...(gather ? [copy([`${gather.folder}/`], "/usr/lib/")] : []),
    ...byFolder(context, stage, copies, apart).map(([from, to]) =>
      copy(from, to, from.some((path) => apart.get(path)?.owned ?? isShut(context, stage, path)) ? chown : ""),
    ),
    ...writable.map(({ path }) => copy([path], path, chown)),
  ];
}

/** Its owner alone may read such a file, as often as not. */
function isShut(context: FileContext, stage: Stage, path: string): boolean {
  return isPrivate(context, stage, path) || /\.(?:key|pem|p12|pfx|crt|env)$|\/\.env[^/]*$/.test(path);
}

/** A line for each folder, and one for all files of the same folder. */
function byFolder(
  context: FileContext,
  stage: Stage,
  copies: readonly string[],
  apart: FinalStage["apart"],
): readonly (readonly [readonly string[], string])[] {
  const isApart = (path: string) => isContextFolder(context, stage, path) || apart.has(path);
  const files = groupBy(
    copies.filter((each) => !isApart(each)),
    (path) => posix.dirname(path),
  );
  const lines = [...files].map(([folder, paths]): [readonly string[], string] =>
    paths.length === 1 ? [paths, paths[0] ?? folder] : [paths, folder === "/" ? "/" : `${folder}/`],
  );
  const folders = copies.filter(isApart);
  return [...lines, ...folders.map((path): [readonly string[], string] => [[path], path])];
}
