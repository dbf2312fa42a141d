import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import type { Content } from "../files/content";

/** What a command brings into the image, and from where. */
export type Fetched = Pick<Content, "path" | "shape" | "source" | "sure">;

/** What a command surely brings: a download, a clone, what an archive holds, packages of a language. Others may bring anything. */
export function fetchesOf(run: RunCommand): readonly Fetched[] {
  const found = FETCHES.get(run.program ?? "")?.(run) ?? [];
  return run.command.succeeded ? found : found.map((each) => ({ ...each, sure: false }));
}

const FETCHES = new Map<string, (run: RunCommand) => readonly Fetched[]>([
  ["curl", curl],
  ["wget", wget],
  ["git", clone],
  ["tar", unpacked],
  ["unzip", unzip],
  ["npm", modules],
  ["pnpm", modules],
  ["yarn", modules],
]);

const ADDRESS = /^(?:https?|ftp):\/\//;
/** Options whose value is the next word, by their letter. */
const CURL_VALUES = "oHduAbceFmrTwxXKECDPQtUyYz";
const WGET_VALUES = "OoaPtTweiUQBARDIXl";

function curl(run: RunCommand): readonly Fetched[] {
  const options = optionsOf(run, CURL_VALUES);
  const file = options.get("o") ?? options.get("--output") ?? outputOf(run);
  const address = addressOf(run);
  if (options.has("--output-dir") || address === undefined) return [];
  const named = options.has("O") || options.has("--remote-name") ? nameIn(address) : undefined;
  return download(run, file ?? named, address);
}

function wget(run: RunCommand): readonly Fetched[] {
  const options = optionsOf(run, WGET_VALUES);
  const address = addressOf(run);
  if (
    address === undefined ||
    ["r", "m", "--recursive", "--mirror", "--content-disposition"].some((name) => options.has(name))
  )
    return [];
  const file = options.get("O") ?? options.get("--output-document");
  const folder = options.get("P") ?? options.get("--directory-prefix");
  if (file === "-") return download(run, outputOf(run), address);
  const name = file ?? nameIn(address);
  return download(run, name === undefined || file !== undefined ? name : posix.join(folder ?? "", name), address);
}

function download(run: RunCommand, file: string | undefined, address: string): readonly Fetched[] {
  const path = file === "-" || file?.startsWith("/dev/") ? undefined : place(run, file);
  return path === undefined ? [] : [{ path, shape: "file", source: { of: "address", path: address }, sure: true }];
}

/** The only address among the words; with several, who knows which file is whose. */
function addressOf({ args }: RunCommand): string | undefined {
  const found = args.filter(({ value, word }) => ADDRESS.test(value ?? word.text.replace(/^["']/, "")));
  const [only] = found;
  return found.length === 1 ? (only?.value ?? only?.word.text) : undefined;
}

/** The last name of an address. A query would be part of the file's name for one program and not for another. */
function nameIn(address: string): string | undefined {
  const name = /^[^?#$]+\/([^/?#$"'\s]+)$/.exec(address)?.[1];
  return name === undefined || /^\w+:\/\/[^/]+$/.test(address) ? undefined : name;
}

function clone(run: RunCommand): readonly Fetched[] {
  const words = run.args.map(({ value, word }) => value ?? word.text);
  if (words[0] !== "clone") return [];
  const paths: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (
      /^(?:-[bocuj]|--(?:branch|depth|origin|config|reference|jobs|upload-pack|template|separate-git-dir))$/.test(word)
    )
      at++;
    else if (!word.startsWith("-")) paths.push(word);
  }
  const [address, folder = address && posix.basename(address.replace(/\.git\/?$/, ""))] = paths;
  const path = place(run, folder);
  return address === undefined || path === undefined || paths.length > 2
    ? []
    : [{ path, shape: "folder", source: { of: "address", path: address }, sure: true }];
}

/** `tar x` with what it unpacks, and where. */
function unpacked(run: RunCommand): readonly Fetched[] {
  const words = run.args.map(({ value }) => value ?? "$");
  const [first = ""] = words;
  const extracts =
    words.some((word) => /^-\w*x/.test(word)) || words.includes("--extract") || /^[a-zA-Z]*x/.test(first);
  if (!extracts) return [];
  const at = words.findIndex((word) => /^-\w*C$/.test(word) || word === "--directory");
  const folder = at >= 0 ? words[at + 1] : (/^--directory=(.+)$/.exec(words.join("\n"))?.[1] ?? ".");
  return inside(run, folder);
}

function unzip(run: RunCommand): readonly Fetched[] {
  const words = run.args.map(({ value }) => value ?? "$");
  if (words.some((word) => /^-\w*[lptvz]/.test(word))) return [];
  const at = words.indexOf("-d");
  return inside(run, at >= 0 ? words[at + 1] : ".");
}

function inside(run: RunCommand, folder: string | undefined): readonly Fetched[] {
  const path = place(run, folder);
  return path === undefined ? [] : [{ path, shape: "inside", source: undefined, sure: true }];
}

/** The packages of a folder. A project may ask for none. */
function modules(run: RunCommand): readonly Fetched[] {
  const words = run.args.map(({ value }) => value ?? "$");
  const verb = words.find((word) => !word.startsWith("-"));
  const installs = verb === undefined ? run.program === "yarn" : /^(?:ci|i|install|clean-install)$/.test(verb);
  if (!installs || words.some((word) => /^(?:-g|--global|--prefix|--cwd|-C|--dir|--version|-v)\b/.test(word)))
    return [];
  const path = place(run, "node_modules");
  return path === undefined ? [] : [{ path, shape: "folder", source: undefined, sure: false }];
}

/** Options by their letter or long name, with the value where they have one. */
function optionsOf({ args }: RunCommand, withValue: string): ReadonlyMap<string, string | undefined> {
  const options = new Map<string, string | undefined>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at]?.value ?? "";
    const long = /^(--[\w-]+)(?:=(.*))?$/s.exec(word);
    if (long) {
      const takesNext = long[2] === undefined && /^--(?:output|output-document|directory-prefix)$/.test(long[1] ?? "");
      options.set(long[1] ?? "", takesNext ? valueAt(args, ++at) : long[2]);
    } else if (/^-\w/.test(word)) {
      for (let letter = 1; letter < word.length; letter++) {
        const name = word[letter] as string;
        if (!withValue.includes(name)) options.set(name, undefined);
        else {
          options.set(name, letter + 1 < word.length ? word.slice(letter + 1) : valueAt(args, ++at));
          break;
        }
      }
    }
  }
  return options;
}

function valueAt(args: RunCommand["args"], at: number): string {
  return args[at]?.value ?? "$";
}

function outputOf({ command }: RunCommand): string | undefined {
  return command.output && !/["'`\\]/.test(command.output.text) ? command.output.text : undefined;
}

/** An absolute path; undefined where a variable or a pattern hides it. */
function place({ folder }: RunCommand, path: string | undefined): string | undefined {
  if (path === undefined || path === "" || /[$*?[{~`]/.test(path) || (folder === undefined && !path.startsWith("/")))
    return undefined;
  return posix.join(folder ?? "/", path);
}
