import { type ImageFile, type ImageFiles, toBytes, toText } from "./image-files";
import { mayPass, mayRead, type User } from "./user";

/** What of an image's config says how it is started. */
export interface StartConfig {
  /** ENTRYPOINT and what is given to it. */
  readonly command: readonly string[];
  /** WORKDIR; "/" where there is none. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What keeps a file from being started: what it lacks, in a word that is the same wherever that happens, and a sentence. */
export interface Lack {
  readonly lacks: string;
  readonly says: string;
}

/** Where the engine looks where the image says nothing. */
const USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** A script for a script for a script: the kernel gives up there. */
const mostScripts = 4;

/** The folders of PATH, in its order. */
export function searchPath({ env }: StartConfig): readonly string[] {
  return toBytes(env.PATH ?? USUAL_PATH)
    .split(":")
    .filter((folder) => folder.startsWith("/"));
}

/** The file that an image starts, or what is in its way. */
export function startedFile(config: StartConfig, user: User, files: ImageFiles): ImageFile | Lack {
  const [name = ""] = config.command;
  if (name === "") return { lacks: "a command", says: "The image has neither ENTRYPOINT nor CMD." };
  const file = lookUp(toBytes(name), config, user, files);
  if (!file) {
    const where = name.includes("/") ? "which is not in the image" : "which is in no folder of its PATH";
    return { lacks: name, says: `The image starts ${name}, ${where}.` };
  }
  return whyNot(file, name, user, files) ?? file;
}

/** What a file that is executed needs before it runs: of a script, the program that reads it, and what that needs in turn. */
export function interpreterOf(
  file: ImageFile,
  config: StartConfig,
  user: User,
  files: ImageFiles,
): ImageFile | Lack | undefined {
  let script = file;
  for (let depth = 0; depth < mostScripts; depth += 1) {
    const line = script.details.script;
    if (line === undefined) return depth === 0 ? undefined : script;
    const [first = "", ...rest] = line.split(/[ \t]+/);
    const wanted = interpretersIn(first, rest);
    let found: ImageFile | undefined;
    for (const name of wanted) {
      found = lookUp(name, config, user, files);
      const text = toText(name);
      if (!found)
        return { lacks: text, says: `${toText(file.path)} is a script for ${text}, which is not in the image.` };
      const not = whyNot(found, text, user, files);
      if (not) return not;
    }
    if (!found) return undefined;
    script = found;
  }
  return undefined;
}

/** `env` starts the first of its words that is neither an option nor a variable. */
function interpretersIn(first: string, rest: readonly string[]): readonly string[] {
  if (first === "") return [];
  if (!/\/env$/.test(first)) return [first];
  const word = rest.find((each) => !each.startsWith("-") && !each.includes("="));
  return word === undefined ? [first] : [first, word];
}

/** As the engine and shells look for a program: by its path from WORKDIR, or in the folders of PATH. */
function lookUp(name: string, config: StartConfig, user: User, files: ImageFiles): ImageFile | undefined {
  if (name.includes("/")) return files.at(name.startsWith("/") ? name : `${toBytes(config.folder)}/${name}`);
  const found = searchPath(config).flatMap((folder) => files.at(`${folder}/${name}`) ?? []);
  return found.find((file) => !file.isFolder && mayPass(user, file)) ?? found[0];
}

function whyNot(file: ImageFile, name: string, user: User, files: ImageFiles): Lack | undefined {
  const path = toText(file.path);
  const closed = files.foldersTo(file.path)?.find((folder) => !mayPass(user, folder));
  if (file.isFolder) return { lacks: name, says: `The image starts ${path}, which is a folder.` };
  if (closed)
    return {
      lacks: `access to ${name}`,
      says: `${user.name} cannot enter ${toText(closed.path)} (${modeOf(closed)}), where ${path} is.`,
    };
  const isScript = file.details.script !== undefined;
  if (!mayPass(user, file) || (isScript && !mayRead(user, file)))
    return { lacks: `the right to start ${name}`, says: `${user.name} may not execute ${path} (${modeOf(file)}).` };
  if (file.details.elf === undefined && !isScript)
    return {
      lacks: `a program in ${name}`,
      says: `${path} is neither a program nor a script with #! at its beginning.`,
    };
  return undefined;
}

/** The rights of a file, for people. */
export function modeOf({ rights: [mode, uid, gid] }: ImageFile): string {
  return `mode ${(mode & 0o777).toString(8).padStart(3, "0")}, owner ${uid}:${gid}`;
}
