import { isPackageUser, isSystemGroup } from "../../catalog/users";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { rememberedBeside } from "../../text/remembered";
import { mayMake } from "../changes/may-make";
import type { FileContext } from "../context";
import { writersOf } from "./users";

const GROUP = "/etc/group";
/** What may write this one, too, counts among those who make users. */
const PASSWD = "/etc/passwd";

/**
 * A stage surely has no group by that name when its instruction `before` begins: no step may have made it, and it is none of a
 * system. Of base images the users are written down; a group has the name of its user, or is the system's.
 */
export function lacksGroup(context: FileContext, stage: Stage, name: string, before: number): boolean {
  const isEmpty = lineage(stage)[0]?.base.kind === "scratch";
  if (!isEmpty && (isSystemGroup(name) || isPackageUser(name))) return false;
  if (context.base(stage).user(name) !== "absent") return false;
  return lineage(stage).every((each) => {
    const limit = each === stage ? before : each.instructions.length;
    const { named, anybody, installs, packages } = writersOf(context, each);
    const first = Math.min(named.get(name)?.at ?? Number.POSITIVE_INFINITY, anybody, installs.at, packages);
    return Math.min(first, firstGroups(each, context)) >= limit;
  });
}

/** The place of the first copy of a stage that may bring groups, or command that writes them and is none for users. */
const firstGroups = rememberedBeside((stage: Stage, context: FileContext): number => {
  const written = context
    .ownCommands(stage)
    .find((run) => mayMake(run, GROUP) && (run.command.outputs.length > 0 || !mayMake(run, PASSWD)));
  return Math.min(...[context.copiedAt(stage, GROUP), written?.at].map((at) => at ?? Number.POSITIVE_INFINITY));
});
