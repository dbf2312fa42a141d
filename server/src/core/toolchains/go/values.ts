import type { GoExpression } from "../../project/go-expression";
import type { GoAssignment, GoCall, GoFunction } from "../../project/go-syntax";
import { combine, distinct, type PathValue, pathOf, UNKNOWN_PATH, USER_PATH } from "../path-value";
import { type Found, Names } from "./names";
import type { SourceFile } from "./sources";
import { callOfPackage, flagDefault, namedByPackage } from "./standard";

/** Where an expression stands: names mean different things in different places. */
interface Place {
  readonly file: SourceFile;
  readonly within: GoFunction | undefined;
  /** The values of parameters, where a call was followed into its function. */
  readonly given: ReadonlyMap<string, readonly PathValue[]> | undefined;
}

/** A program that takes more steps to follow answers "unknown". */
const MAX_STEPS = 4_000;
/** And one that goes through more names, each for the sake of the one before, too: a stack has an end. */
const MAX_DEPTH = 64;

/**
 * Follows the values of strings through the files of a program: constants, variables, fields, parameters from their
 * calls, results of its own functions. All values that may be there are answered; one that cannot be followed is
 * `unknown` among them.
 */
export class Values {
  private index: Names | undefined;
  private steps = 0;
  private readonly following = new Set<string>();

  /** `folderOfImport` tells the folder of a package of the program's own. */
  constructor(
    private readonly files: readonly SourceFile[],
    private readonly folderOfImport: (path: string) => string | undefined,
  ) {}

  /** Made when a name is followed first: most programs write their paths out. */
  private get names(): Names {
    this.index ??= new Names(this.files);
    return this.index;
  }

  of(expression: GoExpression, file: SourceFile, within: GoFunction | undefined): readonly PathValue[] {
    const paths = this.evaluate(expression, { file, within, given: undefined });
    return paths.length > 0 ? paths : [UNKNOWN_PATH];
  }

  private evaluate(expression: GoExpression, place: Place): readonly PathValue[] {
    if (++this.steps > MAX_STEPS) return [UNKNOWN_PATH];
    switch (expression.kind) {
      case "text":
        return [pathOf(expression.text)];
      case "sum":
        return combine(
          expression.parts.map((part) => this.evaluate(part, place)),
          "",
        );
      case "list":
        return distinct(expression.items.flatMap((item) => this.evaluate(item, place)));
      case "name":
        return this.once(`${place.file.path} ${place.within?.name} ${expression.name}`, () =>
          this.name(expression.name, place),
        );
      case "call":
        return this.call(expression, place);
      default:
        return [UNKNOWN_PATH];
    }
  }

  /** What is asked again while it is being answered adds nothing: `path = clean(path)`. */
  private once(key: string, answer: () => readonly PathValue[]): readonly PathValue[] {
    if (this.following.has(key)) return [];
    if (this.following.size >= MAX_DEPTH) return [UNKNOWN_PATH];
    this.following.add(key);
    const paths = answer();
    this.following.delete(key);
    return paths;
  }

  private name(written: string, place: Place): readonly PathValue[] {
    const name = written.replace(/(?<!\[\])(?:\[\])+$/, "");
    const dot = name.lastIndexOf(".");
    if (dot < 0) return this.variable(name, place);
    const prefix = name.slice(0, dot);
    const imported = importOf(place.file, prefix);
    if (imported === undefined) return this.field(name.slice(dot + 1), place);
    const own = this.folderOfImport(imported);
    if (own === undefined) return [namedByPackage(imported, name.slice(dot + 1))];
    return this.assigned(name.slice(dot + 1), (file, { within }) => file.folder === own && !within);
  }

  /** A field of a struct of the program's own: all that any of them gets. One with a tag may be decoded from anything. */
  private field(name: string, place: Place): readonly PathValue[] {
    if (name === "HomeDir" && place.file.source.imports.includes("os/user"))
      return [{ base: "home", text: "", open: false }];
    const declared = this.names.fields.get(name) ?? [];
    if (declared.length === 0) return [UNKNOWN_PATH];
    const values = this.assigned(`.${name}`, () => true);
    return declared.some(({ it }) => it.isTagged) ? distinct([...values, UNKNOWN_PATH]) : values;
  }

