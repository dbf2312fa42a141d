import { type GoFunction, syntaxOf } from "../../project/go-syntax";
import { groupBy } from "../../text/group";
import type { SourceFile } from "./sources";

/**
 * The functions that run whenever a program does: `main` and `init` of its package, and those of it that they surely
 * call. None where the files are of several programs: which one starts is another question.
 */
export function reachedFunctions(mains: readonly SourceFile[]): ReadonlySet<GoFunction> {
  const reached = new Set<GoFunction>();
  if (new Set(mains.map(({ folder }) => folder)).size > 1) return reached;
  const files = mains.map(({ source }) => syntaxOf(source.text));
  const functions = groupBy(
    files.flatMap((file) => file.functions.filter(({ isMethod }) => !isMethod)),
    ({ name }) => name,
  );
  const calls = groupBy(
    files.flatMap((file) => file.calls.filter(({ name, isSure }) => isSure && functions.has(name))),
    ({ within }) => within,
  );
  const next = [...(functions.get("main") ?? []), ...(functions.get("init") ?? [])];
  for (let each = next.pop(); each; each = next.pop()) {
    if (reached.has(each)) continue;
    reached.add(each);
    // A name that stands twice is of another build, or no function.
    for (const { name } of calls.get(each) ?? []) {
      const [only, ...others] = functions.get(name) ?? [];
      if (only && others.length === 0) next.push(only);
    }
  }
  return reached;
}
