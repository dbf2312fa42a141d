import { realpathSync } from "node:fs";
import { sync as writeFileAtomic } from "write-file-atomic";
import { type Analysis, applyEdits, type Change, type FixedFile, fixAll, recipes, rules } from "../../core";
import { oneOf, readArguments, single } from "../arguments";
import { EXIT, type ExitCode, UsageError } from "../errors";
import { analyze, type Input, readInput, reasonOf } from "../input";
import { unifiedDiff } from "../reporters/diff";
import { paintFor } from "../reporters/text";
import type { World } from "../world";

const USAGE = "fix FILE [--recipe ID] [--target T] [--rule ID] [--write|--diff|--stdout]";

/** The file's new text, and what was done. */
type Made = Pick<FixedFile, "text" | "changes">;

/** `fix FILE`: the safe fixes, those of one rule, or one rewrite. It prints a diff unless told otherwise. */
export async function fix(args: readonly string[], world: World): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    recipe: { type: "string" },
    target: { type: "string" },
    rule: { type: "string" },
    write: { type: "boolean" },
    diff: { type: "boolean" },
    stdout: { type: "boolean" },
    context: { type: "string" },
    "stdin-filename": { type: "string" },
  });
  const path = single(positionals, USAGE);
  if ([values.write, values.diff, values.stdout].filter(Boolean).length > 1)
    throw new UsageError("--write, --diff and --stdout exclude each other");
  if (values.target !== undefined && values.recipe === undefined) throw new UsageError("--target goes with --recipe");
  if (path === "-" && values.write) throw new UsageError("--write needs a file; standard input has none");
  const input = readInput(path, values["stdin-filename"]);
  const analysis = await analyze(input, values.context, world.openProject, "sizes");
  const answer =
    values.recipe === undefined ? safeFixes(analysis, values.rule) : rewrite(analysis, values.recipe, values.target);
  if (typeof answer === "string") {
    world.complain(answer);
    return EXIT.findings;
  }
  if (answer.changes.length === 0) world.complain(nothingSafe(analysis, values.rule));
  for (const change of answer.changes) describe(change, world);
  const output = values.write ? "write" : values.stdout ? "stdout" : "diff";
  deliver(input, answer.text, output, world);
  return EXIT.clean;
}

/** What needs no look, of all rules or of one. */
function safeFixes(analysis: Analysis, ruleId: string | undefined): Made {
  if (ruleId !== undefined)
    oneOf(
      "--rule",
      ruleId,
      rules.map(({ id }) => id),
    );
  return fixAll(analysis, ruleId);
}

/** What there is to do where nothing is safe to do unasked. */
function nothingSafe(analysis: Analysis, ruleId: string | undefined): string {
  const offers = analysis.findings
    .filter(({ rule }) => ruleId === undefined || rule.id === ruleId)
    .flatMap((finding) => analysis.answers(finding))
    .filter((answer) => answer.kind === "offer");
  if (offers.length === 0) return "There is nothing to fix.";
  const ids = [...new Set(offers.flatMap(({ recipe }) => recipe ?? []))];
  return ids.length === 0
    ? "No fix is safe to make unasked; `ballast check` lists those that want a look."
    : `No fix is safe to make unasked; ${ids.map((id) => `--recipe ${id}`).join(" or ")} rewrites the file.`;
}

/** One rewrite, or the sentence that refuses it. */
function rewrite(analysis: Analysis, recipeId: string, target: string | undefined): Made | string {
  const recipe = recipes.find(
    ({ id }) =>
      id ===
      oneOf(
        "--recipe",
        recipeId,
        recipes.map((each) => each.id),
      ),
  );
  if (!recipe) return { text: analysis.text, changes: [] };
  const answer =
    target === undefined ? analysis.best(recipe) : analysis.answer(recipe, oneOf("--target", target, recipe.targets));
  if (answer?.kind !== "offer") return answer?.reason ?? `${recipe.title}: there is nothing to do.`;
  const change = answer.change();
  return { text: applyEdits(analysis.text, change.edits), changes: [change] };
}

/** Title, edits and assumptions go to standard error: standard output holds the result alone. */
function describe(change: Change, world: World): void {
  world.complain(change.title);
  const inOrder = [...change.edits].sort((a, b) => a.span.start - b.span.start);
  for (const note of new Set(inOrder.map((edit) => edit.note))) world.complain(`  - ${note}`);
  const left = change.drops.filter(({ key }) => key !== "CMD" && key !== "ENTRYPOINT");
  for (const { key, name, why } of left)
    world.complain(`  - leaves ${[key, name].filter(Boolean).join(" ")} behind: ${why}`);
  for (const assumption of change.assumes) world.complain(`  ! ${assumption}`);
}

function deliver(input: Input, after: string, output: "write" | "diff" | "stdout", world: World): void {
  if (output === "stdout") process.stdout.write(after);
  else if (output === "diff" && after !== input.text)
    world.print(unifiedDiff(input.path, input.text, after, paintFor(process.stdout)));
  else if (output === "write" && after !== input.text) write(input, after);
}

function write(input: Input, after: string): void {
  try {
    // Through a file beside it: a full disk must not cost the author the old one. A link stays a link.
    writeFileAtomic(realpathSync(input.file ?? input.path), after);
  } catch (error) {
    throw new UsageError(`${input.path}: cannot be written: ${reasonOf(error)}`);
  }
}
