import type { GoDeed, GoShape } from "../../project/go-calls";
import { type Expression, type SourceCall, sourceSyntax } from "../../project/source-syntax";
import { type PathValue, pathOf, UNKNOWN_PATH } from "../path-value";
import type { ProgramUse } from "../program-files";
import { type SourceUnit, SourceValues } from "../source-values";
import { SCRIPT } from "../system-programs";

interface Row {
  readonly deed: GoDeed;
  readonly shape: GoShape;
  readonly args: readonly number[];
}

const READS: Row = { deed: "reads", shape: "file", args: [0] };
const WRITES: Row = { deed: "writes", shape: "file", args: [0] };

/** Functions of the C library (POSIX.1-2024), of C++ (std::filesystem, streams) and of common libraries that name files. */
const CALLS: ReadonlyMap<string, Row> = new Map(
  (
    [
      [
        READS,
        "stat lstat access readlink realpath ifstream wifstream imread LoadFile load_file exists file_size is_regular_file",
      ],
      [{ ...READS, args: [1] }, "SSL_CTX_use_certificate_file SSL_CTX_use_PrivateKey_file"],
      [{ ...READS, shape: "folder", args: [1] }, "bindtextdomain"],
      [{ ...READS, shape: "folder" }, "opendir directory_iterator recursive_directory_iterator scandir"],
      [WRITES, "creat unlink truncate mkfifo ofstream wofstream fstream gdbm_open"],
      [{ ...WRITES, args: [0, 1] }, "rename link symlink"],
      [{ ...WRITES, shape: "new-folder" }, "mkdir create_directory"],
      [{ ...WRITES, shape: "folder" }, "create_directories"],
      [{ ...WRITES, shape: "database" }, "sqlite3_open sqlite3_open_v2"],
    ] as const
  ).flatMap(([row, names]) => names.split(" ").map((name) => [name, row] as const)),
);

/** They run other programs (exec(3), system(3), popen(3), posix_spawn(3)). */
const STARTS = /^(?:system|popen|execl|execlp|execle|execv|execvp|execvpe|execve|posix_spawn|posix_spawnp|wordexp)$/;
/** They look a person or a group up in /etc/passwd and /etc/group. */
const IDENTITY = /^get(?:pw|gr)(?:nam|uid|gid|ent)(?:_r)?$/;

/** What the sources of a program do with files and other programs. */
export function cUses(units: readonly SourceUnit[]): readonly ProgramUse[] {
  const values = new SourceValues(units);
  return units.flatMap((unit) => sourceSyntax(unit.text).calls.flatMap((call) => usesOf(call, unit, values)));
}

function usesOf(call: SourceCall, unit: SourceUnit, values: SourceValues): readonly ProgramUse[] {
  const name = call.name.replace(/^::/, "").split("::").at(-1) ?? "";
  const use = (deed: GoDeed, shape: GoShape, path = pathOf("")): ProgramUse => ({
    deed,
    shape,
    path,
    call: name,
    file: unit.path,
    isSure: false,
  });
  if (STARTS.test(name)) return [use("starts", "file", startedBy(name, call))];
  if (name === "chdir" || name === "fchdir" || name === "chroot") return [use("moves", "folder")];
  if (IDENTITY.test(name)) return [use("identity", "file")];
  // The C library loads a module for most character sets, of which distroless has few.
  if (name === "iconv_open") return [use("reads", "file", UNKNOWN_PATH)];
  const row = rowOf(name, call, unit);
  if (!row) return [];
  return row.args.flatMap((at) => {
    const arg = call.args[at];
    const paths = arg ? values.of(arg, { unit, within: call.within }) : [UNKNOWN_PATH];
    return paths.map((path) => use(row.deed, row.shape, path));
  });
}

/** The program, or the line for a shell, that a call names as a literal. */
function startedBy(name: string, { args }: SourceCall): PathValue {
  const word = args[/^posix_spawn/.test(name) ? 1 : 0];
  const literal = word?.length === 1 ? word[0]?.literal : undefined;
  if (literal === undefined || name === "wordexp") return UNKNOWN_PATH;
  return pathOf(name === "system" || name === "popen" ? `${SCRIPT}${literal}` : literal);
}

function rowOf(name: string, { args, type }: SourceCall, unit: SourceUnit): Row | undefined {
  if (name === "fopen" || name === "fopen64" || name === "freopen") return opens(args[1], /^rb?$|^r[bet]*$/);
  if (name === "open" || name === "open64")
    return /\b(?:O_WRONLY|O_RDWR|O_CREAT)\b/.test(textOf(args.slice(1))) ? WRITES : args.length > 1 ? READS : undefined;
  if (name === "openat")
    return /\b(?:O_WRONLY|O_RDWR|O_CREAT)\b/.test(textOf(args)) ? { ...WRITES, args: [1] } : { ...READS, args: [1] };
  // A stream that is opened later: of which kind, its file tells.
  if (name === ".open" && args.length > 0)
    return /\bo?fstream\b/.test(unit.text.code) ? WRITES : /\bifstream\b/.test(unit.text.code) ? READS : undefined;
  // `remove` of <algorithm> has three arguments.
  if (name === "remove") return args.length === 1 ? WRITES : undefined;
  // `std::ifstream file("name")`.
  const streams = type === undefined ? undefined : CALLS.get(type);
  if (streams && /stream$/.test(type ?? "")) return streams;
  return CALLS.get(name);
}

/** The mode of fopen says what becomes of the file; one that is not written out may write. */
function opens(mode: Expression | undefined, reads: RegExp): Row {
  const literal = mode?.[0]?.literal;
  return literal !== undefined && reads.test(literal) ? READS : WRITES;
}

function textOf(args: readonly Expression[]): string {
  return args.map((arg) => arg.map(({ text }) => text).join(" ")).join(" ");
}
