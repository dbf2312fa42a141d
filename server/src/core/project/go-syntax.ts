import { Course } from "./go-course";
import { type GoExpression, readArguments, readExpression, split } from "./go-expression";
import { assignedNames, MAX_STATEMENT, valuesFrom } from "./go-statements";
import type { GoText } from "./go-text";
import { type GoTokens, tokenize } from "./go-tokens";

/** A function of a file, or a method of any type. */
export interface GoFunction {
  readonly name: string;
  readonly isMethod: boolean;
  readonly parameters: readonly string[];
  readonly returns: readonly GoExpression[];
}

/** A name that gets a value: a variable, or a field (`.path`) of any value. */
export interface GoAssignment {
  readonly name: string;
  readonly value: GoExpression;
  /** The name is new here; otherwise it may be one of the package's. */
  readonly declares: boolean;
  /** The function it stands in; undefined for what the whole package sees. */
  readonly within: GoFunction | undefined;
}

/** A call, or a function that is passed on by its name. */
export interface GoCall {
  /** As it is written: `os.Open`, `open`, `.ParseFiles` for a method of what another expression gives. */
  readonly name: string;
  /** Undefined where the function is not called here but passed on. */
  readonly args: readonly GoExpression[] | undefined;
  readonly within: GoFunction | undefined;
  /** It happens whenever the function is called that it stands in. */
  readonly isSure: boolean;
}

/** A field of a struct that the file declares. */
export interface GoField {
  readonly name: string;
  /** It has a tag: it may be filled from a text that is decoded. */
  readonly isTagged: boolean;
}

export interface GoSyntax {
  readonly fields: readonly GoField[];
  readonly functions: readonly GoFunction[];
  readonly assignments: readonly GoAssignment[];
  readonly calls: readonly GoCall[];
}

const read = new WeakMap<GoText, GoSyntax>();

