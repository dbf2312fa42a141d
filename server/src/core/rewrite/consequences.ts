import type { FileContext } from "../flow/context";
import type { RunTimeFiles } from "../flow/run-time-files";
import type { ShippedProgram } from "../flow/running/shipped-program";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { type Rung, withoutShell } from "./ladder";

/** Where the program may write, as another user. */
export function whereItWrites(
  home: string | undefined,
  writable: RunTimeFiles["writable"],
  root: boolean,
): readonly string[] {
  const folders = writable.map(({ path, by }) => `${path} (${by})`).join(", ");
  return [
    ...(home && !root
      ? [`What the program keeps in its user's folder (${home}) is in /home/nonroot from now on.`]
      : []),
    ...(folders && !root
      ? [`The user may write to ${folders}; a volume that another user filled has to allow it too.`]
      : []),
  ];
}

/** Files of the folder that ask for a stage by its name go on doing so. */
export function namedTargets({ model, project }: FileContext, stage: Stage): readonly string[] {
  const isStage = (name: string, each: Stage) => each.name?.text.toLowerCase() === name.toLowerCase();
  return project.targets.flatMap(({ file, target }) => {
    if (isStage(target, stage))
      return `${file} builds the target \`${target}\`, which starts nothing from now on: without that target it builds the last stage, which ships.`;
    return model.stages.some((each) => isStage(target, each))
      ? `${file} builds the target \`${target}\`, which stays as it is.`
      : [];
  });
}

/** What compose files ask of the image beside its programs, which stand at `programs`. */
export function inCompose(
  { model, project }: FileContext,
  stage: Stage,
  programs: readonly string[] | "any",
  root: boolean,
): readonly string[] {
  const workdir = stage.scope.workdir(stage.instructions.length) ?? "/";
  const hasEntrypoint = imageSettings(model, stage).has("ENTRYPOINT ");
  // A name without a folder is looked up in PATH.
  const isProgram = (word: string) =>
    programs === "any" ||
    programs.some((path) => (word.includes("/") ? posix.join(workdir, word) === path : posix.basename(path) === word));
  return (project.services ?? []).flatMap(({ file, name, command, entrypoint, check, mounts }) => {
    const starts = entrypoint ?? (hasEntrypoint ? undefined : command);
    return [
      ...(starts && !isProgram(starts)
        ? [`${file} starts \`${name}\` by ${starts}, which the final image has not.`]
        : []),
      ...(check && !isProgram(check)
        ? [`${file} looks after the health of \`${name}\` by ${check}, which the final image has not.`]
        : []),
      ...(mounts.length > 0 && !root
        ? [
            `${file} mounts ${mounts.join(", ")} of \`${name}\` from the host, where the program's user has to be allowed to do what it does.`,
          ]
        : []),
    ];
  });
}

/** Variables that only the start has set, as `NAME=value`, and that ENV sets from now on. */
export function setByStart(keyword: string, env: readonly string[]): readonly string[] {
  const names = env.map((each) => each.split("=", 1)[0]).join(", ");
  return names ? [`ENV sets ${names}, which ${keyword} set: \`docker run -e\` can set it to something else now.`] : [];
}

/** What will be different, whatever the program. */
export function afterwards({ start, stage, env }: ShippedProgram, rung: Rung): readonly string[] {
  const shell = withoutShell(rung);
  const renamed = `\`--target ${stage.name?.text}\` builds the build stage from now on; the last stage is what ships.`;
  const named = stage.name ? [renamed, ...shell] : shell;
  if (!start.shellForm) return named;
  const { keyword } = start.shellForm;
  const args = keyword === "ENTRYPOINT" ? "the signals, and what follows the image in `docker run`" : "the signals";
  return [
    `${keyword} becomes exec form: the program itself, not a shell, gets ${args}.`,
    ...setByStart(keyword, env),
    ...named,
  ];
}
