import type { Stage } from "../model/model";
import { bodySpan, flagOf, type Instruction } from "../syntax/instruction";
import type { RewriteEdit } from "./change";

/** The user of the final image that takes the place of one that the final stage makes for itself. */
export interface OwnUser {
  /** The author's: by that name USER and `--chown` know it. */
  readonly name: string;
  /** As USER names the other one, and as files are given to it. */
  readonly instead: string;
  readonly owner: string;
}

/** The edits of a line that names the user. */
export function namesOther({ name, instead, owner }: OwnUser, instruction: Instruction): readonly RewriteEdit[] {
  if (instruction.keyword === "USER") {
    const { body } = instruction;
    const edit = { kind: "changes-user", note: `runs as ${instead}`, text: instead } as const;
    return nameIn(body) === name ? [{ ...edit, span: bodySpan(instruction, 0, body.length) }] : [];
  }
  const flag = flagOf(instruction, "chown");
  if (!flag || nameIn(flag.value ?? "") !== name) return [];
  const span = { start: flag.span.start + "--chown=".length, end: flag.span.end };
  return [{ kind: "changes-user", note: `gives files to ${owner}`, span, text: owner }];
}

/** A COPY or an ADD gives files to that user, and to no group of another name. */
export function ownsBy({ name }: OwnUser, owner: string): boolean {
  const [user, group = user] = owner.split(":", 2);
  return user === name && group === name;
}

/** An ARG of the stage that only lines name which are left out. */
export function isUnused(stage: Stage, arg: Instruction, left: ReadonlySet<Instruction>): boolean {
  const name = /^[A-Za-z_]\w*/.exec(arg.body)?.[0];
  const others = stage.instructions.filter((each) => each !== arg && !left.has(each));
  return name !== undefined && !/\s/.test(arg.body) && !others.some(({ line }) => line.text.includes(name));
}

function nameIn(owner: string): string {
  return owner.split(":", 1)[0] ?? "";
}