  private variable(name: string, place: Place): readonly PathValue[] {
    const given = place.given?.get(name);
    if (given) return given;
    const { file, within } = place;
    if (isArguments(name, file)) return [USER_PATH];
    const own = (this.names.assignments.get(name) ?? []).filter(({ it }) => it.within && it.within === within);
    const values = () => own.flatMap(({ it }) => this.evaluate(it.value, place));
    const at = within?.parameters.indexOf(name) ?? -1;
    if (within && at >= 0) return distinct([...this.callers(within, at, file), ...values()]);
    if (own.some(({ it }) => it.declares)) return distinct(values());
    return this.assigned(name, (other, it) => other.folder === file.folder && (!it.within || !it.declares));
  }

  /** What the calls of a function pass on at a place. */
  private callers(target: GoFunction, at: number, home: SourceFile): readonly PathValue[] {
    const calls = (this.names.calls.get(target.name) ?? []).filter((each) => this.isCallOf(each, target, home));
    const found = calls.flatMap(({ file, it }) => {
      const argument = it.args?.[at];
      return argument ? this.evaluate(argument, { file, within: it.within, given: undefined }) : [UNKNOWN_PATH];
    });
    return calls.length > 0 ? distinct(found) : [UNKNOWN_PATH];
  }

  private isCallOf({ file, it }: Found<GoCall>, target: GoFunction, home: SourceFile): boolean {
    const dot = it.name.lastIndexOf(".");
    if (dot < 0) return !target.isMethod && file.folder === home.folder;
    const imported = importOf(file, it.name.slice(0, dot));
    if (imported === undefined) return target.isMethod;
    return !target.isMethod && this.folderOfImport(imported) === home.folder;
  }

  /** All values that a name gets where it is wanted; one that gets none is unknown. */
  private assigned(name: string, wanted: (file: SourceFile, it: GoAssignment) => boolean): readonly PathValue[] {
    const places = (this.names.assignments.get(name) ?? []).filter(({ file, it }) => wanted(file, it));
    const found = places.flatMap(({ file, it }) =>
      this.evaluate(it.value, { file, within: it.within, given: undefined }),
    );
    return places.length > 0 ? distinct(found) : [UNKNOWN_PATH];
  }

  private call(expression: GoExpression & { readonly kind: "call" }, place: Place): readonly PathValue[] {
    const { name, args } = expression;
    const dot = name.lastIndexOf(".");
    const imported = dot > 0 ? importOf(place.file, name.slice(0, dot)) : undefined;
    const argument = (at: number) => this.evaluate(args[at] ?? { kind: "other" }, place);
    const option = flagDefault(name, imported, args.length);
    if (option !== undefined)
      return distinct([...argument(option).filter(({ base, text }) => base !== "image" || text !== ""), USER_PATH]);
    if (dot < 0 && name === "string") return argument(0);
    if (imported !== undefined && this.folderOfImport(imported) === undefined)
      return callOfPackage(imported, name.slice(dot + 1), args.length, argument);
    return this.result(expression, imported, place);
  }

  /** What a function of the program's own may return. */
  private result(
    expression: GoExpression & { readonly kind: "call" },
    imported: string | undefined,
    place: Place,
  ): readonly PathValue[] {
    const { name, args } = expression;
    const last = name.slice(name.lastIndexOf(".") + 1);
    const isMethod = name.includes(".") && imported === undefined;
    const folder = imported === undefined ? place.file.folder : this.folderOfImport(imported);
    const found = (this.names.functions.get(last) ?? []).filter(
      ({ file, it }) => it.isMethod === isMethod && (isMethod || file.folder === folder),
    );
    const [only, ...others] = found;
    if (!only || others.length > 0) return [UNKNOWN_PATH];
    const { file, it: target } = only;
    const given = new Map(
      target.parameters.map((each, at) => [each, args[at] ? this.evaluate(args[at], place) : [UNKNOWN_PATH]]),
    );
    return this.once(`${file.path} ${target.name}()`, () => {
      const values = target.returns.flatMap((value) => this.evaluate(value, { file, within: target, given }));
      // What comes back beside an error is no path.
      const paths = values.filter(({ base, text, open }) => base !== "image" || text !== "" || open);
      return paths.length > 0 ? distinct(paths) : [UNKNOWN_PATH];
    });
  }
}

function importOf({ source }: SourceFile, local: string): string | undefined {
  for (const [path, name] of source.names) if (name === local) return path;
  return undefined;
}

/** The arguments that a library for command lines passes on. */
function isArguments(name: string, { source }: SourceFile): boolean {
  return name === "args" && source.imports.some((path) => /^github\.com\/(?:spf13\/cobra|urfave\/cli)\b/.test(path));
}
