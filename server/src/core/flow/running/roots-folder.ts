import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import { flagOf } from "../../syntax/instruction";
import type { FileContext } from "../context";
import { type Copy, copiesOf, within } from "../files/copies";

/**
 * A folder of a stage that ships on nothing, or on distroless, is root's, and nobody else may write to it: it is the root
 * itself, WORKDIR made it, or a COPY of a folder that a `mkdir` of root's made. A COPY from a stage keeps owner and mode.
 */
export function isSurelyRoots(context: FileContext, stage: Stage, folder: string): boolean {
  const stages = lineage(stage);
  const image = context.image(stage);
  if (stages[0]?.base.kind !== "scratch" && image?.role !== "distroless") return false;
  if (folder !== "/" && context.base(stage).path(folder) !== "absent") return false;
  return stages.every((each) =>
    copiesOf(each, context.syntax.escape).every((copy) => {
      // What stands below it leaves it as it is; where nothing made it before, it is root's.
      if (copy.target !== undefined && within(copy.target, folder) === undefined) return true;
      if (copy.target === undefined || !copy.sources) return false;
      return copy.sources.every((source) => keepsRoots(context, each, copy, source, folder));
    }),
  );
}

/** What a source of a COPY brings to a folder, or above it, is root's alone. */
function keepsRoots(context: FileContext, stage: Stage, copy: Copy, source: string, folder: string): boolean {
  const { target = "/", from, instruction } = copy;
  const builder = from === undefined ? undefined : stageNamed(context.model, stage, from);
  if (!builder || flagOf(instruction, "chown") || flagOf(instruction, "chmod") || /[*?[]/.test(source)) return false;
  const origin = posix.join("/", source);
  const found = context.presence(builder, origin);
  // A program that comes to stand in the folder, which COPY makes as root where it was not there.
  if (found.kind === "there" && found.made !== undefined) return true;
  return isTame(context, builder) && mkdirs(context, builder, posix.join(origin, within(target, folder) ?? ""));
}

/** They make files of root's that nobody else may write to, as long as root runs them with the usual umask. */
const TAME = new Set(
  "go mkdir cd echo apt-get apt apk true set export git curl npm cargo rm cp touch gcc g++ cc strip".split(" "),
);

function isTame(context: FileContext, builder: Stage): boolean {
  return (
    lineage(builder).every((each) =>
      each.instructions.every(
        ({ keyword, flags }) =>
          keyword !== "USER" && keyword !== "ADD" && !flags.some(({ name }) => name === "chown" || name === "chmod"),
      ),
    ) &&
    context.image(builder) !== undefined &&
    context.view(builder).commands.every(({ program = "" }) => TAME.has(program))
  );
}

function mkdirs(context: FileContext, builder: Stage, path: string): boolean {
  return context
    .view(builder)
    .commands.some(
      ({ program, args, folder, command }) =>
        program === "mkdir" &&
        command.always &&
        args.every(({ value }) => value !== undefined && (value === "-p" || !value.startsWith("-"))) &&
        args.some(({ value = "" }) => folder !== undefined && within(path, posix.join(folder, value)) !== undefined),
    );
}

const GIVES = /^(?:chown|chgrp|chmod|install|setfacl|useradd|adduser|umask)$/;

/** A stage may have given folders to another user, or opened them to everybody: a COPY from it keeps that. */
export function mayGiveAway(context: FileContext, builder: Stage): boolean {
  return (
    lineage(builder).some(({ instructions }) =>
      instructions.some(
        ({ keyword, flags }) => keyword === "USER" || flags.some(({ name }) => name === "chown" || name === "chmod"),
      ),
    ) ||
    context
      .view(builder)
      .commands.some(
        ({ program = "chown", args }) =>
          GIVES.test(program) ||
          (program === "mkdir" && args.some(({ value }) => /^-(?:\w*m|-mode)/.test(value ?? "-m"))),
      )
  );
}
