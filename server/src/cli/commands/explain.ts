import { rules } from "../../core";
import { oneOf, readArguments, single } from "../arguments";
import { EXIT, type ExitCode } from "../errors";
import type { World } from "../world";

/** `explain RULE`: what it means, why it matters, where it is silent, and an example. */
export async function explain(args: readonly string[], world: World): Promise<ExitCode> {
  const { positionals } = readArguments(args, {});
  const id = oneOf(
    "rule",
    single(positionals, "explain RULE"),
    rules.map((rule) => rule.id),
  );
  for (const { title, group, severity, docs } of rules.filter((rule) => rule.id === id)) {
    const examples = docs.examples.map(
      ({ before, after }) => `Instead of\n\n${indent(before)}\nwrite\n\n${indent(after)}`,
    );
    world.print(
      [`${id} (${group}, ${severity}): ${title}`, docs.what, docs.why, docs.limits, ...examples].join("\n\n").trimEnd(),
    );
  }
  return EXIT.clean;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
