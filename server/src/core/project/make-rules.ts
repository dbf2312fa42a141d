import { type Automatic, stemOf } from "./make-expansion";
import type { Makefile, MakeRule } from "./makefile";

/** What makes a target that has no recipe of its own. */
export interface Implicit extends Pick<MakeRule, "prerequisites" | "recipe"> {
  readonly stem: Automatic["stem"];
}

/** GNU make manual, Catalogue of Built-In Rules: from which source, by which line. */
const OBJECTS: readonly (readonly [ending: string, recipe: string])[] = [
  [".c", "$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<"],
  [".cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) -c -o $@ $<"],
  [".cpp", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) -c -o $@ $<"],
  [".C", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) -c -o $@ $<"],
];
const PROGRAMS: readonly (readonly [ending: string, recipe: string])[] = [
  [".o", "$(CC) $(LDFLAGS) $^ $(LOADLIBES) $(LDLIBS) -o $@"],
  [".c", "$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $^ $(LOADLIBES) $(LDLIBS) -o $@"],
  [".cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS) $^ $(LOADLIBES) $(LDLIBS) -o $@"],
  [".cpp", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS) $^ $(LOADLIBES) $(LDLIBS) -o $@"],
];

/** The pattern rule of the Makefile, or make's own, that makes a target out of what there is, or can be made. */
export function implicitRule(
  { rules }: Makefile,
  target: string,
  prerequisites: readonly string[],
  isThere: (path: string) => boolean,
): Implicit | undefined {
  for (const [pattern, rule] of rules) {
    const stem = pattern.includes("%") ? stemOf(target, pattern) : undefined;
    if (stem === undefined || rule.recipe.length === 0) continue;
    const needed = rule.prerequisites.map((each) => each.replace("%", () => stem));
    if (needed.every((each) => isThere(each) || rules.has(each)))
      return { prerequisites: needed, recipe: rule.recipe, stem };
  }
  const isObject = target.endsWith(".o");
  const stem = isObject ? target.slice(0, -2) : target;
  for (const [ending, recipe] of isObject ? OBJECTS : PROGRAMS) {
    const source = stem + ending;
    const isNamed = ending === ".o" && prerequisites.includes(source);
    if (isNamed || isThere(source))
      return { prerequisites: prerequisites.includes(source) ? [] : [source], recipe: [recipe], stem };
  }
  return undefined;
}
