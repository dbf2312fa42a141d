import type { GoDeed, GoShape } from "../../project/go-calls";
import { type SourceCall, sourceSyntax } from "../../project/source-syntax";
import { pathOf, UNKNOWN_PATH } from "../path-value";
import type { ProgramUse } from "../program-files";
import { type SourceUnit, SourceValues } from "../source-values";

interface Row {
  readonly deed: GoDeed;
  readonly shape: GoShape;
  readonly args: readonly number[];
}

const READS: Row = { deed: "reads", shape: "file", args: [0] };
const READS_FOLDER: Row = { deed: "reads", shape: "folder", args: [0] };
const READS_PATTERN: Row = { deed: "reads", shape: "pattern", args: [0] };
const WRITES: Row = { deed: "writes", shape: "file", args: [0] };
const WRITES_FOLDER: Row = { deed: "writes", shape: "folder", args: [0] };
const WRITES_NEW: Row = { deed: "writes", shape: "new-folder", args: [0] };
const DATABASE: Row = { deed: "writes", shape: "database", args: [0] };

/**
 * By the last two names of a call: what it does with files (doc.rust-lang.org/std/fs, and the same names of tokio, async-std
 * and fs-err), and the calls of web frameworks and drivers that name files.
 */
const CALLS: ReadonlyMap<string, Row> = new Map(
  (
    [
      [
        READS,
        "File::open fs::read fs::read_to_string fs::metadata fs::symlink_metadata fs::read_link fs::canonicalize fs::exists",
      ],
      [
        READS,
        "NamedFile::open NamedFile::open_async ServeFile::new fs::file image::open Reader::from_path Ini::load_from_file",
      ],
      [READS_FOLDER, "fs::read_dir ServeDir::new WalkDir::new FileServer::from FileServer::new StaticDir::new fs::dir"],
      [{ ...READS_FOLDER, args: [1] }, "Files::new"],
      [READS_PATTERN, "Tera::new Tera::parse glob::glob"],
      [
        WRITES,
        "File::create File::create_new fs::write fs::remove_file fs::remove_dir fs::remove_dir_all fs::set_permissions",
      ],
      [WRITES_FOLDER, "fs::create_dir_all"],
      [WRITES_NEW, "fs::create_dir"],
      [{ ...WRITES, args: [0, 1] }, "fs::rename fs::hard_link unix::fs::symlink"],
      [DATABASE, "Connection::open SqliteConnection::establish SqlitePool::connect SqlitePoolOptions::connect"],
      [WRITES_FOLDER, "sled::open rolling::daily rolling::hourly rolling::never"],
    ] as const
  ).flatMap(([row, names]) => names.split(" ").map((name) => [name, row] as const)),
);

/** Imported by their own names: `use std::fs::read_to_string`. */
const IMPORTED = new Set("read_to_string read_dir create_dir_all create_dir remove_file".split(" "));

/** What the sources of a program do with files and other programs, as far as its own calls show. */
export function rustUses(units: readonly SourceUnit[]): readonly ProgramUse[] {
  const values = new SourceValues(units);
  return units.flatMap((unit) => {
    const { calls } = sourceSyntax(unit.text);
    const opens = openOptions(unit.text.code);
    return calls.flatMap((call) => usesOf(call, unit, values, opens));
  });
}

function usesOf(
  call: SourceCall,
  unit: SourceUnit,
  values: SourceValues,
  opens: Row | undefined,
): readonly ProgramUse[] {
  const parts = call.name.split("::");
  const short = parts.slice(-2).join("::");
  const use = (deed: GoDeed, shape: GoShape, path = pathOf("")): ProgramUse => ({
    deed,
    shape,
    path,
    call: call.name,
    file: unit.path,
    isSure: false,
  });
  if (short === "Command::new" && startsPrograms(unit.text.code))
    return values.of(call.args[0], { unit, within: call.within }).map((path) => use("starts", "file", path));
  // duct and xshell run the words that they are given.
  if (parts.at(-1) === "cmd!") return [use("starts", "file", UNKNOWN_PATH)];
  if (short === "env::set_current_dir") return [use("moves", "folder")];
  const bare = parts.length === 1 && IMPORTED.has(call.name) ? `fs::${call.name}` : undefined;
  const row =
    short === "fs::copy"
      ? undefined
      : call.name === ".open" && call.args.length === 1
        ? opens
        : CALLS.get(bare ?? (parts.length > 1 ? short : ""));
  if (short === "fs::copy")
    return [
      ...values.of(call.args[0], { unit, within: call.within }).map((path) => use("reads", "file", path)),
      ...values.of(call.args[1], { unit, within: call.within }).map((path) => use("writes", "file", path)),
    ];
  if (!row) return [];
  return row.args.flatMap((at) => {
    const arg = call.args[at];
    if (!arg) return [use(row.deed, row.shape, UNKNOWN_PATH)];
    return values
      .of(arg, { unit, within: call.within })
      .map((path) => use(row.deed, row.shape, withoutScheme(path, row)));
  });
}

/** A database may be a server's address, or SQLite's: `sqlite:data.db`, `sqlite://data.db`. */
function withoutScheme(path: ProgramUse["path"], row: Row): ProgramUse["path"] {
  return row === DATABASE ? { ...path, text: path.text.replace(/^sqlite:(?:\/\/)?/, "") } : path;
}

/** What `OpenOptions::new()…open(path)` does in a file, if it stands there. */
function openOptions(code: string): Row | undefined {
  if (!/\bOpenOptions\b|\bFile::options\b/.test(code)) return undefined;
  return /\.\s*(?:write|append|create|create_new|truncate)\s*\(/.test(code) ? WRITES : READS;
}

/** `Command` is that of std or tokio, and not the one of an argument parser. */
function startsPrograms(code: string): boolean {
  return /\bprocess\s*::/.test(code);
}
