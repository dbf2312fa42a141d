import { imageSettings, type Setting } from "../model/image-config";
import type { Model, Stage } from "../model/model";
import { withPlainValues } from "../model/plain-values";
import { properties } from "../syntax/ast";
import type { Drop } from "./change";
import { keyword, type Style } from "./style";

/** The lines that give a new final stage the settings of the old one, and the settings it does without. */
export interface Restated {
  readonly lines: readonly string[];
  readonly drops: readonly Drop[];
}

/** Names that only commands of a build read. */
const BUILD_ONLY: Readonly<Record<string, string>> = {
  DEBIAN_FRONTEND: "only apt reads it, in the build stage",
  PATH: "it names the folders of the build tools; the final image has a PATH of its own",
};

/**
 * ENV, LABEL, EXPOSE, VOLUME and STOPSIGNAL of a stage as lines for another one. A sentence where one of them cannot be
 * carried over; what `isBuildVariable` names stays behind. PATH stays too, unless the new base `keepsPath` of the old one.
 */
export function restate(
  model: Model,
  stage: Stage,
  style: Style,
  isBuildVariable: (name: string) => boolean,
  keepsPath = false,
): Restated | string {
  const lines: string[] = [];
  const drops: Drop[] = [];
  const settings = imageSettings(model, stage);
  for (const setting of settings.values()) {
    const { key, name } = setting;
    const why = key === "ENV" ? (isBuildVariable(name) ? "only the build reads it" : BUILD_ONLY[name]) : undefined;
    const isPath = key === "ENV" && name === "PATH" && keepsPath;
    if (why && !isPath) {
      drops.push({ key, name, why });
      continue;
    }
    const written = lineOf(setting, style);
    const line = written && withPlainValues(written, stage, settings);
    if (line === UNSURE)
      return `${key} ${name} is written with quotes or spaces that the final stage might read in another way; as name="value" it can be carried over.`;
    const args = line && argumentsOf(stage, line);
    if (args) for (const each of args) lines.push(`${keyword(style, "ARG")} ${each}`);
    else if (line?.replace(/:?\$\{?PATH\b\}?/, isPath ? "" : "$&").includes("$"))
      return `${key} ${name} is set from a variable (${line}), which the final stage would not have.`;
    if (line) lines.push(line);
  }
  const maintainer = stage.instructions.findLast((instruction) => instruction.keyword === "MAINTAINER");
  if (maintainer) lines.push(`${keyword(style, "MAINTAINER")} ${maintainer.body}`);
  return { lines: [...new Set(sortByKey(lines, style))], drops };
}

/** The ARGs that a line stands on, as the stage declares them, where it stands on nothing else: another stage can declare them too. */
function argumentsOf(stage: Stage, line: string): readonly string[] | undefined {
  const names = [...line.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? "");
  if (names.length === 0 || names.length !== line.split("$").length - 1) return undefined;
  const declared = names.map((name) =>
    stage.instructions.find(({ keyword: word, body }) => word === "ARG" && body.split(/[=\s]/, 1)[0] === name),
  );
  const plain = declared.flatMap((each) => (each && !/[\s$]/.test(each.body) ? each.body : []));
  return plain.length === names.length ? plain : undefined;
}

function lineOf(setting: Setting, style: Style): string | undefined {
  const { key, name, instruction } = setting;
  switch (key) {
    case "ENV":
    case "LABEL": {
      const property = properties(instruction).findLast((each) => each.name.text.replace(/^["']|["']$/g, "") === name);
      const written = property?.value?.text ?? "";
      const value = property?.assigned ? written : oldForm(written);
      return property && value !== undefined ? `${keyword(style, key)} ${property.name.text}=${value}` : UNSURE;
    }
    case "EXPOSE":
      return `${keyword(style, key)} ${name}`;
    case "VOLUME":
      return `${keyword(style, key)} ${/\s/.test(name) ? JSON.stringify([name]) : name}`;
    case "STOPSIGNAL":
      return `${keyword(style, key)} ${setting.value}`;
    default:
      // CMD and ENTRYPOINT move, WORKDIR and USER follow the new base, HEALTHCHECK is judged by itself.
      return undefined;
  }
}

/** A line that cannot be written with certainty. */
const UNSURE = "";

/** The value of `ENV name some words` for the form with `=`; undefined where quotes or escapes would change their meaning. */
function oldForm(value: string): string | undefined {
  return /["'\\`]/.test(value) ? undefined : /\s/.test(value) ? `"${value}"` : value;
}

const ORDER = ["MAINTAINER", "ARG", "ENV", "LABEL", "EXPOSE", "VOLUME", "STOPSIGNAL"];

function sortByKey(lines: readonly string[], style: Style): readonly string[] {
  return ORDER.flatMap((key) => lines.filter((line) => line.startsWith(`${keyword(style, key)} `)));
}
