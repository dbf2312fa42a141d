import type { GoExpression } from "./go-expression";
import { METHODS, type Row, STANDARD_CALLS } from "./go-functions";
import { type GoCall, type GoFunction, syntaxOf } from "./go-syntax";
import type { GoText } from "./go-text";

/** Something that a Go program does with what surrounds it. */
export type GoDeed =
  | "reads"
  | "writes"
  | "temp"
  | "zones"
  | "starts"
  | "moves"
  | "dials"
  | "root"
  | "identity"
  | "network"
  | "services"
  /** Asks where its own sources stood when it was built. */
  | "sources";

/**
 * What a path stands for: a file, a folder (for what is read: with all below it), a folder that must not be there yet,
 * names with wildcards, a folder of configuration files, the name of an SQLite database.
 */
export type GoShape = "file" | "folder" | "new-folder" | "pattern" | "configs" | "database";

/** A call by which a program touches files, zones or other programs. */
export interface GoUse {
  readonly deed: GoDeed;
  /** As it is written: `os.Open`. */
  readonly call: string;
  readonly shape: GoShape;
  readonly paths: readonly GoExpression[];
  readonly within: GoFunction | undefined;
  /** It happens whenever the function is called that it stands in. */
  readonly isSure: boolean;
}

/** The calls of a file that matter, by the names under which it imports the packages. Linear. */
export function usesIn(text: GoText, imports: ReadonlyMap<string, string>): readonly GoUse[] {
  const standard = STANDARD_CALLS.filter(({ from }) => imports.has(from));
  const has = (module: string) => [...imports.keys()].some((path) => isOf(path, module));
  const methods = METHODS.filter(({ from }) => has(from));
  const named = has("github.com/golang-migrate/migrate") ? migrations(text) : [];
  const logs = ["gopkg.in/natefinch/lumberjack", "github.com/natefinch/lumberjack"].some(has) ? logFiles(text) : [];
  const databases = text.strings.some((each) => SQLITE.test(each));
  if (standard.length + methods.length === 0 && !databases) return [...named, ...logs];
  const syntax = syntaxOf(text);
  const uses = syntax.calls.flatMap((call) => {
    const last = call.name.slice(call.name.lastIndexOf(".") + 1);
    const row =
      standard.find(({ from, names }) => names.has(last) && isCallOf(call, imports.get(from) ?? "", last)) ??
      methods.find(({ names }) => call.args !== undefined && names.has(last));
    // A type that is named starts nothing, one that is made might.
    if (row && last === "Cmd" && !MAKES_COMMAND.test(text.code)) return [];
    return row ? useOf(row, call) : databases ? database(call) : [];
  });
  return [...uses, ...named, ...logs];
}

/** How SQLite's drivers are called, whatever opens them. */
const SQLITE = /^sqlite3?$/;

/** `gorm.Open("sqlite3", "a.db")`, by whichever library. */
function database({ name, args, within, isSure }: GoCall): readonly GoUse[] {
  const path = args?.[1];
  if (!path || !isText(args[0], SQLITE)) return [];
  return [{ deed: "writes", call: name.replace(/^\./, ""), shape: "database", paths: [path], within, isSure }];
}

/** `file://migrations` names a folder, whatever it is passed to. */
function migrations({ strings }: GoText): readonly GoUse[] {
  const paths = strings.flatMap((text) => (text.startsWith("file://") ? [text.slice("file://".length)] : []));
  return paths.map((text) => useAlone("reads", "migrate", "folder", { kind: "text", text }));
}

/** The log files of lumberjack are fields, no arguments. */
function logFiles(text: GoText): readonly GoUse[] {
  const fields = syntaxOf(text).assignments.filter(({ name }) => name === ".Filename");
  return fields.map(({ value }) => useAlone("writes", "lumberjack", "file", value));
}

function useAlone(deed: GoDeed, call: string, shape: GoShape, path: GoExpression): GoUse {
  return { deed, call, shape, paths: [path], within: undefined, isSure: false };
}

