import { imageSettings } from "../model/image-config";
import type { Model } from "../model/model";
import { withPlainValues } from "../model/plain-values";
import { flagOf } from "../syntax/instruction";
import { readsBaseVariable } from "./base-variables";
import type { Change } from "./change";
import type { Verifiable } from "./verifiable";

/** Every COPY that found a stage still does; a name that never was one is an image's. The sentence says which does not. */
export function stageLost(before: Verifiable, after: Verifiable): string | undefined {
  const known = new Set(imagesCopied(before.model));
  const lost = imagesCopied(after.model).find((name) => !known.has(name));
  return lost && `COPY takes from ${lost}, which is no stage of the result`;
}

function imagesCopied({ stages }: Model): readonly string[] {
  return stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) => {
      const from = instruction.keyword === "COPY" ? flagOf(instruction, "from")?.value : undefined;
      const found = stages.some(
        ({ index, name }) =>
          index < stage.index && (name?.text.toLowerCase() === from?.toLowerCase() || String(index) === from),
      );
      return from === undefined || found ? [] : [from];
    }),
  );
}

/** Every setting of the image is there as it was, unless the change says why not. */
export function settingsLost(before: Verifiable, after: Verifiable, change: Change): string | undefined {
  const [old, now] = [before.model.final, after.model.final];
  if (!old || !now) return "there would be no stage to ship";
  const kept = imageSettings(after.model, now);
  const lines = new Set(now.instructions.map(({ line }) => line.text));
  const there = imageSettings(before.model, old);
  for (const [id, { key, name, value, instruction }] of there) {
    if (change.drops.some((drop) => drop.key === key && drop.name === name)) continue;
    if (key === "WORKDIR") continue;
    if (namesUnset(`${name}${value}`) && lines.has(instruction.line.text)) continue;
    const left = kept.get(id)?.value;
    if (left === undefined || !saysThe(value, left, (text) => withPlainValues(text, old, there)))
      return `${[key, name].filter(Boolean).join(" ")} would be lost`;
  }
  const folder = old.scope.workdir(old.instructions.length);
  const moves = change.drops.some(({ key }) => key === "WORKDIR");
  if (!moves && folder !== undefined && now.scope.workdir(now.instructions.length) !== folder)
    return "WORKDIR would be lost";
  return undefined;
}

/** As it was, with values in the place of variables, or in the quotes that `ENV name some $words` wants in its other form. */
function saysThe(value: string, left: string, plain: (text: string) => string): boolean {
  return left === value || left === plain(value) || (!/["\\]/.test(value) && left === `"${value}"`);
}

/** Variables that no base sets stand for nothing before and after. */
function namesUnset(value: string): boolean {
  return value.includes("$") && !readsBaseVariable(value);
}

/** Every comment and directive is still there, as often as it was. */
export function commentsLost(before: Verifiable, after: Verifiable): string | undefined {
  const there = new Map<string, number>();
  for (const comment of commentTexts(after)) there.set(comment, (there.get(comment) ?? 0) + 1);
  for (const comment of commentTexts(before)) {
    const left = there.get(comment) ?? 0;
    if (left === 0) return `the comment "${comment.slice(0, 60)}" would be lost`;
    there.set(comment, left - 1);
  }
  return undefined;
}

function commentTexts({ text, syntax }: Verifiable): readonly string[] {
  return [...syntax.comments, ...syntax.directives.map(({ span }) => span)].map(({ start, end }) =>
    text.slice(start, end),
  );
}
