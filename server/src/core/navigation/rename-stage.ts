import type { Model, Stage } from "../model/model";
import type { Project } from "../project/project";
import { LineIndex } from "../text/lines";
import { namesOf } from "./names";
import type { Occurrence } from "./occurrence";
import { sourceNames } from "./stages";

/** BuildKit's own rule (instructions/parse.go). A FROM finds a stage by its name in lower case alone, so nothing else is written. */
const STAGE_NAME = /^[a-z][a-z0-9_.-]*$/;
/** BuildKit's linter keeps them (ReservedStageName). */
const RESERVED = new Set(["scratch", "context"]);

/** Why a stage keeps its name, whatever the new one would be. */
export function stageKeeps(
  model: Model,
  { targets }: Project,
  stage: Stage,
  how: Occurrence["how"],
): string | undefined {
  const name = stage.name?.text;
  if (name === undefined) return "This stage has no name yet: give it one with AS.";
  if (how === "number") return `The stage is named by its number here; rename it where ${name} stands.`;
  const names = namesOf(model);
  const lower = name.toLowerCase();
  if (names.stages.called(name).length > 1) return `More than one stage is called ${name}.`;
  const outside = targets.find(({ target }) => target.toLowerCase() === lower);
  if (outside) return `${outside.file} builds the stage ${name} by its name.`;
  const lineOf = lines(model);
  const unsure =
    names.occurrences({ kind: "stage", stage }).find((each) => each.how === "unsure")?.span ??
    model.stages.slice(stage.index + 1).find((each) => mayStandOn(each, lower))?.from.span;
  if (unsure) return `Line ${lineOf(unsure.start)} may reach the stage ${name} through a variable or in quotes.`;
  const trigger = model.syntax.instructions.find(
    ({ keyword, body }) => keyword === "ONBUILD" && body.toLowerCase().includes(`from=${lower}`),
  );
  return (
    trigger && `The ONBUILD in line ${lineOf(trigger.span.start)} names the stage ${name}, or an image of that name.`
  );
}

/** `FROM base-$TARGETOS` may mean the stage `base-linux`. A variable alone whose default is an image is taken to be one. */
function mayStandOn({ base }: Stage, name: string): boolean {
  const word = base.token?.text.toLowerCase() ?? "";
  const first = word.indexOf("$");
  if (first < 0) return false;
  const last = word.lastIndexOf("$");
  const plain = /^\$\w*/.exec(word.slice(last))?.[0].length ?? 0;
  const before = word.slice(0, first);
  const after = word.slice(Math.max(word.lastIndexOf("}") + 1, last + plain));
  if (base.kind === "image" && /^\$(?:\w+|\{\w+(?::?-[^${}]*)?\})$/.test(word)) return false;
  return name.startsWith(before) && name.endsWith(after);
}

/** Why a stage cannot have a new name. */
export function stageRefuses(model: Model, stage: Stage, newName: string): string | undefined {
  if (!STAGE_NAME.test(newName))
    return "A stage's name begins with a lower-case letter and goes on with such letters, digits, - _ or .";
  if (RESERVED.has(newName)) return `BuildKit keeps the name ${newName} for itself.`;
  const lineOf = lines(model);
  const [other] = namesOf(model).stages.called(newName);
  if (other && other !== stage) return `The stage in line ${lineOf(other.from.span.start)} is called ${newName}.`;
  const image = model.stages.find(
    ({ base, index }) => index > stage.index && base.kind === "image" && base.reference.toLowerCase() === newName,
  );
  const source = model.syntax.instructions.find((each) =>
    sourceNames(each).some(({ name }) => name.toLowerCase() === newName && !other),
  );
  const user = image?.from ?? source;
  return user && `${newName} is an image in line ${lineOf(user.span.start)}, and would be this stage from then on.`;
}

function lines({ syntax }: Model): (offset: number) => number {
  const index = new LineIndex(syntax.text);
  return (offset) => index.lineAt(offset) + 1;
}
