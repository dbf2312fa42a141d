import { posix } from "../../model/paths";
import type { ShellWord } from "../../shell/script";
import type { RunCommand } from "../../toolchains/toolchain";
import { CommandMemo } from "../commands/command-memo";

/** Paths that a command takes away. */
export interface Deletion {
  /** Absolute; names may hold the shell's wildcards: /tmp/*.deb. */
  readonly pattern: string;
  /** Folders too. */
  readonly recursive: boolean;
  /** It would fail without them: they are there. */
  readonly proves: boolean;
}

const removals = new CommandMemo(removed);

/** What a command surely takes away where it is: `rm`, `unlink`, `mv` and `find … -delete`. Words that are not known are left out. */
export function deletionsOf(run: RunCommand): readonly Deletion[] {
  switch (run.program) {
    case "rm":
    case "unlink":
      return removals.of(run);
    case "mv":
      return moved(run);
    case "find":
      return found(run);
    default:
      return [];
  }
}

/** They read their files or write others. A program that is not listed may take files away, scripts above all. */
const KEEPS = new Set(
  (
    "apt apt-get apk dnf yum microdnf dpkg rpm pip pip3 curl wget tar unzip gpg sha256sum sha512sum sha1sum md5sum " +
    "mkdir chmod chown chgrp cp ln install touch echo printf cat grep sed awk head tail cd pwd ls set export test [ [[ true : date uname " +
    "useradd adduser groupadd addgroup usermod ldconfig update-ca-certificates strip which tee sort cut tr"
  ).split(" "),
);

/** The command leaves alone what others have made, but for what its words say. */
export function keepsFiles(run: RunCommand, deletions = deletionsOf(run)): boolean {
  if (run.program === undefined) return false;
  if (deletions.length > 0) return run.values.every((value) => value !== undefined);
  return KEEPS.has(run.program) || (run.program === "git" && run.values[0] === "clone");
}

function removed({ program, args, folder }: RunCommand): readonly Deletion[] {
  let [recursive, force] = [false, false];
  const paths: string[] = [];
  for (const { value, word } of args) {
    if (value === undefined) continue;
    if (value.startsWith("-")) {
      const letters = /^-[a-z]+$/i.test(value);
      recursive ||= value === "--recursive" || (letters && /[rR]/.test(value));
      force ||= value === "--force" || (letters && value.includes("f"));
    } else if (!isLiteral(word, value)) paths.push(value);
  }
  const proves = program === "unlink" || !force;
  return placesOf(paths, folder).map((pattern) => ({ pattern, recursive, proves }));
}

/** All but the last word, which says where to; with `-t` that is another. */
function moved({ values: words, folder }: RunCommand): readonly Deletion[] {
  if (words.some((word) => word === undefined || /^(?:-\w*t|--target-directory)/.test(word))) return [];
  const paths = (words as string[]).filter((word) => !word.startsWith("-")).slice(0, -1);
  return placesOf(paths, folder).map((pattern) => ({ pattern, recursive: true, proves: true }));
}

/** All below a folder; one that picks is not followed. */
function found({ args, folder }: RunCommand): readonly Deletion[] {
  const words = args.map(({ value }) => value ?? "$");
  const first = words.findIndex((word) => /^[-(!\\]/.test(word));
  if (first < 1 || words.slice(first).some((word) => !/^-(?:delete|depth)$/.test(word))) return [];
  return placesOf(words.slice(0, first), folder).map((pattern) => ({ pattern, recursive: true, proves: true }));
}

function placesOf(words: readonly string[], folder: string | undefined): readonly string[] {
  return words.flatMap((word) =>
    /[$~{[]/.test(word) || (folder === undefined && !word.startsWith("/")) ? [] : [posix.join(folder ?? "/", word)],
  );
}

/** A star that no shell expands, for it is quoted or there is no shell: a file of that name is hardly meant. */
export function isLiteral({ text, node }: ShellWord, value: string): boolean {
  return /[*?]/.test(value) && (node === undefined || !/[*?]/.test(text.replace(/"[^"]*"|'[^']*'|\\./g, "")));
}
