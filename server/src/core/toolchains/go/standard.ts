import { combine, distinct, folderOf, type PathValue, pathOf, UNKNOWN_PATH, USER_PATH } from "../path-value";

/** Functions whose result is a path as good as their argument. */
const SAME = new Set([
  "path/filepath.Abs",
  "path/filepath.Clean",
  "path/filepath.EvalSymlinks",
  "path/filepath.FromSlash",
  "path/filepath.ToSlash",
  "path.Clean",
  "strings.TrimSpace",
  "net/http.Dir",
]);

/** What a call of a package that is not the program's own gives (pkg.go.dev/std). */
export function callOfPackage(
  path: string,
  name: string,
  count: number,
  argument: (at: number) => readonly PathValue[],
): readonly PathValue[] {
  const call = `${path}.${name}`;
  if (SAME.has(call)) return argument(0);
  switch (call) {
    case "path/filepath.Join":
    case "path.Join":
      return combine(
        Array.from({ length: count }, (_, at) => argument(at)),
        "/",
      );
    case "path/filepath.Dir":
    case "path.Dir":
      return orUnknown(argument(0).map(folderOf));
    case "path/filepath.Walk":
    case "path/filepath.WalkDir":
      return below(argument(0), "/");
    case "path/filepath.Glob":
      return distinct(argument(0).map((each) => ({ ...each, text: each.text.split(/[*?[]/, 1)[0] ?? "", open: true })));
    case "os.Getenv":
    case "os.LookupEnv":
      return argument(0).map(variable);
    case "os.ExpandEnv":
      return argument(0).map(expanded);
    case "os.UserHomeDir":
      return [home("")];
    case "os.UserConfigDir":
      return [home("/.config")];
    case "os.UserCacheDir":
      return [home("/.cache")];
    case "os.TempDir":
      return [{ base: "temp", text: "", open: false }];
    case "os.MkdirTemp":
    case "os.CreateTemp":
    case "io/ioutil.TempDir":
      return below(
        argument(0).map((each) => (each.text === "" ? { ...each, base: "temp" } : each)),
        "/",
      );
    case "os.Getwd":
      return [pathOf(".")];
    case "fmt.Sprintf":
      return distinct(argument(0).flatMap((format) => formatted(format, count, argument)));
    case "cmp.Or":
      return distinct(Array.from({ length: count }, (_, at) => argument(at)).flat());
    case "flag.Arg":
    case "flag.Args":
      return [USER_PATH];
    default:
      return [UNKNOWN_PATH];
  }
}

/** A variable or constant of a package that is not the program's own. */
export function namedByPackage(path: string, name: string): PathValue {
  if (path === "os" && name === "Args") return USER_PATH;
  if (path === "os" && name === "DevNull") return pathOf("/dev/null");
  return UNKNOWN_PATH;
}

/** Which argument of a call is the default of an option that the user may give: of flag, pflag, cobra. */
export function flagDefault(name: string, imported: string | undefined, count: number): number | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const isFlags = imported === undefined ? name.includes(".") : /^flag$|\/pflag$|\/kingpin/.test(imported);
  if (!isFlags) return undefined;
  if (last === "String" && count === 3) return 1;
  return last === "StringP" && count === 4 ? 2 : undefined;
}

/** Of a value that is being followed nothing is known but that it may be any of its others. */
function orUnknown(paths: readonly PathValue[]): readonly PathValue[] {
  return paths.length > 0 ? distinct(paths) : [UNKNOWN_PATH];
}

function below(paths: readonly PathValue[], glue: string): readonly PathValue[] {
  return orUnknown(paths.map((each) => (each.open ? each : { ...each, text: each.text + glue, open: true })));
}

function home(text: string): PathValue {
  return { base: "home", text, open: false };
}

function variable({ base, text, open }: PathValue): PathValue {
  if (base !== "image" || open) return UNKNOWN_PATH;
  return text === "HOME" ? home("") : { base: "env", variable: text, text: "", open: false };
}

function expanded(path: PathValue): PathValue {
  const rest = /^\$(?:HOME\b|\{HOME\})(.*)$/s.exec(path.text)?.[1];
  if (rest !== undefined) return { ...path, base: "home", text: rest };
  return path.text.includes("$") ? UNKNOWN_PATH : path;
}

/** `%s` and `%v` are followed, other verbs leave the rest open. */
function formatted(
  format: PathValue,
  count: number,
  argument: (at: number) => readonly PathValue[],
): readonly PathValue[] {
  if (format.base !== "image") return [UNKNOWN_PATH];
  const parts: (readonly PathValue[])[] = [];
  let next = 1;
  for (const piece of format.text.split(/(%[^a-zA-Z%]*[a-zA-Z%])/)) {
    if (piece === "%s" || piece === "%v") parts.push(next < count ? argument(next++) : [UNKNOWN_PATH]);
    else if (piece.startsWith("%")) parts.push([UNKNOWN_PATH]);
    else if (piece !== "") parts.push([pathOf(piece)]);
  }
  return combine(parts, "");
}
