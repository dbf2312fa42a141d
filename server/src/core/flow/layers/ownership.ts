import { posix } from "../../model/paths";
import type { ShellWord } from "../../shell/script";
import type { RunCommand } from "../../toolchains/toolchain";

/** A command that sets owner or mode of all that is below its paths. */
export interface Ownership {
  readonly sets: "owner" | "group" | "mode";
  /** `app`, `app:app`, `755`, as it is written; undefined where a variable hides it. */
  readonly value: string | undefined;
  /** Absolute; names may hold the shell's wildcards. */
  readonly paths: readonly string[];
  /** The option that makes it recursive, where that is a word of its own. */
  readonly flag: ShellWord | undefined;
}

const SETS: Readonly<Record<string, Ownership["sets"]>> = { chown: "owner", chgrp: "group", chmod: "mode" };

/** A recursive chown, chgrp or chmod; undefined for other commands, and where its paths or its conditions are not known. */
export function ownershipOf(run: RunCommand): Ownership | undefined {
  const { program = "", folder } = run;
  if (program === "find") return throughFind(run);
  const sets = Object.hasOwn(SETS, program) ? SETS[program] : undefined;
  if (!sets) return undefined;
  const { args } = run;
  const options = args.filter(({ value }) => isOption(value, sets));
  const flag = options.find(({ value }) => value === "--recursive" || /^-\w*R/.test(value ?? ""));
  if (!flag || options.some(({ value }) => /^--(?:from|reference)\b/.test(value ?? ""))) return undefined;
  const [who, ...paths] = args.filter((word) => !options.includes(word));
  if (!who) return undefined;
  const alone = /^(?:-R|--recursive)$/.test(flag.word.text);
  return {
    sets,
    value: who.value,
    paths: placesOf(
      paths.map(({ value }) => value),
      folder,
    ),
    flag: alone ? flag.word : undefined,
  };
}

/** A mode may begin with a minus: `chmod -R -x`. */
function isOption(value: string | undefined, sets: Ownership["sets"]): boolean {
  return value !== undefined && (sets === "mode" ? /^-(?:[Rvcf]+$|-)/.test(value) : value.startsWith("-"));
}

/** `find PATH… [-type f] -exec chown OWNER {} +`; one that picks its files is not followed. */
function throughFind({ args, folder }: RunCommand): Ownership | undefined {
  const words = args.map(({ value }) => value ?? "$");
  const first = words.findIndex((word) => /^[-(!]/.test(word));
  const exec = words.indexOf("-exec");
  const program = words[exec + 1] ?? "";
  if (first < 1 || exec < 0 || !Object.hasOwn(SETS, program)) return undefined;
  if (!["", "-type f"].includes(words.slice(first, exec).join(" "))) return undefined;
  const [value, what, end, ...rest] = words.slice(exec + 2);
  if (what !== "{}" || !["+", ";", "\\;"].includes(end ?? "") || rest.length > 0) return undefined;
  return {
    sets: SETS[program] as Ownership["sets"],
    value: value === "$" ? undefined : value,
    paths: placesOf(words.slice(0, first), folder),
    flag: undefined,
  };
}

function placesOf(words: readonly (string | undefined)[], folder: string | undefined): readonly string[] {
  return words.flatMap((word) =>
    word === undefined || /[$~{[]/.test(word) || (folder === undefined && !word.startsWith("/"))
      ? []
      : [posix.join(folder ?? "/", word)],
  );
}