/** What a file does, as far as it tells which files its program touches. Read when first asked for. Linear. */
export function syntaxOf(text: GoText): GoSyntax {
  const known = read.get(text);
  if (known) return known;
  const syntax = new Reader(tokenize(text)).read();
  read.set(text, syntax);
  return syntax;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const OTHER: GoExpression = { kind: "other" };
/** A person writes fewer; more would make the reading slow. */
const MAX_RETURNS = 20;

/** One pass over the tokens; expressions are read where they stand. */
class Reader {
  private readonly functions: Writable<GoFunction>[] = [];
  private readonly assignments: GoAssignment[] = [];
  private readonly calls: GoCall[] = [];
  private readonly fields: GoField[] = [];
  private within: Writable<GoFunction> | undefined;
  /** Where the body of the function ends. */
  private end = -1;
  /** Where its name stands: that is no call. */
  private named = -1;
  private readonly course = new Course();

  constructor(private readonly tokens: GoTokens) {}

  read(): GoSyntax {
    for (let at = 0; at < this.tokens.list.length; at++) {
      if (at > this.end) this.within = undefined;
      this.course.token(this.text(at));
      this.token(at);
    }
    return { fields: this.fields, functions: this.functions, assignments: this.assignments, calls: this.calls };
  }

  private text(at: number): string {
    return this.tokens.list[at]?.text ?? "";
  }

  private token(at: number): void {
    const { list } = this.tokens;
    const text = this.text(at);
    if (text === "\n" || text === "(" || text === ")" || text === ",") return;
    if (text === "func") return this.func(at);
    if (text === "return" && this.within) {
      this.within.returns = [...this.within.returns, ...valuesFrom(this.tokens, at + 1, 1)].slice(0, MAX_RETURNS);
    } else if (text === ":=" || text === "=") this.assign(at);
    else if (text === ":" && this.text(at - 2).match(/^[{,\n]$/) && list[at - 1]?.isName)
      this.remember(`.${this.text(at - 1)}`, valuesFrom(this.tokens, at + 1, 1)[0] ?? OTHER, true);
    else if (text === "struct" && this.text(at + 1) === "{") this.struct(at + 1);
    else if (text === "&" && list[at + 1]?.isName) this.passed(at);
    else if (list[at]?.isName && this.text(at - 1) !== ".") this.chain(at);
    else if (text === "." && this.text(at - 1) === ")" && this.text(at + 2) === "(")
      this.call(`.${this.text(at + 1)}`, at + 2);
  }

  /** The fields of a struct, line by line; those of one inside it are read when it is met. */
  private struct(open: number): void {
    const { list, match } = this.tokens;
    const close = match.get(open) ?? open;
    for (const [from, to] of split(this.tokens, open + 1, close, "\n")) {
      const isTagged = list[to - 1]?.literal !== undefined;
      for (let at = from; at < to && list[at]?.isName; at += 2) {
        this.fields.push({ name: this.text(at), isTagged });
        if (this.text(at + 1) !== ",") break;
      }
    }
  }

  /** `scan(&path)` may give it any value; an option's own call is read by itself. */
  private passed(at: number): void {
    const isArgument = /^[(,]$/.test(this.text(at - 1)) && /^[),]$/.test(this.text(at + 2));
    if (isArgument && !/^StringVarP?$/.test(this.text(at - 2))) this.remember(this.text(at + 1), OTHER, false);
  }

  /** `func (r T) name(a, b string) error {`, or a literal, whose parameters nobody can follow. */
  private func(at: number): void {
    const { match, list } = this.tokens;
    let open = at + 1;
    const behind = (match.get(open) ?? -2) + 1;
    const isMethod = this.text(open) === "(" && list[behind]?.isName && /^[([]$/.test(this.text(behind + 1));
    if (isMethod) open = (match.get(open) ?? open) + 1;
    const name = list[open]?.isName ? this.text(open) : undefined;
    this.named = open;
    // Type parameters stand in brackets.
    if (name !== undefined) open = this.text(open + 1) === "[" ? (match.get(open + 1) ?? open) + 1 : open + 1;
    const parameters = this.parameters(open);
    if (name === undefined || this.within) {
      const walked = this.walked(at);
      parameters.forEach((parameter, place) => {
        this.remember(parameter, place === 0 && walked ? walked : OTHER, true);
      });
      return;
    }
    const body = this.bodyOf(open);
    this.within = { name, isMethod: isMethod === true, parameters, returns: [] };
    this.functions.push(this.within);
    this.course.enter();
    this.end = body === undefined ? at : (match.get(body) ?? at);
  }

  /** The token that opens the body of a function whose parameters open at `open`. */
  private bodyOf(open: number): number | undefined {
    const { match } = this.tokens;
    const close = match.get(open);
    if (close === undefined) return undefined;
    for (let at = close + 1; at < close + MAX_STATEMENT; at++) {
      if (this.text(at) === "\n") return undefined;
      if (this.text(at) === "{" && !/^(?:interface|struct)$/.test(this.text(at - 1))) return at;
      at = match.get(at) ?? at;
    }
    return undefined;
  }

  private parameters(open: number): string[] {
    const close = this.tokens.match.get(open);
    if (this.text(open) !== "(" || close === undefined) return [];
    return split(this.tokens, open + 1, close, ",").map(([from, to]) => {
      let at = from;
      while (at < to && this.text(at) === "\n") at++;
      return this.tokens.list[at]?.isName ? this.text(at) : "";
    });
  }

  /** The function that filepath.Walk is given gets the paths below a folder. */
  private walked(at: number): GoExpression | undefined {
    for (let back = at - 1; back > at - 12 && back > 0; back--) {
      if (/^(?:Walk|WalkDir)$/.test(this.text(back)) && this.text(back + 1) === "(")
        return {
          kind: "call",
          name: `${this.text(back - 2)}.${this.text(back)}`,
          args: [readExpression(this.tokens, back + 2, at - 1)],
        };
    }
    return undefined;
  }

  /** The names left of `:=` or `=`, and the values right of it. */
  private assign(at: number): void {
    // `path += x`: what it becomes is not followed.
    if (/^[-+*/%&|^]$/.test(this.text(at - 1))) return this.remember(this.text(at - 2), OTHER, false);
    const { names, declares } = assignedNames(this.tokens, at);
    const isRange = this.text(at + 1) === "range";
    const values = valuesFrom(this.tokens, at + (isRange ? 2 : 1), names.length);
    names.forEach((name, place) => {
      // Of several results of one call the first is the path, the others are errors.
      const value = isRange ? values[place - 1] : values.length > 1 || place === 0 ? values[place] : undefined;
      this.remember(name, value ?? OTHER, declares || this.text(at) === ":=");
    });
  }

  /** A field (`.path`) is known by its own name: whose it is takes types to tell. */
  private remember(name: string, value: GoExpression, declares: boolean): void {
    const within = name.startsWith(".") ? undefined : this.within;
    this.assignments.push({ name, value, declares: declares || within === undefined, within });
  }

  private chain(at: number): void {
    if (at === this.named) return;
    const { list } = this.tokens;
    let end = at;
    while (this.text(end + 1) === "." && list[end + 2]?.isName) end += 2;
    let name = "";
    for (let each = at; each <= end; each++) name += this.text(each);
    if (this.text(end + 1) === "(") this.call(name, end + 1);
    else if (end > at) this.calls.push({ name, args: undefined, within: this.within, isSure: false });
  }

  private call(name: string, open: number): void {
    const { tokens } = this;
    let args: readonly GoExpression[] | undefined;
    // `flag.StringVar(&path, "name", "default", "usage")` gives a value too.
    const call: GoCall = {
      name,
      within: this.within,
      isSure: this.within !== undefined && this.course.call(name),
      get args() {
        args ??= readArguments(tokens, open);
        return args;
      },
    };
    this.calls.push(call);
    if (/\.StringVarP?$/.test(name)) {
      const target = call.args?.[0];
      if (target?.kind !== "name") return;
      const at = target.name.lastIndexOf(".");
      const rest = (call.args ?? []).slice(name.endsWith("P") ? 2 : 1);
      this.remember(
        at < 0 ? target.name : target.name.slice(at),
        { kind: "call", name: "flag.String", args: rest },
        false,
      );
    }
  }
}
