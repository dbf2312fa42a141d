import type { Content } from "../flow/files/content";
import { posix } from "../model/paths";
import { bodySpan, type Syntax } from "../syntax/instruction";
import type { Edit } from "../text/edit";
import type { RunCommand } from "../toolchains/toolchain";
import { plainChain } from "./plain-chain";

/** They read an archive or a package and leave it as it is. */
const READERS = new Set(
  "tar unzip dpkg rpm apt apt-get dnf yum pip pip3 cat gpg sha256sum sha512sum sha1sum md5sum".split(" "),
);
/** Between a COPY and the RUN that uses its file they do not touch it. */
const BETWEEN = new Set(["COPY", "ADD", "ENV", "ARG", "LABEL", "WORKDIR", "EXPOSE", "STOPSIGNAL", "CMD", "ENTRYPOINT"]);

/**
 * Edits that leave out the COPY of a file and lend the file to the RUN that reads and removes it. Undefined where more
 * than that RUN may use it, or where a command might write to it: a bind mount is read-only.
 */
export function bindInsteadOfCopy(
  syntax: Syntax,
  file: Content,
  removal: RunCommand,
  commands: readonly RunCommand[],
): readonly Edit[] | undefined {
  const mount = mountOf(file);
  const { instruction: run, stage } = removal;
  if (!mount || stage !== file.stage || run.flags.length > 0) return undefined;
  if (!stage.instructions.slice(file.at + 1, removal.at).every(({ keyword }) => BETWEEN.has(keyword))) return undefined;
  const before = commands[commands.indexOf(removal) - 1];
  if (!before || !plainChain(syntax, run) || !isRemovalOf(removal, file.path)) return undefined;
  if (!commands.every((command) => command === removal || leavesAlone(command, file.path))) return undefined;
  const dropped = { start: before.command.span.end, end: removal.command.span.end };
  const joint = syntax.text.slice(dropped.start, removal.command.span.start);
  if (!joint.includes("&&") || joint.includes("#")) return undefined;
  const { start } = bodySpan(run, 0, 0);
  return [
    { span: wholeLines(syntax, file.instruction.span), text: "" },
    { span: { start, end: start }, text: `${mount} ` },
    { span: dropped, text: "" },
  ];
}

/** The mount that stands for a COPY of one file; undefined where the COPY says more than its paths. */
function mountOf({ instruction, source, shape, sure, path, by }: Content): string | undefined {
  if (!source || source.of === "address" || shape !== "file" || !sure || "command" in by) return undefined;
  if (instruction.keyword !== "COPY" || instruction.json || by.sources?.length !== 1) return undefined;
  if (instruction.flags.some(({ name }) => name !== "from") || /[*?[,\s]/.test(source.path + path)) return undefined;
  const from = by.from === undefined ? "" : `from=${by.from},`;
  const place = by.from === undefined ? source.path : posix.join("/", source.path);
  return `--mount=type=bind,${from}source=${place},target=${path}`;
}

/** `rm FILE`, and no other file with it. */
function isRemovalOf({ program, args, folder }: RunCommand, path: string): boolean {
  const words = args.map(({ value }) => value);
  const named = words.filter((word) => !word?.startsWith("-"));
  return (
    program === "rm" && named.length === 1 && named[0] !== undefined && posix.join(folder ?? "/", named[0]) === path
  );
}

/** It does not name the file, or only reads it. */
function leavesAlone({ program = "", args, folder, command }: RunCommand, path: string): boolean {
  if (command.output?.text.includes(posix.basename(path))) return false;
  if (READERS.has(program)) return args.every(({ value }) => value !== "--remove-files");
  return args.every(
    ({ value }) => value !== undefined && !/[*?[{$]/.test(value) && posix.join(folder ?? "/", value) !== path,
  );
}

/** The lines that an instruction stands on, their endings included. */
function wholeLines({ text }: Syntax, { start, end }: { readonly start: number; readonly end: number }) {
  const next = text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: next < 0 ? text.length : next + 1 };
}