/** A package of a module, whatever its major version. */
export function isOf(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}/`) || path.startsWith(`${module}.v`);
}

/** After `import . "os"` its functions are called without a name in front. */
function isCallOf({ name, args }: GoCall, local: string, last: string): boolean {
  return local === "." ? name === last && args !== undefined : name === `${local}.${last}`;
}

const UNKNOWN: GoExpression = { kind: "other" };

function useOf(row: Row, { name, args, within, isSure }: GoCall): readonly GoUse[] {
  const use = (paths: readonly GoExpression[], change: Partial<GoUse> = {}): readonly GoUse[] => [
    { deed: row.deed, shape: row.shape, call: name.replace(/^\./, ""), within, isSure, paths, ...change },
  ];
  // A function that is passed on is called with whatever there is.
  if (!args) return use([UNKNOWN]);
  switch (row.special) {
    case "flags":
      return use([args[0] ?? UNKNOWN], isName(args[1], /\.O_RDONLY$/) ? { deed: "reads" } : {});
    case "socket":
      if (socket(args[0]) === false) return isText(args[0], RAW_NETWORK) ? use([], { deed: "root" }) : [];
      return use([socket(args[0]) ? (args[1] ?? UNKNOWN) : UNKNOWN]);
    case "database":
      return isNetworkDriver(args[0]) ? [] : use([isText(args[0], /^sqlite/) ? (args[1] ?? UNKNOWN) : UNKNOWN]);
    case "temporary":
      return isText(args[0], /^$/) ? use([], { deed: "temp" }) : use([args[0] ?? UNKNOWN]);
    case "owner":
      return [...use([args[0] ?? UNKNOWN]), ...use([], { deed: "root" })];
    case "dotenv":
      return use(args.length > 0 ? args : [{ kind: "text", text: ".env" }]);
    case "command":
      return started(args.slice(row.args === "all" ? 0 : row.args[0]), use);
    default:
      return use(row.args === "all" ? args : row.args.map((at) => args.at(at) ?? UNKNOWN));
  }
}

/** `exec.Command(os.Args[0], …)`: the program is there. */
function started(
  words: readonly GoExpression[],
  use: (paths: readonly GoExpression[]) => readonly GoUse[],
): readonly GoUse[] {
  return isName(words[0], /^os\.Args\[0\]$/) ? [] : use([commandOf(words)]);
}

/** The program that a command names; of a shell the script that it is given, as a line for `sh`. */
function commandOf([name = UNKNOWN, flag, script]: readonly GoExpression[]): GoExpression {
  if (!isText(name, SHELL)) return name;
  return isText(flag, /^-c$/) && script?.kind === "text" ? { kind: "text", text: `sh -c ${script.text}` } : UNKNOWN;
}

/** `exec.Cmd{Path: "…"}`, `new(exec.Cmd)` */
const MAKES_COMMAND = /\bCmd\s*\{|\bnew\(\w*\.?Cmd\)/;
const SHELL = /^(?:\/bin\/|\/usr\/bin\/)?(?:ba|da|a|z)?sh$/;

/** Whether a network is a socket in the file system; undefined where that is not written out. */
function socket(network: GoExpression | undefined): boolean | undefined {
  return network?.kind === "text" ? network.text.startsWith("unix") : undefined;
}

/** A network of IP itself, e.g. `ip4:icmp`, which is a raw socket (pkg.go.dev/net, Dial). */
export const RAW_NETWORK = /^ip[46]?(?::|$)/;

/** Drivers of database/sql whose database is a server. */
const NETWORK_DRIVERS = /^(?:postgres|pgx|pq|mysql|sqlserver|mssql|clickhouse|cockroach|snowflake|oracle|libsql$)/;

function isNetworkDriver(driver: GoExpression | undefined): boolean {
  return isText(driver, NETWORK_DRIVERS);
}

function isText(value: GoExpression | undefined, wanted: RegExp): boolean {
  return value?.kind === "text" && wanted.test(value.text);
}

function isName(value: GoExpression | undefined, wanted: RegExp): boolean {
  return value?.kind === "name" && wanted.test(value.name);
}
