import type { Project } from "./project";
import { type PythonToken, tokensOf } from "./python-tokens";

/** What a Python file says of how its program runs. */
export interface PythonSource {
  /** Modules that it imports, with dots; relative imports are not here. */
  readonly imports: readonly string[];
  readonly calls: readonly PythonCall[];
  /** It sets where packages are looked for. */
  readonly setsPath: boolean;
  /** Words that hint at files that are written: `MEDIA_ROOT`, the file of a database. */
  readonly stores: readonly string[];
  /** Where Django's collectstatic is told to put files, if that is an absolute path: `STATIC_ROOT = "/srv/static"`. */
  readonly collected?: string;
  /**
   * The libraries that extensions in C are linked with, by what linkers call them, undefined among them where it is told in
   * another way; undefined where the file describes no extension (setuptools, Extension).
   */
  readonly extensions: readonly (string | undefined)[] | undefined;
  /** The first line names an interpreter: `#!/usr/bin/env python3`. */
  readonly script: boolean;
}

/** A call, by the full name of what is called where an import gives it: `subprocess.run`; of a method `.write_text`. */
export interface PythonCall {
  readonly name: string;
  /** The first argument, and the one behind it, which of `open` is the mode. */
  readonly first: PythonValue;
  readonly second: PythonValue;
  /** Arguments with names, as far as they are plain strings or names. */
  readonly named: ReadonlyMap<string, PythonValue>;
}

/** An argument as far as it is written there. */
export interface PythonValue {
  /** The text of a plain string; of a list, that of its first member. */
  readonly text?: string;
  /** A name with dots, such as sys.executable; of a list, that of its first member. */
  readonly name?: string;
  /** It is there at all. */
  readonly given: boolean;
  /** It is read from the environment. */
  readonly fromEnvironment?: boolean;
}

const NOTHING: PythonValue = { given: false };
/** More calls of one file are not looked at. */
const MAX_CALLS = 2_000;

