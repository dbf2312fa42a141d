import { properties } from "../syntax/ast";
import { lineage, type Setting } from "./image-config";
import type { Stage } from "./model";

/**
 * A text with the values of ENV variables in their place, where these are set once and in plain characters: PNPM_HOME in
 * `$PNPM_HOME:$PATH`. What else is a variable stays one.
 */
export function withPlainValues(text: string, stage: Stage, settings: ReadonlyMap<string, Setting>): string {
  return text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (all, braced, plain) => plainValue(stage, settings, braced ?? plain) ?? all,
  );
}

function plainValue(stage: Stage, settings: ReadonlyMap<string, Setting>, name: string): string | undefined {
  const value = settings.get(`ENV ${name}`)?.value;
  if (value === undefined || !/^[\w./:@%+,-]+$/.test(value)) return undefined;
  const set = lineage(stage).flatMap(({ instructions }) =>
    instructions.filter(
      (each) =>
        (each.keyword === "ENV" || each.keyword === "ARG") && properties(each).some((one) => one.name.text === name),
    ),
  );
  return set.length === 1 && set[0]?.keyword === "ENV" ? value : undefined;
}
