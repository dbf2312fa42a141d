import { closing, firstEnd, isText, openBehind, split, trimmed } from "../project/source-expression";
import { type Expression, type SourceBinding, type SourceFunction, sourceSyntax } from "../project/source-syntax";
import type { SourceText } from "../project/source-text";
import { combine, distinct, type PathValue, pathOf, UNKNOWN_PATH, USER_PATH } from "./path-value";

/** A file of the program, with its text taken apart. */
export interface SourceUnit {
  /** In the context. */
  readonly path: string;
  readonly text: SourceText;
  /** The folder in the stage of the package that it belongs to: what `CARGO_MANIFEST_DIR` is. */
  readonly place: string | undefined;
}

/** Where an expression stands. */
export interface ValuePlace {
  readonly unit: SourceUnit;
  readonly within: SourceFunction | undefined;
}

/** A program that takes more steps to follow answers "unknown". */
const MAX_STEPS = 2_000;
const MAX_DEPTH = 24;

/** Methods and functions whose value is that of what they are called on, or given. */
const SAME = new Set(
  (
    "to_string to_owned into clone as_str as_ref as_path as_os_str to_path_buf display to_str to_string_lossy into_string " +
    "unwrap expect trim canonicalize into_os_string c_str data str string as_deref borrow"
  ).split(" "),
);
const WRAPS = new Set(
  (
    "Path::new PathBuf::from String::from OsStr::new OsString::from Cow::from Cow::Borrowed Some Ok Box::from Arc::from " +
    "std::string string std::filesystem::path fs::path filesystem::path path"
  ).split(" "),
);
/** What picks one of many, or turns it into another kind. */
const PICKS = new Set(
  "nth next skip collect get get_one into_iter iter last first remove pop at parse peekable".split(" "),
);
const OR_ELSE =
  /^(?:unwrap_or|unwrap_or_else|unwrap_or_default|or|or_else|map_or|map|map_err|and_then|ok|ok_or|ok_or_else|filter)$/;

/**
 * Follows the values of paths through the files of a program: literals, constants, variables, and parameters from the calls of
 * their functions. All values that may be there are answered; one that cannot be followed is `unknown` among them.
 */
export class SourceValues {
  private steps = 0;
  private depth = 0;
  private readonly following = new Set<string>();

  constructor(private readonly units: readonly SourceUnit[]) {}

  of(expression: Expression | undefined, place: ValuePlace): readonly PathValue[] {
    const values = expression ? this.value(expression, place) : [];
    return values.length > 0 ? distinct(values) : [UNKNOWN_PATH];
  }

  private value(tokens: Expression, place: ValuePlace): readonly PathValue[] {
    if (++this.steps > MAX_STEPS || this.depth > MAX_DEPTH) return [UNKNOWN_PATH];
    this.depth++;
    const values = this.chain(trimmed(tokens), place);
    this.depth--;
    return values;
  }

  /** A first part, and what is called on it. */
  private chain(tokens: Expression, place: ValuePlace): readonly PathValue[] {
    let at = firstEnd(tokens);
    let values = this.first(tokens.slice(0, at), place);
    while (at < tokens.length) {
      const text = tokens[at]?.text;
      if (text === "?") at++;
      else if (text === "[") {
        values = values.map((each) => (each.base === "user" ? each : UNKNOWN_PATH));
        at = closing(tokens, at) + 1;
      } else if (text === "." || (text === "-" && tokens[at + 1]?.text === ">")) {
        const name = at + (text === "." ? 1 : 2);
        const open = openBehind(tokens, name);
        const end = open === undefined ? name : closing(tokens, open);
        const args = open === undefined ? undefined : split(tokens.slice(open + 1, end));
        values = this.method(values, tokens[name]?.text ?? "", args, place);
        at = end + 1;
      } else if (text === "+" || text === "/") {
        const rest = this.value(tokens.slice(at + 1), place);
        return combine([values, rest], text === "/" ? "/" : "");
      } else if (isText(tokens[at])) {
        // "a" "b" of C.
        return combine([values, this.value(tokens.slice(at), place)], "");
      } else return [UNKNOWN_PATH];
    }
    return values;
  }

  private method(
    on: readonly PathValue[],
    name: string,
    args: readonly Expression[] | undefined,
    place: ValuePlace,
  ): readonly PathValue[] {
    if (SAME.has(name)) return on;
    if (name === "join" && args?.[0]) return combine([on, this.of(args[0], place)], "/");
    if (OR_ELSE.test(name)) {
      const literals = (args ?? []).flatMap((arg) =>
        arg.flatMap(({ literal }) => (literal === undefined ? [] : [pathOf(literal)])),
      );
      return name.startsWith("unwrap_or") ? [...on.filter(({ base }) => base !== "unknown"), ...literals] : on;
    }
    const fromUser = on.length > 0 && on.every(({ base }) => base === "user");
    // A field of the arguments of the command line is one of them.
    return fromUser && (args === undefined || PICKS.has(name)) ? on : [UNKNOWN_PATH];
  }

