import type { BaseImage } from "../../catalog/catalog";
import type { FileContext } from "../../flow/context";
import { healthCheckOf } from "../../flow/running/health-check";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { stageNamed } from "../../model/reach";
import type { AppTarget, Part, Way } from "../../toolchains/app";
import { mendFirst } from "../mend-first";
import { makesUsers } from "../slim-stage";

/** How the program ships on a family of images; a sentence where it cannot, or where the file has to be mended first. */
export function wayTo(
  context: FileContext,
  { app, stage, start, toolchain }: ShippedApp,
  target: AppTarget,
): Way | string {
  const first = mendFirst(context);
  if (first) return first;
  if (lineage(stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "ONBUILD")))
    return "ONBUILD instructions make this image a base for others, which want the build tools.";
  if (start.instructions.some((each) => !stage.instructions.includes(each)))
    return "CMD and ENTRYPOINT stand in a stage below the one that ships; in the last stage they could be moved.";
  const other = namedInstead(context, stage);
  if (other) return other;
  const way = app.ways[target] ?? `${toolchain.title} has no such image.`;
  return typeof way === "string" ? way : (startedOtherwise(context, stage, way) ?? way);
}

/** What every slim image of a language has, of what a service may be watched by. */
const WATCHERS = new Set(["node", "python", "python3", "java", "test", "true", "cat"]);

/** A service of a compose file starts the image by another program, or watches it by one: a sentence where the new image may not have that. */
function startedOtherwise({ model, project }: FileContext, stage: Stage, { name, shell }: Way): string | undefined {
  const hasEntrypoint = imageSettings(model, stage).has("ENTRYPOINT ");
  for (const { file, name: service, command, entrypoint, check } of project.services ?? []) {
    const starts = entrypoint ?? (hasEntrypoint ? undefined : command);
    if (starts !== undefined && !shell)
      return `${file} starts \`${service}\` by ${starts}, which ${name} does not find by that name; a slim image does.`;
    if (check !== undefined && !(shell && WATCHERS.has(check)))
      return `${file} looks after the health of \`${service}\` by ${check === "sh" ? "a command of the shell" : check}, which ${name} may not have.`;
  }
  return undefined;
}

/** Files of the folder that build another stage than the last one, and never the last. */
function namedInstead({ model, project }: FileContext, stage: Stage): string | undefined {
  const named = project.targets.map(({ file, target }) => ({
    file,
    target,
    stage: stageNamed(model, { index: model.stages.length }, target),
  }));
  const [other] = named.some((each) => each.stage === stage) ? [] : named.filter((each) => each.stage !== undefined);
  return (
    other &&
    `${other.file} ships the target \`${other.target}\`, not the last stage, which alone is rewritten: at the end of the file that stage could be.`
  );
}

/** A part that the final image has at another place than the build stage. */
export function moves({ from, to }: Part): boolean {
  return from.length !== 1 || from[0] !== to;
}

/** The final stage cannot become the smaller one as it stands: something is run there, or below it, its health check may want a package, or files have to stand elsewhere. */
export function needsStage(context: FileContext, { app, stage }: ShippedApp): boolean {
  const ways = Object.values(app.ways).filter((way) => typeof way !== "string");
  return (
    stage.base.kind === "stage" ||
    stage.instructions.some((each) => each.keyword === "RUN" && !makesUsers(context, stage, each)) ||
    healthCheckOf(stage) !== undefined ||
    ways.some(({ parts, prepare }) => prepare.length > 0 || parts.some(moves))
  );
}

/** The smallest rung that leaves the language as it is: distroless, whose plan is asked for, or else slim. */
export function isPreferred(target: AppTarget, onDistroless: () => { readonly way: Way } | string): boolean {
  if (target !== "distroless" && target !== "slim") return false;
  const plan = onDistroless();
  const fits = typeof plan !== "string" && plan.way.upgrade === undefined;
  return (target === "distroless") === fits;
}

/** The image has a runtime of its language and no build tools. */
export function isSlimBase(image: BaseImage | undefined): boolean {
  const tag = image?.tag ?? "";
  return image?.role === "runtime" || (/(?:^|-)(?:slim|jre)(?:-|$)/.test(tag) && !/(?:^|-)jdk(?:-|$)/.test(tag));
}
