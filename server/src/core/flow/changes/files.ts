import { posix } from "../../model/paths";
import { Memo } from "../../text/memo";
import type { RunCommand } from "../../toolchains/toolchain";
import { isLiteral } from "../layers/deletions";
import { ANYTHING, type Change, makes, NOTHING, operandsOf, placesOf, touches } from "./change";

/** mkdir: each operand, and with -p those above it. */
export function mkdir({ args, folder }: RunCommand): readonly Change[] {
  const places = placesOf(operandsOf(args, /^(?:-m|--mode)$/).operands, folder);
  return places?.flatMap(({ path, whole }) => (whole ? [makes(path, "folder")] : touches(path))) ?? ANYTHING;
}

/** touch, tee, truncate: each operand is a file. */
export function writes({ args, folder }: RunCommand): readonly Change[] {
  const places = placesOf(operandsOf(args, /^-[drst]$/).operands, folder);
  return places?.flatMap(({ path, whole }) => (whole ? [makes(path, "file")] : touches(path))) ?? ANYTHING;
}

/** rm: each operand, which may be a pattern, with all below it. */
export function rm({ args, folder }: RunCommand): readonly Change[] {
  const { options, operands } = operandsOf(args);
  const recursive = options.some((option) => /^-[a-zA-Z]*[rR]|^--recursive/.test(option));
  const lists = operands.map(({ value, word }): readonly Change[] => {
    if (value !== undefined && isLiteral(word, value)) return NOTHING;
    if (value === undefined || /[{~]/.test(value) || (folder === undefined && !value.startsWith("/")))
      return [{ kind: "thins", path: "/" }];
    return (recursive ? wholly : alone).of(posix.join(folder ?? "/", value));
  });
  return lists.length === 1 ? (lists[0] ?? NOTHING) : lists.flat();
}

// One list for all commands that remove the same: an index of many steps is short by that.
const wholly = new Memo((pattern): readonly Change[] => [{ kind: "removes", pattern, recursive: true }]);
const alone = new Memo((pattern): readonly Change[] => [{ kind: "removes", pattern, recursive: false }]);

/** rmdir and its like: they make nothing. */
export function thins({ args, folder }: RunCommand): readonly Change[] {
  const places = placesOf(operandsOf(args).operands, folder);
  return places?.map(({ path }): Change => ({ kind: "thins", path })) ?? [{ kind: "thins", path: "/" }];
}

/** cp, mv, ln and install: the last operand is where the others go; `-t FOLDER` says it first. */
export function transfer(run: RunCommand): readonly Change[] {
  const { args, folder, program } = run;
  const { options, operands, values } = operandsOf(args, program === "install" ? INSTALL_VALUE : COPY_VALUE);
  const folderOption = options.some((option) => /^(?:-t|--target-directory)/.test(option));
  if (program === "install" && options.some((option) => /^-[A-Za-z]*d|^--directory/.test(option))) return mkdir(run);
  if (options.some((option) => option === "--parents") || (folderOption && values.length === 0)) return ANYTHING;
  const [target] = placesOf(folderOption ? values.slice(0, 1) : operands.slice(-1), folder) ?? [];
  const sources = folderOption ? operands : operands.slice(0, -1);
  if (program === "ln" && sources.length === 0) return ANYTHING;
  if (!target) return ANYTHING;
  if (!target.whole) return touches(target.path);
  const last = operands.at(-1)?.value ?? "";
  const plain = options.some((option) => /^-[A-Za-z]*T|^--no-target-directory/.test(option));
  const into = plain ? false : folderOption || sources.length > 1 || /(?:^|\/)\.{0,2}$/.test(last) ? true : undefined;
  if (program === "ln") return links(sources, target.path, into, options);
  return sources.flatMap((source): readonly Change[] => {
    const { value } = source;
    const path =
      value !== undefined && (folder !== undefined || value.startsWith("/"))
        ? posix.join(folder ?? "/", value)
        : undefined;
    const moves = program === "mv";
    // A pattern in a folder's name may mean several folders; `cp -r a/. b` copies what is in it.
    if (
      path === undefined ||
      value === undefined ||
      /[*?[{~]/.test(value.slice(0, value.lastIndexOf("/") + 1)) ||
      /[{~]/.test(value)
    )
      return [...touches(target.path), ...(moves ? ([{ kind: "thins", path: "/" }] as const) : [])];
    if (/(?:^|\/)\.$/.test(value)) return [{ kind: "copies", from: path, to: target.path, into: false, moves }];
    return [
      {
        kind: "copies",
        from: path,
        to: target.path,
        into: /[*?[]/.test(value) && into === undefined ? undefined : into,
        moves,
      },
    ];
  });
}

const INSTALL_VALUE = /^(?:-[A-Za-z]*[tSmgo]|--target-directory|--suffix|--mode|--owner|--group)$/;
const COPY_VALUE = /^(?:-[A-Za-z]*[tS]|--target-directory|--suffix)$/;

function links(
  sources: RunCommand["args"],
  target: string,
  into: boolean | undefined,
  options: readonly string[],
): readonly Change[] {
  const symbolic = options.some((option) => /^-[A-Za-z]*s|^--symbolic/.test(option));
  return sources.flatMap(({ value }): readonly Change[] =>
    value === undefined || /[*?[{~]/.test(value) || !(symbolic || value.startsWith("/"))
      ? touches(target)
      : [{ kind: "links", leadsTo: value, at: target, into }],
  );
}