  private first(tokens: Expression, place: ValuePlace): readonly PathValue[] {
    const [head] = tokens;
    if (!head) return [];
    if (head.literal !== undefined) return tokens.length === 1 ? [pathOf(head.literal)] : [UNKNOWN_PATH];
    if (head.text === "(") return this.value(tokens.slice(1, -1), place);
    if (!head.isName) return [UNKNOWN_PATH];
    const open = tokens.findIndex(({ text }) => text === "(" || text === "[" || text === "{");
    const name = (open < 0 ? tokens : tokens.slice(0, open)).map(({ text }) => text).join("");
    if (open >= 0) return this.call(name, split(tokens.slice(open + 1, -1)), place);
    return this.name(name, place);
  }

  private call(name: string, args: readonly Expression[], place: ValuePlace): readonly PathValue[] {
    const short = name.split("::").slice(-2).join("::");
    const last = short.slice(short.lastIndexOf(":") + 1);
    if (WRAPS.has(short) || WRAPS.has(last) || WRAPS.has(name)) return this.of(args[0], place);
    if (last === "format!") return this.formatted(args, place);
    if (last === "concat!")
      return combine(
        args.map((arg) => this.of(arg, place)),
        "",
      );
    const [literal] = args[0]?.flatMap((token) => token.literal ?? []) ?? [];
    if (last === "env!")
      return literal === "CARGO_MANIFEST_DIR" && place.unit.place ? [pathOf(place.unit.place)] : [UNKNOWN_PATH];
    if (/^(?:env::var|env::var_os|getenv|std::getenv|secure_getenv)$/.test(short) && literal !== undefined)
      return [{ base: "env", variable: literal, text: "", open: false }];
    if (
      /^(?:env::args|env::args_os|args|args_os|get_matches|from_args)$/.test(short) ||
      /::(?:parse|from_args)$/.test(short)
    )
      return [USER_PATH];
    if (/temp_dir$|temp_directory_path$/.test(short)) return [{ base: "temp", text: "", open: true }];
    if (/home_dir$|config_dir$|data_dir$|cache_dir$/.test(short)) return [{ base: "home", text: "", open: true }];
    if (/^(?:env::)?current_dir$/.test(short)) return [pathOf(".")];
    return [UNKNOWN_PATH];
  }

  /** `format!("{dir}/x.txt")`, `format!("{}/x.txt", dir)`: the first gap is followed, behind the next one all is open. */
  private formatted([template, ...args]: readonly Expression[], place: ValuePlace): readonly PathValue[] {
    const literal = template?.[0]?.literal;
    if (literal === undefined) return [UNKNOWN_PATH];
    const parts = literal.split(/\{([^{}]*)\}/);
    const [start = "", gap, rest] = parts;
    if (gap === undefined) return [pathOf(start)];
    const open = parts.length > 3 ? [{ ...pathOf(rest ?? ""), open: true }] : [pathOf(rest ?? "")];
    const name = gap.split(":", 1)[0] ?? "";
    const value = /^[a-z_]\w*$/.test(name) ? this.name(name, place) : this.of(args[Number(name || 0)], place);
    const known = value.map((each) => (each.base === "unknown" && start !== "" ? { ...pathOf(""), open: true } : each));
    return combine([[pathOf(start)], known, open], "");
  }

  /** A constant, a variable or a parameter. */
  private name(name: string, place: ValuePlace): readonly PathValue[] {
    const short = name.slice(name.lastIndexOf(":") + 1);
    const key = `${place.unit.path} ${place.within?.name} ${short}`;
    if (this.following.has(key)) return [];
    this.following.add(key);
    const values = this.bound(short, place) ?? this.given(short, place) ?? [UNKNOWN_PATH];
    this.following.delete(key);
    return values;
  }

  private bound(name: string, { unit, within }: ValuePlace): readonly PathValue[] | undefined {
    if (name === "argv" || name === "optarg") return [USER_PATH];
    const own = (sourceSyntax(unit.text).bindings.get(name) ?? []).map((it) => ({ it, unit }));
    const local = own.filter(({ it }) => it.within === within);
    const found =
      local.length > 0
        ? local
        : [
            ...own.filter(({ it }) => !it.within),
            ...(within?.parameters.includes(name) ? [] : this.elsewhere(name, unit)),
          ];
    if (found.length === 0) return undefined;
    return found.flatMap(({ it, unit: from }) => this.value(it.value, { unit: from, within: it.within }));
  }

  /** Constants of other files. */
  private elsewhere(
    name: string,
    unit: SourceUnit,
  ): readonly { readonly it: SourceBinding; readonly unit: SourceUnit }[] {
    return this.units.flatMap((each) =>
      each === unit
        ? []
        : (sourceSyntax(each.text).bindings.get(name) ?? []).flatMap((it) => (it.within ? [] : [{ it, unit: each }])),
    );
  }

  /** What the calls of a function give for a parameter. */
  private given(name: string, { within }: ValuePlace): readonly PathValue[] | undefined {
    const at = within?.parameters.indexOf(name) ?? -1;
    if (!within || at < 0) return undefined;
    // What `main` of C is given, the arguments are the second of.
    if (within.name === "main" && at === 1) return [USER_PATH];
    const calls = this.units.flatMap((unit) =>
      sourceSyntax(unit.text).calls.flatMap((call) => {
        const short = call.name.replace(/^\./, "").split("::").at(-1);
        return short === within.name ? [{ unit, call }] : [];
      }),
    );
    // A function that nobody calls by its name is called in another way.
    return calls.length === 0
      ? undefined
      : calls.flatMap(({ unit, call }) => this.of(call.args[at], { unit, within: call.within }));
  }
}