/** Reads a Python file in one pass. Never throws; what is no Python says little. */
export function readPythonSource(text: string): PythonSource {
  return new Reader(tokensOf(text), /^#![^\n]*\bpython/.test(text)).read();
}

/** Names of settings for files that users send, and their like. */
const STORES = new Set(["MEDIA_ROOT", "UPLOAD_FOLDER", "UPLOAD_DIR", "UPLOADS_DEFAULT_DEST", "FILE_UPLOAD_TEMP_DIR"]);
const DATABASE = /^sqlite(?:\+\w+)?:\/\/|\.(?:db|sqlite3?)$|^django\.db\.backends\.sqlite3$/;

class Reader {
  private readonly imports = new Set<string>();
  private readonly stores = new Set<string>();
  private readonly calls: PythonCall[] = [];
  private readonly aliases = new Map<string, string>();
  private extensions: (string | undefined)[] | undefined;
  private setsPath = false;
  private collected: string | undefined;
  private at = 0;

  constructor(
    private readonly tokens: readonly PythonToken[],
    private readonly script: boolean,
  ) {}

  read(): PythonSource {
    for (; this.at < this.tokens.length; this.at++) this.step();
    const { imports, calls, setsPath, stores, collected, extensions, script } = this;
    const found = { imports: [...imports], calls, setsPath, stores: [...stores], extensions, script };
    return collected === undefined ? found : { ...found, collected };
  }

  private step(): void {
    const { kind, text } = this.token(this.at);
    if (kind === "string" && DATABASE.test(text)) this.stores.add(text);
    if (kind !== "name") return;
    if (text === "import" && this.startsStatement()) this.importNames();
    else if (text === "from" && this.startsStatement()) this.importFrom();
    else if (this.token(this.at - 1).text !== ".") this.name();
    else if (!this.isName(this.at - 2)) this.method();
  }

  /** `import a.b, c as d`. */
  private importNames(): void {
    do {
      if (this.token(this.at + 1).text === ",") this.at++;
      const module = this.dotted(this.at + 1);
      this.at = module.end;
      this.imports.add(module.name);
      if (this.token(this.at + 1).text === "as") {
        this.aliases.set(this.token(this.at + 2).text, module.name);
        this.at += 2;
      } else {
        const [top = ""] = module.name.split(".", 1);
        this.aliases.set(top, top);
      }
    } while (this.token(this.at + 1).text === ",");
  }

  /** `from a.b import (c, d as e)`; a relative import is one of the program's own files. */
  private importFrom(): void {
    const isRelative = this.token(this.at + 1).text === ".";
    while (this.token(this.at + 1).text === ".") this.at++;
    const module = this.dotted(this.at + 1);
    if (!isRelative) this.imports.add(module.name);
    this.at = module.end;
    if (this.token(this.at + 1).text !== "import") return;
    this.at++;
    for (; this.token(this.at + 1).kind !== "line" && this.token(this.at + 1).text !== ";"; this.at++) {
      const { kind, text } = this.token(this.at + 1);
      if (kind !== "name") continue;
      const isAlias = this.token(this.at + 2).text === "as";
      const alias = isAlias ? this.token(this.at + 3).text : text;
      if (!isRelative) this.aliases.set(alias, `${module.name}.${text}`);
      if (isAlias) this.at += 2;
    }
  }

  /** A name with dots, and what is called by it. */
  private name(): void {
    const { name, end } = this.dotted(this.at);
    const [top = ""] = name.split(".", 1);
    const full = (this.aliases.get(top) ?? top) + name.slice(top.length);
    this.at = end;
    if (/^sys\.path\b|(?:^|\.)addsitedir$/.test(full)) this.setsPath = true;
    if (STORES.has(name.slice(name.lastIndexOf(".") + 1))) this.stores.add(this.folderGiven(end) ?? name);
    if (name === "STATIC_ROOT") this.collected ??= this.folderGiven(end);
    if (this.token(end + 1).text !== "(") return;
    if (/^(?:setuptools|distutils)\b.*\.Extension$/.test(full)) this.extension(end + 1);
    const known = this.aliases.has(top) || !name.includes(".");
    this.call(known ? full : name.slice(name.lastIndexOf(".")), end + 1);
  }

  /** `MEDIA_ROOT = "/vol/media"`. */
  private folderGiven(end: number): string | undefined {
    const { kind, text, computed } = this.token(end + 2);
    const isWhole =
      this.isOperator(end + 1, "=") && kind === "string" && !computed && this.token(end + 3).kind === "line";
    return isWhole && text.startsWith("/") ? `${text}/` : undefined;
  }

  /** Behind something computed: `Path("x").mkdir(`. */
  private method(): void {
    const { name, end } = this.dotted(this.at);
    this.at = end;
    if (this.token(end + 1).text === "(") this.call(`.${name.slice(name.lastIndexOf(".") + 1)}`, end + 1);
  }

  private call(name: string, open: number): void {
    if (this.calls.length >= MAX_CALLS || !DEEDS.has(name)) return;
    const positional: PythonValue[] = [];
    const named = new Map<string, PythonValue>();
    let at = open + 1;
    for (const end = Math.min(this.tokens.length, open + MAX_ARGUMENTS); at < end && this.token(at).text !== ")"; ) {
      const isNamed = this.isName(at) && this.isOperator(at + 1, "=") && !this.isOperator(at + 2, "=");
      const from = isNamed ? at + 2 : at;
      const to = this.argumentEnd(from, end);
      if (isNamed) named.set(this.token(at).text, this.value(from, to));
      else positional.push(this.value(from, to));
      at = this.isOperator(to, ",") ? to + 1 : to;
    }
    const [first = NOTHING, second = NOTHING] = positional;
    // Most join names of the program's own folders.
    if (NAMES_FOLDER.has(name) && !first.text?.startsWith("/") && !second.text?.startsWith("/")) return;
    this.calls.push({ name, first, second, named });
  }

  private extension(open: number): void {
    this.extensions ??= [];
    const end = Math.min(this.tokens.length, open + MAX_ARGUMENTS, this.argumentsEnd(open));
    for (let at = open; at < end; at++) {
      const { text } = this.token(at);
      if (!this.isName(at) || !this.isOperator(at + 1, "=")) continue;
      if (text === "extra_link_args" || text === "extra_objects" || text === "library_dirs")
        this.extensions.push(undefined);
      if (text !== "libraries") continue;
      if (!this.isOperator(at + 2, "[")) this.extensions.push(undefined);
      for (at += 3; at < end && !this.isOperator(at, "]"); at++) {
        const { kind, text: library, computed } = this.token(at);
        if (kind === "string" && !computed) this.extensions.push(library);
        else if (kind !== "operator") this.extensions.push(undefined);
      }
    }
  }

  /** The bracket that closes the one at `open`. */
  private argumentsEnd(open: number): number {
    let at = open + 1;
    while (at < open + MAX_ARGUMENTS && this.isOperator(this.argumentEnd(at, open + MAX_ARGUMENTS), ","))
      at = this.argumentEnd(at, open + MAX_ARGUMENTS) + 1;
    return this.argumentEnd(at, open + MAX_ARGUMENTS);
  }

  /** The comma or bracket behind an argument. */
  private argumentEnd(from: number, limit: number): number {
    let depth = 0;
    let at = from;
    for (; at < limit; at++) {
      const { kind, text } = this.token(at);
      if (kind !== "operator") continue;
      if ("([{".includes(text)) depth++;
      else if (")]}".includes(text)) {
        if (depth === 0) return at;
        depth--;
      } else if (text === "," && depth === 0) return at;
    }
    return at;
  }

  private value(from: number, to: number): PythonValue {
    const fromEnvironment = this.tokens
      .slice(from, to)
      .some(({ kind, text }) => kind === "name" && (text === "environ" || text === "getenv"));
    const common = { given: true, ...(fromEnvironment && { fromEnvironment }) };
    const isList = this.isOperator(from, "[") || this.isOperator(from, "(");
    const start = isList ? from + 1 : from;
    const { kind, text, computed } = this.token(start);
    const { end } = kind === "name" ? this.dotted(start) : { end: start };
    const next = this.token(end + 1).text;
    const whole = isList ? [",", "]", ")"].includes(next) : end + 1 === to;
    if (!whole) return common;
    if (kind === "string" && !computed) return { ...common, text };
    if (kind !== "name") return common;
    const { name } = this.dotted(start);
    const [top = ""] = name.split(".", 1);
    return { ...common, name: (this.aliases.get(top) ?? top) + name.slice(top.length) };
  }

  private dotted(at: number): { name: string; end: number } {
    let name = this.token(at).text;
    let end = at;
    while (this.isOperator(end + 1, ".") && this.isName(end + 2)) {
      name += `.${this.token(end + 2).text}`;
      end += 2;
    }
    return { name, end };
  }

  private startsStatement(): boolean {
    const before = this.token(this.at - 1);
    return before.kind === "line" || before.text === ";" || before.text === ":";
  }

  private isName(at: number): boolean {
    return this.token(at).kind === "name";
  }

  private isOperator(at: number, text: string): boolean {
    const token = this.token(at);
    return token.kind === "operator" && token.text === text;
  }

  private token(at: number): PythonToken {
    return this.tokens[at] ?? END;
  }
}

const END: PythonToken = { kind: "line", text: "", computed: false };
/** Tokens of a call that are looked at. */
const MAX_ARGUMENTS = 400;

/** Calls that start other programs. No calls are kept but those of these sets. */
export const STARTS = new Set(
  (
    "os.system os.popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen " +
    "subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_exec asyncio.create_subprocess_shell " +
    "asyncio.subprocess.create_subprocess_exec asyncio.subprocess.create_subprocess_shell " +
    "os.execv os.execve os.execvp os.execvpe os.execl os.execle os.execlp os.execlpe os.spawnl os.spawnle os.spawnlp " +
    "os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe os.posix_spawn os.posix_spawnp pty.spawn " +
    "pexpect.spawn pexpect.run shutil.which"
  ).split(" "),
);
export const LOADS = new Set(
  "ctypes.util.find_library ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.PyDLL cffi.FFI.dlopen .dlopen .LoadLibrary".split(
    " ",
  ),
);
export const WRITES = new Set(
  (
    "open io.open .open codecs.open gzip.open bz2.open lzma.open aiofiles.open os.open .write_text .write_bytes .touch .mkdir " +
    "os.mkdir os.makedirs shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.move os.rename os.replace os.remove " +
    "os.unlink shutil.rmtree sqlite3.connect aiosqlite.connect dbm.open shelve.open zipfile.ZipFile tarfile.open " +
    "logging.FileHandler logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler logging.basicConfig " +
    ".save .savefig .to_csv .to_parquet .to_pickle .to_excel numpy.save numpy.savez numpy.savetxt torch.save " +
    "joblib.dump urllib.request.urlretrieve wget.download cv2.imwrite tinydb.TinyDB peewee.SqliteDatabase " +
    "logging.config.fileConfig logging.config.dictConfig logging.handlers.WatchedFileHandler loguru.logger.add " +
    "matplotlib.pyplot.savefig matplotlib.pyplot.imsave .write_html .write_image .to_feather .to_hdf numpy.savez_compressed " +
    "imageio.imwrite soundfile.write scipy.io.wavfile.write .save_pretrained .extractall .download_file .download_to_filename .unlink .rmdir " +
    "shutil.unpack_archive os.symlink os.link os.mkfifo os.rmdir os.removedirs os.renames diskcache.Cache joblib.Memory " +
    "requests_cache.install_cache requests_cache.CachedSession duckdb.connect lancedb.connect chromadb.PersistentClient pickledb.load"
  ).split(" "),
);
/** What names a folder that something else may write to. */
export const NAMES_FOLDER = new Set("pathlib.Path os.path.join os.getenv os.environ.get .joinpath".split(" "));
/** What asks who runs the program, or what root alone may do. */
export const ASKS_USER = new Set(
  "os.setuid os.setgid os.seteuid os.setegid os.chown os.lchown os.chroot os.getuid os.geteuid shutil.chown os.initgroups os.setgroups".split(
    " ",
  ),
);
const DEEDS = new Set([...STARTS, ...LOADS, ...WRITES, ...NAMES_FOLDER, ...ASKS_USER]);

/** Whether a Python file of the folder sets where packages are looked for; undefined where not all were read. */
export function setsPythonPath({ pythonSources }: Project): boolean | undefined {
  return pythonSources && [...pythonSources.values()].some(({ setsPath }) => setsPath);
}

/** Python files that run at build time or in tests alone are no part of a program. */
export function isPythonTest(path: string): boolean {
  return /(?:^|\/)(?:tests?\/|test_[^/]*\.py$|[^/]*_test\.py$|conftest\.py$|setup\.py$|noxfile\.py$)/.test(path);
}
