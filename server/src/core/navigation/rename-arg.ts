import type { Model } from "../model/model";
import type { Project } from "../project/project";
import type { Instruction } from "../syntax/instruction";
import { LineIndex } from "../text/lines";
import { type Declaration, isVariableName } from "./declarations";
import { mentionsOf } from "./mentions";
import { type Names, namesOf } from "./names";
import { predefinedMeaning } from "./predefined";

/** What other languages than BuildKit's stand in. */
const SCRIPTS = new Set(["RUN", "ONBUILD"]);

/** Why a variable keeps its name, whatever the new one would be. */
export function argKeeps(model: Model, { buildArgs = [] }: Project, declaration: Declaration): string | undefined {
  const name = declaration.name.text;
  if (declaration.kind === "env") return `Programs read ${name} from the environment of the image by this name.`;
  const meaning = predefinedMeaning(name);
  if (meaning) return `BuildKit gives ${name} its value by this name: ${meaning}.`;
  const outside = buildArgs.find((each) => each.name === name);
  if (outside) return `${outside.file} sets the build argument ${name} by its name.`;
  const names = namesOf(model);
  const occurrences = names.occurrences({ kind: "variable", declaration });
  const lineOf = lines(model);
  if (!occurrences.some(({ role }) => role === "read"))
    return `Nothing in this file reads ${name}: a program that RUN starts may do so, by this name.`;
  const unsure = occurrences.find(({ how }) => how === "unsure");
  if (unsure && unsure.span.end - unsure.span.start !== name.length)
    return `Line ${lineOf(unsure.span.start)} breaks ${name} over lines.`;
  if (unsure)
    return `Whether the script in line ${lineOf(unsure.span.start)} reads this ${name} or sets its own is not sure.`;
  const hidden = hiddenEnv(
    names,
    occurrences.flatMap(({ subject }) => (subject.kind === "variable" ? subject.declaration : [])),
  );
  if (hidden)
    return `The ENV in line ${lineOf(hidden.name.span.start)} gives ${name} a value too, which this ARG may hide.`;
  const unseen = unseenMention(model, names, name);
  return unseen === undefined
    ? undefined
    : `Line ${lineOf(unseen)} names ${name} in a way that Ballast does not follow.`;
}

/** Why an ARG cannot have a new name. */
export function argRefuses(model: Model, newName: string): string | undefined {
  if (!isVariableName(newName)) return "A variable's name has letters, digits and _, and does not begin with a digit.";
  const meaning = predefinedMeaning(newName);
  if (meaning) return `BuildKit gives ${newName} a meaning of its own: ${meaning}.`;
  const names = namesOf(model);
  for (const instruction of names.instructionsWith(newName)) {
    const declared = names.variables.declarations.of(instruction).some(({ name }) => name.text === newName);
    const used = mentionsOf(model.syntax.text, newName, instruction.span.start, instruction.span.end).find(
      ({ dollar, set }) => dollar || set || declared,
    );
    if (used) return `${newName} is in use in line ${lines(model)(used.offset)}.`;
  }
  return undefined;
}

/** An ENV of the same name that an ARG stands behind: which of them counts depends on the build. */
function hiddenEnv(names: Names, declarations: readonly Declaration[]): Declaration | undefined {
  for (const { stage, name } of new Set(declarations)) {
    const before = stage && names.variables.declarations.before(name.text, stage, name.span.start);
    if (before?.kind === "env") return before;
  }
  return undefined;
}

/** A place in a script that the ARG reaches where its name may be meant: an inner script, an environment's table. */
function unseenMention({ syntax }: Model, names: Names, name: string): number | undefined {
  for (const instruction of names.instructionsWith(name)) {
    if (!SCRIPTS.has(instruction.keyword) || !reaches(names, instruction, name)) continue;
    const seen = new Set(
      names.variables.readsIn(instruction, names.placeOf(instruction)).map(({ span }) => span.start),
    );
    const { start, end } = instruction.span;
    const unseen = mentionsOf(syntax.text, name, start, end).find(
      ({ offset, dollar, alone }) => (dollar || alone) && !seen.has(offset),
    );
    if (unseen) return unseen.offset;
  }
  return undefined;
}

function reaches(names: Names, instruction: Instruction, name: string): boolean {
  const { stage } = names.placeOf(instruction);
  return (
    stage !== undefined && names.variables.declarations.before(name, stage, instruction.span.start)?.kind === "arg"
  );
}

function lines({ syntax }: Model): (offset: number) => number {
  const index = new LineIndex(syntax.text);
  return (offset) => index.lineAt(offset) + 1;
}
