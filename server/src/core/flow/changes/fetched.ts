import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, makes, NOTHING, operandsOf, placeOf, touches } from "./change";
import { namedPaths } from "./projects";

/** curl: -o and -O, alone or at the end of other letters; without them it prints. */
export function curl(run: RunCommand): readonly Change[] {
  const { options, operands, values } = operandsOf(run.args, CURL_VALUE);
  const joined = run.args.map(({ value, word }) => value ?? word.text);
  if (
    joined.some((word) =>
      /^(?:-K|--config|--output-dir|-D|--dump-header|-c|--cookie-jar|--remote-header-name|-[a-zA-Z]*J)/.test(word),
    )
  )
    return ANYTHING;
  const named = options.some((option) => /^-[A-Za-z]*O|^--remote-name/.test(option));
  const outputs = run.args.flatMap((arg, at) => {
    const text = arg.value ?? arg.word.text;
    if (/^-[a-zA-Z#]*o$|^--output$/.test(text)) return run.args[at + 1] ?? [];
    return [];
  });
  if (options.some((option) => /^--output=|^-o\S/.test(option))) return ANYTHING;
  const addresses = [...operands, ...values].filter(({ value }) => /:\/\/|^[\w.-]+\.\w+\//.test(value ?? "://"));
  return [
    ...outputs.flatMap((output) => download(run, output, addresses[0]?.value)),
    ...(named ? addresses.flatMap((address) => inFolder(run.folder, address.value)) : NOTHING),
    ...(named && addresses.length === 0 ? touches(run.folder ?? "/") : NOTHING),
  ];
}

const CURL_VALUE =
  /^(?:-[a-zA-Z#]*[ouHdAebxXmTFUEwYyzrCQtP]|--(?:output|header|data|user|user-agent|referer|request|retry|retry-delay|retry-max-time|max-time|connect-timeout|proxy|cacert|cert|write-out|form|url|max-redirs|speed-limit|speed-time|range|ciphers|tls-max|limit-rate))$/;

/** wget: -O FILE, -P FOLDER, else the address' last part in the folder. */
export function wget(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  const { options, operands } = operandsOf(
    args,
    /^(?:-[a-zA-Z]*[OPoUtTweilAR]|--(?:output-document|directory-prefix|header|tries|timeout|user-agent|output-file|post-data|waitretry))$/,
  );
  if (
    options.some((option) =>
      /^-[a-zA-Z]*[rmpix](?:\s|$)|^--(?:recursive|mirror|input-file|content-disposition|force-directories)/.test(
        option,
      ),
    )
  )
    return touches(folder ?? "/");
  const at = args.findIndex(({ value }) => /^-[a-zA-Z]*O$|^--output-document$/.test(value ?? ""));
  const joined = args.find(({ value }) => /^(?:-[a-zA-Z]*O.|--output-document=)/.test(value ?? ""))?.value;
  if (at >= 0) return args[at + 1]?.value === "-" ? NOTHING : download(run, args[at + 1], operands[0]?.value);
  if (joined !== undefined) return /(?:O|=)-$/.test(joined) ? NOTHING : ANYTHING;
  const prefix = args.findIndex(({ value }) => /^(?:-[a-zA-Z]*P|--directory-prefix)$/.test(value ?? ""));
  if (args.some(({ value }) => /^(?:-P.|--directory-prefix=)/.test(value ?? ""))) return ANYTHING;
  const into = prefix < 0 ? folder : placeOf(args[prefix + 1]?.value, args[prefix + 1]?.word.text ?? "$", folder)?.path;
  return operands.flatMap(({ value }) => inFolder(into, value));
}

function download(
  run: RunCommand,
  output: RunCommand["args"][number] | undefined,
  address: string | undefined,
): readonly Change[] {
  const place = output && placeOf(output.value, output.word.text, run.folder);
  if (!place) return ANYTHING;
  return place.whole ? [makes(place.path, "file", { kind: "download", address })] : touches(place.path);
}

function inFolder(folder: string | undefined, address: string | undefined): readonly Change[] {
  if (folder === undefined) return ANYTHING;
  const name = posix.basename((address ?? "").split(/[?#]/, 1)[0] ?? "");
  // A server may name it otherwise, and what has no name of its own becomes index.html.
  return address === undefined || name === "" || address.includes("?") || !/\/[^/]+$/.test(address)
    ? touches(folder)
    : [makes(posix.join(folder, name), "file", { kind: "download", address })];
}

/** git: clone makes a folder; the others work in that of the repository. */
export function git(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  const { options, operands } = operandsOf(
    args,
    /^(?:-[Cbcoju]|--(?:branch|depth|config|origin|jobs|reference|separate-git-dir|git-dir|work-tree|filter|upload-pack))$/,
  );
  const [verb, address, into] = operands;
  if (options.some((option) => /^-C|^--(?:git-dir|work-tree|separate-git-dir)/.test(option))) return ANYTHING;
  if (verb?.value === "config" || verb?.value === "lfs") return [{ kind: "caches" }, ...touches(folder ?? "/", "/etc")];
  if (verb?.value !== "clone") {
    const named = /^(?:archive|bundle|checkout-index|format-patch|init|worktree)$/.test(verb?.value ?? "")
      ? namedPaths(run)
      : [];
    return named ? touches(folder ?? "/", ...named) : ANYTHING;
  }
  const name = posix.basename(address?.value ?? "").replace(/\.git$/, "");
  const place = into ? placeOf(into.value, into.word.text, folder) : name ? placeOf(name, name, folder) : undefined;
  if (!place) return into || folder === undefined ? ANYTHING : touches(folder);
  const made = place.whole ? [makes(place.path, "folder", { kind: "download", address: address?.value })] : [];
  return [...touches(place.path), ...made];
}

/** tar: what it unpacks stands in its folder, or in that of -C; what it packs is a file. */
export function tar({ args, folder }: RunCommand): readonly Change[] {
  const texts = args.map(({ value, word }) => value ?? word.text);
  const letters = texts.filter((text, at) => /^-?[a-zA-Z]+$/.test(text) && (at === 0 || text.startsWith("-"))).join("");
  if (/P/.test(letters) || texts.some((text) => /^--(?:absolute|one-top-level|transform|xform)/.test(text)))
    return ANYTHING;
  // The folder of letters like xfC or -xCf is not always the next word.
  if (/^[a-zA-Z]*C/.test(texts[0] ?? "") || texts.some((text) => /^-[a-zA-Z]*C[a-zA-Z]/.test(text))) return ANYTHING;
  if (texts.some((text) => /^-[abd-zA-Z]*c[a-zA-Z]*f./.test(text))) return ANYTHING;
  const creates = /c/.test(letters) || texts.includes("--create");
  if (!creates && /t/.test(letters) && !/x/.test(letters)) return NOTHING;
  let into = folder;
  const found: Change[] = [];
  for (let at = 0; at < args.length; at++) {
    const text = texts[at] as string;
    const joined = /^(?:--directory=|-C)(.+)$/.exec(text)?.[1];
    if (/^-[a-zA-Z]*C$|^--directory$|^--cd$/.test(text) || joined !== undefined) {
      const next = args[joined === undefined ? at + 1 : at];
      const place =
        joined === undefined ? next && placeOf(next.value, next.word.text, into) : placeOf(joined, joined, into);
      if (!place) return ANYTHING;
      into = place.path;
    } else if (creates && /^-?[a-zA-Z]*f$|^--file$/.test(text)) {
      const next = args[at + 1];
      if (next?.value === "-") continue;
      const place = next && placeOf(next.value, next.word.text, folder);
      if (!place) return ANYTHING;
      found.push(place.whole ? makes(place.path, "file") : { kind: "touches", path: place.path });
    }
  }
  // An archive that another spelling names, as in cfz or --file=, stands anywhere.
  if (creates) return found.length > 0 || toOutput(texts) ? found : ANYTHING;
  return into === undefined ? ANYTHING : touches(into);
}

/** The archive goes to standard output: it is said so, or no file is named. */
function toOutput(texts: readonly string[]): boolean {
  return texts.includes("-") || !texts.some((text) => /^-?[a-zA-Z]*f|^--file/.test(text));
}

/** unzip: in its folder, or in that of -d. */
export function unzip({ args, folder }: RunCommand): readonly Change[] {
  if (args.some(({ value }) => /^-[a-ce-zA-Z]*[lptvzZ]/.test(value ?? ""))) return NOTHING;
  const at = args.findIndex(({ value }) => /^-[a-zA-Z]*d$/.test(value ?? ""));
  if (args.some(({ value }) => /^-[a-zA-Z]*d./.test(value ?? ""))) return ANYTHING;
  const next = args[at + 1];
  const into = at < 0 ? folder : next && placeOf(next.value, next.word.text, folder)?.path;
  return into === undefined ? ANYTHING : touches(into);
}
