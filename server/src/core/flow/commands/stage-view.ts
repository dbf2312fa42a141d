import type { BaseImage } from "../../catalog/catalog";
import { imageSettings, lineage } from "../../model/image-config";
import type { Model, Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { hasFolder, type Project } from "../../project/project";
import type { CopiedFile, Origin, RunCommand, StageView } from "../../toolchains/toolchain";
import { type Copy, copiesOf, originOf, within } from "../files/copies";
import { mountedFile } from "../files/mounted";
import { isSystemRoot } from "../files/system-paths";
import { commandsByRun } from "./commands";
import { followMakes } from "./make";

/** What toolchains and recipes ask about a stage: its commands, and where its files come from. */
export function viewStage(
  model: Model,
  stage: Stage,
  project: Project,
  image: BaseImage | undefined,
  commands: readonly RunCommand[],
): StageView {
  const copies = copiesBelow(model, stage);
  const view: StageView = {
    stage,
    project,
    commands,
    baseName: image?.name,
    baseVersion: image?.languageVersion,
    baseRelease: image?.distroRelease,
    baseLibc: image?.libc,
    baseGlibc: image?.glibc,
    workdir: stage.scope.workdir(stage.instructions.length),
    env: (name) => imageSettings(model, stage).get(`ENV ${name}`)?.value,
    origin: (path, before) => {
      const mounted = before && mountedFile(before, path);
      return mounted === undefined
        ? origin(copies(), path, before ?? { stage, at: stage.instructions.length }, project)
        : { kind: "context", path: mounted };
    },
    isFolder: (path, before) => isFolder(path, before, view, copies()),
    copiedInto: (folder, before) => copiedInto(copies(), folder, before, project),
  };
  return view;
}

/** The commands of a stage's own RUN instructions, with what a `make` among them runs. */
export function ownCommands({ syntax }: Model, stage: Stage, project: Project): readonly RunCommand[] {
  const copies = copiesBelow({ syntax }, stage);
  return followMakes(commandsByRun(syntax, stage).flat(), {
    project,
    origin: (path, before) => origin(copies(), path, before, project),
  });
}

/** Only builds ask where files come from, and few stages build. */
function copiesBelow({ syntax }: Pick<Model, "syntax">, stage: Stage): () => ReadonlyMap<Stage, readonly Copy[]> {
  let known: ReadonlyMap<Stage, readonly Copy[]> | undefined;
  return () => {
    known ??= new Map(lineage(stage).map((each) => [each, copiesOf(each, syntax.escape)]));
    return known;
  };
}

function origin(
  copies: ReadonlyMap<Stage, readonly Copy[]>,
  path: string,
  before: Pick<RunCommand, "stage" | "at">,
  project: Project,
): Origin {
  let doubt = false;
  for (const stage of [...lineage(before.stage)].reverse()) {
    const limit = stage === before.stage ? before.at : stage.instructions.length;
    const found = originOf(copies.get(stage) ?? [], path, limit, project);
    if (found.kind === "context") return found;
    doubt ||= found.kind === "unknown";
  }
  return { kind: doubt ? "unknown" : "none" };
}

/** Follows the COPY lines before a command; one that copies a folder, or from elsewhere, may have brought any file. */
function copiedInto(
  copies: ReadonlyMap<Stage, readonly Copy[]>,
  folder: string,
  before: RunCommand,
  project: Project,
): readonly CopiedFile[] | undefined {
  const found: CopiedFile[] = [];
  for (const stage of lineage(before.stage)) {
    const limit = stage === before.stage ? before.at : stage.instructions.length;
    for (const { at, instruction, from, sources, target } of copies.get(stage) ?? []) {
      if (
        at >= limit ||
        (target !== undefined && within(folder, target) === undefined && within(target, folder) === undefined)
      )
        continue;
      const names = sources?.map((source) => posix.normalize(source.replace(/^\/+/, "")));
      const unseen = from !== undefined || instruction.heredocs.length > 0 || target === undefined || !names;
      if (unseen || names.some((name) => !isFileName(name, project))) return undefined;
      for (const source of names) {
        const path = target === folder ? posix.join(folder, posix.basename(source)) : target;
        if (posix.dirname(path) === folder) found.push({ path, source, instruction });
      }
    }
  }
  return found;
}

/** A path of the context that is surely a file: the folder says so, or it has an extension and no pattern. */
function isFileName(path: string, project: Project): boolean {
  return project.files?.has(path) ?? (!/[*?[]|:\/\//.test(path) && /[^/.]\.\w+$/.test(path));
}

function isFolder(
  path: string,
  before: RunCommand,
  view: StageView,
  copies: ReadonlyMap<Stage, readonly Copy[]>,
): boolean | undefined {
  if (isSystemRoot(path)) return true;
  const inside = (other: string | undefined): boolean => other === path || (other?.startsWith(`${path}/`) ?? false);
  for (const stage of lineage(before.stage)) {
    const limit = stage === before.stage ? before.at : stage.instructions.length;
    for (let at = 0; at <= limit; at++) if (inside(stage.scope.workdir(at))) return true;
    if (
      copies
        .get(stage)
        ?.some(
          (copy) =>
            copy.at < limit &&
            copy.target !== undefined &&
            inside(copy.intoFolder ? copy.target : posix.dirname(copy.target)),
        )
    )
      return true;
  }
  if (madeFolders(view, before).some(inside)) return true;
  const source = view.origin(path, before);
  if (source.kind === "unknown") return undefined;
  return source.kind === "context" && hasFolder(view.project, source.path) === true;
}

/** What `mkdir` has made before the command. */
function madeFolders(view: StageView, before: RunCommand): readonly string[] {
  return view.commands
    .slice(0, Math.max(view.commands.indexOf(before), 0))
    .filter(({ program }) => program === "mkdir")
    .flatMap(({ args, folder }) =>
      args.flatMap(({ value }) =>
        value === undefined || value.startsWith("-") ? [] : [posix.join(folder ?? "/", value)],
      ),
    );
}
