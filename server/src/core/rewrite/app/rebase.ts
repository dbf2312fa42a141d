import { formatChange } from "../../catalog/size";
import { type AppRest, appRest } from "../../flow/app-rest";
import { FileContext } from "../../flow/context";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings } from "../../model/image-config";
import { estimateImage } from "../../size/estimate";
import { applyEdits } from "../../text/edit";
import type { AppTarget, Way } from "../../toolchains/app";
import type { Change, Offer, Refusal, RewriteEdit } from "../change";
import { inCompose } from "../consequences";
import { type FinalUser, finalUser } from "../final-stage";
import { rewriteStart } from "../placement";
import { rebased } from "../slim-stage";
import { startFolder } from "../start-folder";
import { styleOf } from "../style";
import { appHealthcheck } from "./healthcheck";
import { setsVariables, startLines } from "./stage";
import { isPreferred, isSlimBase, moves, wayTo } from "./way";

interface Plan {
  readonly way: Way;
  readonly edits: readonly RewriteEdit[];
  readonly drops: Change["drops"];
  readonly assumes: readonly string[];
}

/** A final stage that only copies files changes its image and its start, and keeps its lines; a refusal where that is not safe. */
export function offerRebase(
  context: FileContext,
  shipped: ShippedApp,
  recipe: string,
  target: AppTarget,
): Offer | Refusal {
  const plan = preflight(context, shipped, target);
  if (typeof plan === "string") return { kind: "refusal", recipe, target, reason: plan };
  const { way, edits, drops, assumes } = plan;
  const after = new FileContext(applyEdits(context.text, edits), context.project);
  const size = after.model.final && estimateImage(after, after.model.final);
  const before = estimateImage(context, shipped.stage);
  const sizes = size && formatChange(before, size);
  const upgrade = way.upgrade ? `, ${way.upgrade}` : "";
  const title = `Ship on ${way.name}${upgrade}${sizes ? ` (${sizes})` : ""}`;
  const head = { recipe, target, title, safety: "review" as const, assumes, size };
  return {
    kind: "offer",
    ...head,
    preferred: isPreferred(target, () => preflight(context, shipped, "distroless")),
    change: () => ({ ...head, drops, edits }),
  };
}

function preflight(context: FileContext, shipped: ShippedApp, target: AppTarget): Plan | string {
  const { app, stage } = shipped;
  if (stage.base.kind !== "image")
    return "The final stage stands on another stage, whose files the program may use; one that stands on an image can be made smaller.";
  const way = wayTo(context, shipped, target);
  if (typeof way === "string") return way;
  if (way.prepare.length > 0 || way.env.length > 0 || way.setup || app.build)
    return "The final stage builds or installs the program itself; a build stage of its own comes first.";
  if (way.workdir !== undefined && way.workdir !== shipped.workdir)
    return `The program starts in ${way.workdir}, and WORKDIR says otherwise; started there it could move.`;
  const moved = way.parts.find(moves);
  if (moved)
    return `${moved.from.join(", ")} would have to stand at ${moved.to}, and the COPY lines of the stage say otherwise.`;
  const rest = appRest(context, stage, app, true);
  if (typeof rest === "string") return rest;
  const [stranger] = way.shell ? rest.strangers : [];
  if (stranger)
    return `${stranger} comes from another image, and which libraries of ${stage.base.token.text} it uses is not known; ${way.name} may not have them.`;
  if (rest.zone !== undefined)
    return "The time zone is set by a link among the system's files; ENV TZ would say it on any image.";
  const style = styleOf(context.syntax);
  const health = appHealthcheck(context, shipped, way, style);
  if (typeof health === "string") return health;
  if (health.drops.length > 0)
    return `HEALTHCHECK starts its program as ${way.name} does not find it; it can stay as ${health.lines[0]}`;
  if (health.packages.length > 0)
    return `HEALTHCHECK runs ${health.packages.join(" and ")}, which ${way.name} may not have; in a stage of its own that could be installed.`;
  const user = userOf(context, shipped, way, rest);
  if (typeof user === "string") return user;
  const image = way.image(user.root);
  const written = stage.base.token?.text ?? "";
  if ([image, way.image(true)].includes(written) || (way.shell && isSmaller(context, shipped, written)))
    return `The final stage stands on ${written} already, and holds nothing but the program.`;
  const startsIn = startFolder(image);
  const base = rebased(context, stage, { image, startsIn, sameUsers: way.shell, user: user.replaces });
  if (typeof base === "string") return base;
  const lines = [...startLines(shipped, way, style)];
  const why = `it is written as ${way.name} starts a program`;
  return {
    way,
    edits: [...base, ...lines.map(([instruction, text]) => rewriteStart(context.syntax, instruction, text, style))],
    drops: [...user.drops, ...lines.map(([{ keyword }]) => ({ key: keyword as "CMD" | "ENTRYPOINT", name: "", why }))],
    assumes: [
      ...way.assumes,
      ...user.assumes,
      ...setsVariables(shipped, way),
      ...inCompose(context, stage, "any", user.root),
    ],
  };
}

/** The stage stands on a slim image of its language, or on the very distroless one that it could have. */
function isSmaller(context: FileContext, { app, stage }: ShippedApp, written: string): boolean {
  const { distroless } = app.ways;
  if (typeof distroless === "object" && written.startsWith(distroless.image(true))) return true;
  return isSlimBase(context.image(stage));
}

/** The stage keeps its USER, or has that of distroless in its place; where it has none, that of the image is root if the program has to be. */
function userOf(
  { model, syntax }: FileContext,
  { stage, workdir }: ShippedApp,
  way: Way,
  rest: AppRest,
): Pick<FinalUser, "root" | "assumes" | "drops" | "replaces"> | string {
  if (way.shell) return { root: true, assumes: [], drops: [] };
  const named = imageSettings(model, stage).get("USER ")?.value ?? "";
  // Whom the author names did without root, and each line that gives files to him does so still.
  const isRoots = named === "" || /^(?:root|0)(?::|$)/.test(named);
  const writes = way.writes === "anywhere" || way.writes.length > 0;
  const asks =
    way.root ??
    (writes ? "it writes files, in folders that are root's" : undefined) ??
    (rest.guarded && named === "" ? "some of its files may be read by root alone" : undefined);
  const root = isRoots ? asks : undefined;
  const paths = [workdir, ...way.parts.map(({ to }) => to)];
  return finalUser(model, stage, "distroless", { paths, root, home: undefined }, styleOf(syntax));
}
