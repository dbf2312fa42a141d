import { isPackageUser, isSystemGroup } from "../../catalog/users";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { mayMake } from "../changes/may-make";
import type { FileContext } from "../context";
import { writersOf } from "./users";

const GROUP = "/etc/group";

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
    return first >= limit && !writesGroups(context, each, limit);
  });
}

/** A copy, or a command that is none of those that make users. */
function writesGroups(context: FileContext, stage: Stage, limit: number): boolean {
  const copied = context.copiedAt(stage, GROUP);
  if (copied !== undefined && copied < limit) return true;
  return context
    .view(stage)
    .commands.some(
      (run) => run.stage === stage && run.at < limit && run.command.outputs.length > 0 && mayMake(run, GROUP),
    );
}
