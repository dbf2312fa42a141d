import { type GoFunction, syntaxOf } from "../project/go-syntax";
import type { SourceFile } from "./go-sources";

/**
 * The functions that run whenever a program does: `main` and `init` of its package, and those of it that they surely
 * call. None where the files are of several programs: which one starts is another question.
 */
export function reachedFunctions(mains: readonly SourceFile[]): ReadonlySet<GoFunction> {
  const reached = new Set<GoFunction>();
  if (new Set(mains.map(({ folder }) => folder)).size > 1) return reached;
  const files = mains.map(({ source }) => syntaxOf(source.text));
  const functions = new Map<string, GoFunction[]>();
  for (const each of files.flatMap((file) => file.functions))
    if (!each.isMethod) functions.set(each.name, [...(functions.get(each.name) ?? []), each]);
  const calls = new Map<GoFunction, string[]>();
  for (const { name, within, isSure } of files.flatMap((file) => file.calls))
    if (within && isSure && functions.has(name)) calls.set(within, [...(calls.get(within) ?? []), name]);
  const next = [...(functions.get("main") ?? []), ...(functions.get("init") ?? [])];
  for (let each = next.pop(); each; each = next.pop()) {
    if (reached.has(each)) continue;
    reached.add(each);
    // A name that stands twice is of another build, or no function.
    for (const name of calls.get(each) ?? []) {
      const [only, ...others] = functions.get(name) ?? [];
      if (only && others.length === 0) next.push(only);
    }
  }
  return reached;
}
