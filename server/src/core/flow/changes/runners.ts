import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { instead } from "../commands/run-command";
import { ANYTHING, type Change, makes, NOTHING, operandsOf, placeOf, placesOf, touches } from "./change";
import { systemPackages } from "./installs";
import { pip } from "./projects";

/** find deletes with -delete; what it runs is understood where that is chmod, chown or rm. */
export function find({ args, folder }: RunCommand): readonly Change[] {
  const words = args.map(({ value }) => value ?? "");
  const starts = words.slice(
    0,
    Math.max(
      words.findIndex((word) => /^[-!(]/.test(word)),
      0,
    ),
  );
  const roots = (starts.length > 0 ? starts : ["."]).map((word) => placeOf(word, word, folder)?.path ?? "/");
  const runs = words.flatMap((word, at) =>
    /^-(?:exec|execdir|ok)$/.test(word) ? [posix.basename(words[at + 1] ?? "")] : [],
  );
  if (
    // A name made of the found one is a new file: touch {}.new, strip -o {}.small, sed -i.bak.
    words.some((word) => /^-f(?:print|ls)|\{\}.|.\{\}/.test(word)) ||
    (runs.includes("sed") && words.some((word) => /^(?:-i.|--in-place=)/.test(word))) ||
    runs.some((name) => !/^(?:chmod|chown|chgrp|rm|rmdir|strip|touch|grep|ldd|echo|sed)$/.test(name))
  )
    return ANYTHING;
  const deletes = words.includes("-delete") || runs.some((name) => name.startsWith("rm"));
  return deletes ? roots.map((path): Change => ({ kind: "thins", path })) : NOTHING;
}

/** xargs runs what follows on words that nobody knows. */
export function xargs(run: RunCommand): readonly Change[] {
  const { operands } = operandsOf(run.args, /^-[nPIdLsE]$/);
  const program = posix.basename(operands[0]?.value ?? "");
  if (/^(?:rm|rmdir)$/.test(program)) return [{ kind: "thins", path: "/" }];
  if (/^(?:chmod|chown|strip|ls|cat|echo|grep|ldd|wc|sha256sum|dpkg-query)$/.test(program)) return NOTHING;
  const installs = /^(?:apt|apt-get|apk|dnf|yum)$/.test(program);
  return installs ? systemPackages(instead(run, { program, args: operands.slice(1) })) : ANYTHING;
}

/** The commands `w FILE` and `e`, alone or as flags of `s`. */
const WRITES = /(?:^|[^a-zA-Z.-])w +\S|\/[gpIim\d]*[we](?: |$)/;

/** sed prints, or edits what is there; a suffix keeps the old file beside it. */
export function sed({ args, folder }: RunCommand): readonly Change[] {
  if (args.some(({ value, word }) => WRITES.test(value ?? word.text))) return ANYTHING;
  const { options, operands } = operandsOf(args, /^(?:-e|-f|--expression|--file)$/);
  if (!options.some((option) => /^-[a-zA-Z]*i|^--in-place/.test(option))) return NOTHING;
  const keeps = options.some((option) => /^-[a-zA-Z]*i.|^--in-place=/.test(option));
  const places = placesOf(
    options.some((option) => /^(?:-e|-f|--)/.test(option)) ? operands : operands.slice(1),
    folder,
  );
  return places
    ? touches(...places.map(({ path }) => (keeps ? posix.dirname(path) : path)))
    : touches(folder ?? "/", "/etc");
}

/** A file of variables; what installs behind it may do so in the environment that it names. */
export function source({ args: [file], folder }: RunCommand): readonly Change[] {
  const path = file && placeOf(file.value, file.word.text, folder)?.path;
  if (path === "/etc/os-release" || /\/\.?cargo\/env$/.test(path ?? "")) return NOTHING;
  return path?.endsWith("/bin/activate") ? touches(posix.dirname(posix.dirname(path))) : ANYTHING;
}

/** python -m pip, python -m venv: what the module does; any other script may do anything. */
export function python(run: RunCommand): readonly Change[] {
  const { args, program } = run;
  const at = args.findIndex(({ value }) => value === "-m");
  const module = program === "virtualenv" ? "venv" : at >= 0 ? args[at + 1]?.value : undefined;
  const rest = program === "virtualenv" ? args : args.slice(at + 2);
  if (module === "pip") return pip(instead(run, { program: "pip", args: rest }));
  if (module === "compileall") return NOTHING;
  if (module !== "venv" && module !== "virtualenv") return ANYTHING;
  return operandsOf(rest, /^(?:-p|--python|--prompt)$/).operands.flatMap((each): readonly Change[] => {
    const place = placeOf(each.value, each.word.text, run.folder);
    return place ? [...touches(place.path), ...(place.whole ? [makes(place.path, "folder")] : [])] : ANYTHING;
  });
}
