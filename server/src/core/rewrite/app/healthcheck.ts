import type { FileContext } from "../../flow/context";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings } from "../../model/image-config";
import type { Way } from "../../toolchains/app";
import type { FinalHealthcheck } from "../healthcheck";
import { keyword, type Style } from "../style";

/** The HEALTHCHECK of the stage for the final one; a sentence where that could not run it. */
export function appHealthcheck(
  context: FileContext,
  { stage }: ShippedApp,
  way: Way,
  style: Style,
): FinalHealthcheck | string {
  const instruction = imageSettings(context.model, stage).get("HEALTHCHECK ")?.instruction;
  if (!instruction) return { lines: [], drops: [] };
  const line = `${keyword(style, "HEALTHCHECK")} ${instruction.line.text.slice(instruction.line.text.search(/\s/)).trim()}`;
  if (way.shell || /^none$/i.test(instruction.body)) return { lines: [line], drops: [] };
  return `HEALTHCHECK runs a command that ${way.name} has not: it has no shell and no tools; a slim image can have them.`;
}
