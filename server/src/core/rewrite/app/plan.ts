import { nothingKnown } from "../../catalog/amounts";
import { findImage, unpackedSize } from "../../catalog/catalog";
import { parseReference } from "../../catalog/reference";
import { addSizes, formatChange, type Size } from "../../catalog/size";
import { type AppRest, appRest } from "../../flow/app-rest";
import type { FileContext } from "../../flow/context";
import { within } from "../../flow/files/copies";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { lineage } from "../../model/image-config";
import { estimateImage } from "../../size/estimate";
import type { AppTarget, Way } from "../../toolchains/app";
import type { Change, Offer, Refusal } from "../change";
import { inCompose, namedTargets } from "../consequences";
import { installLines } from "../install-lines";
import { restate } from "../restate";
import { keyword, styleOf } from "../style";
import { appHealthcheck } from "./healthcheck";
import { type FinalPackages, finalPackages } from "./packages";
import { type AppCopy, type AppStage, setsVariables, splitApp } from "./stage";
import { type AppUser, appUser } from "./user";
import { isPreferred, isSlimBase, moves, wayTo } from "./way";

/** All that the rewrite needs to know. */
interface Plan {
  readonly way: Way;
  readonly final: AppStage;
  readonly size: Size;
  readonly assumes: readonly string[];
  readonly drops: Change["drops"];
}

/** A program that a runtime starts moves to a final stage of its own; a refusal where that is not safe. */
export function offerApp(
  context: FileContext,
  shipped: ShippedApp,
  recipe: string,
  target: AppTarget,
): Offer | Refusal {
  const plan = preflight(context, shipped, target);
  if (typeof plan === "string") return { kind: "refusal", recipe, target, reason: plan };
  const { way, final, size, assumes, drops } = plan;
  const before = estimateImage(context, shipped.stage);
  const sizes = formatChange(before, size);
  const upgrade = way.upgrade ? `, ${way.upgrade}` : "";
  const title = `Build in its own stage, ship on ${way.name}${upgrade}${sizes ? ` (${sizes})` : ""}`;
  const head = { recipe, target, title, safety: "review" as const, assumes, size };
  return {
    kind: "offer",
    ...head,
    preferred: isPreferred(target, () => preflight(context, shipped, "distroless")),
    change: () => ({ ...head, drops, edits: splitApp(context, shipped, way, final) }),
  };
}

/** The plan, or the sentence that says why the rewrite is not safe. */
function preflight(context: FileContext, shipped: ShippedApp, target: AppTarget): Plan | string {
  const way = wayTo(context, shipped, target);
  if (typeof way === "string") return way;
  const rest = appRest(context, shipped.stage, shipped.app);
  return typeof rest === "string" ? rest : finish(context, shipped, way, rest);
}
function finish(context: FileContext, shipped: ShippedApp, way: Way, rest: AppRest): Plan | string {
  const { app, stage } = shipped;
  const style = styleOf(context.syntax);
  const settings = restate(context.model, stage, style, (name) => app.isBuildVariable(name), way.shell);
  if (typeof settings === "string") return settings;
  const health = appHealthcheck(context, shipped, way, style);
  if (typeof health === "string") return health;
  const user = appUser(context, shipped, way, rest, style);
  if (typeof user === "string") return user;
  const packages = finalPackages(shipped, rest, way, [...health.packages, ...user.packages]);
  if (typeof packages === "string") return packages;
  const sources = sourcesWithin(context, shipped, way);
  if (sources) return sources;
  const image = way.image(user.root);
  const [stranger] = way.shell && !isOn(stage, image) ? rest.strangers : [];
  if (stranger)
    return `${stranger} comes from another image, and which libraries of ${stage.base.token?.text ?? "this one"} it uses is not known; ${way.name} may not have them.`;
  if (isSmall(context, shipped, way, image) && dropsNothing(shipped, way, rest, packages))
    return `The final stage stands on ${stage.base.token?.text ?? image} already, and holds nothing but the program.`;
  const placed = placeFiles(shipped, way, rest, user);
  if (typeof placed === "string") return placed;
  const setup = (way.setup ?? []).map((command) => `${keyword(style, "RUN")} ${command}`);
  const system = [
    ...(packages.wanted.length > 0 ? rest.mirrors.map((command) => `${keyword(style, "RUN")} ${command}`) : []),
    ...installLines(packages.manager, packages.wanted, packages.recommends, style),
    ...setup,
    ...user.makes,
  ];
  const zone = rest.zone === undefined ? [] : [`TZ=${rest.zone}`];
  const env = [...zone, ...way.env].map((each) => `${keyword(style, "ENV")} ${each}`);
  return {
    way,
    final: { image, system, ...placed, lines: [...settings.lines, ...env, ...health.lines, ...user.lines] },
    size: addSizes([baseSize(image), ...way.parts.map(({ size }) => size), ...placed.sizes]),
    assumes: [
      ...way.assumes,
      ...frozenVersion(stage),
      ...packages.assumes,
      ...(rest.zone === undefined ? [] : [`ENV TZ says the time zone (${rest.zone}) that /etc/localtime said.`]),
      ...user.assumes,
      ...afterwards(shipped, way, placed.copies),
      ...namedTargets(context, stage),
      ...inCompose(context, stage, "any", user.root),
    ],
    drops: [
      ...settings.drops,
      ...health.drops,
      ...user.drops,
      ...startDrops(shipped, way),
      ...folderDrop(shipped, way),
    ],
  };
}

/** The stage stands on that very image. */
function isOn(stage: ShippedApp["stage"], image: string): boolean {
  return (lineage(stage)[0] ?? stage).base.token?.text === image;
}

/** A program of another language is built in a folder that comes along whole, with its sources. */
function sourcesWithin(context: FileContext, { stage, toolchain }: ShippedApp, { parts }: Way): string | undefined {
  const { run } =
    context
      .builds(stage)
      .find((build) =>
        parts.some(({ from }) => from.some((path) => within(path, build.run.folder ?? "") !== undefined)),
      ) ?? {};
  return (
    run &&
    `\`${run.program}\` builds a program in the folder of the ${toolchain.title} program, and its sources would ship too; in a stage of its own they would not.`
  );
}

/** The stage stands on an image of that family already: the very one, or another slim one of its language. */
function isSmall(context: FileContext, { stage }: ShippedApp, way: Way, image: string): boolean {
  const base = context.image(stage);
  return isOn(stage, image) || base?.role === "distroless" || (way.shell && isSlimBase(base));
}

/** A stage behind it would leave out nothing: nothing is built or pruned in it, and each package is wanted there too. */
function dropsNothing(
  { app }: ShippedApp,
  { prepare }: Way,
  { installs }: AppRest,
  { wanted }: FinalPackages,
): boolean {
  if (app.build || prepare.length > 0) return false;
  return installs.every(({ packages }) => packages.every((name) => wanted.includes(name)));
}

/** The COPY lines: the parts, what else comes along, and the folders that the program writes to. */
function placeFiles(
  { app, view }: ShippedApp,
  way: Way,
  rest: AppRest,
  user: AppUser,
): (Pick<AppStage, "copies" | "made"> & { readonly sizes: readonly Size[] }) | string {
  const owner = user.owns ? user.owner : undefined;
  // Another user than the build's has to read what only its owner may.
  const isGuarded = rest.guarded && !way.shell;
  const writes = user.root || way.writes === "anywhere" ? [] : way.writes;
  const inProject = (path: string) => app.folders.some((folder) => within(folder, path) !== undefined);
  // The folder itself is written to, so it is the user's.
  const parts = withoutNested(way.parts).map(({ from, to }): AppCopy => {
    const target = to.replace(/(?<=.)\/$/, "");
    const isWritten =
      user.owner !== undefined && !way.shell && writes.some((path) => within(path, target) !== undefined);
    return { from, to, owner: isWritten ? user.owner : inProject(target) || isGuarded ? owner : undefined };
  });
  const given = (path: string) =>
    parts.some((part) => part.owner !== undefined && within(part.to.replace(/(?<=.)\/$/, ""), path) !== undefined);
  const folders = [...new Set([...rest.folders, ...(way.shell ? [] : writes)])]
    .filter((path) => !given(path) && !rest.brought.some((each) => within(each, path) !== undefined))
    .sort();
  const holds = (path: string) =>
    [...parts.map(({ to }) => to), ...rest.brought].some((each) => within(path, each) !== undefined);
  // COPY makes the folders above what it brings.
  const outer = folders.filter(
    (path) => !holds(path) && !folders.some((other) => other !== path && within(other, path) !== undefined),
  );
  const brought = rest.brought.filter(
    (path) => !way.parts.some((part) => !moves(part) && within(part.to, path) !== undefined),
  );
  const strange = [...brought, ...outer].find((path) => /[*?[\]\\$\s]/.test(path));
  if (strange) return `The name of ${strange} has characters that COPY reads in another way.`;
  const made = outer.filter((path) => view.holds(path) !== "there");
  return {
    copies: [
      ...parts,
      ...brought.map((path) => ({ from: [path], to: path, owner: rest.owned || isGuarded ? user.owner : undefined })),
      ...outer.map((path) => ({ from: [path], to: path, owner: user.owner })),
    ],
    made,
    sizes: brought.map((path) => view.bytesOf(path)),
  };
}

/** What lies in another part that keeps its place comes along with that. */
function withoutNested(parts: Way["parts"]): Way["parts"] {
  return parts.filter(
    (part) =>
      moves(part) ||
      !parts.some((other) => other.to !== part.to && !moves(other) && within(other.to, part.to) !== undefined),
  );
}

/** An ARG says which image the build stands on: the final stage is written for the value that it has in the file. */
function frozenVersion(stage: ShippedApp["stage"]): readonly string[] {
  const { base } = lineage(stage)[0] ?? stage;
  const written = base.token?.text ?? "";
  return base.kind === "image" && written.includes("$")
    ? [
        `The build stands on ${written}, taken to be ${base.reference}: with another \`--build-arg\` the final image has to change too.`,
      ]
    : [];
}

function baseSize(image: string): Size {
  const reference = parseReference(image);
  const row = reference && findImage(reference);
  return (row && unpackedSize(row)) ?? nothingKnown();
}

function afterwards(shipped: ShippedApp, way: Way, copies: readonly AppCopy[]): readonly string[] {
  const { start, stage } = shipped;
  const given = copies.filter(({ owner }) => owner !== undefined).map(({ to }) => to);
  return [
    ...(given.length > 0 ? [`The program's user may write to ${given.join(", ")}, as it may now.`] : []),
    ...(start.shellForm && way.start
      ? [`${start.shellForm.keyword} becomes exec form: the program itself, not a shell, gets the signals.`]
      : []),
    ...setsVariables(shipped, way),
    ...(stage.name
      ? [`\`--target ${stage.name.text}\` builds the build stage from now on; the last stage is what ships.`]
      : []),
    ...(way.shell
      ? []
      : ["There is no shell in the final image; `docker debug` or the image's tag :debug brings one."]),
  ];
}

function startDrops({ start }: ShippedApp, { start: written, name }: Way): Change["drops"] {
  if (!written) return [];
  return start.instructions.map(({ keyword }) => ({
    key: keyword as "CMD" | "ENTRYPOINT",
    name: "",
    why: `it is written as ${name} starts a program`,
  }));
}

function folderDrop({ workdir }: ShippedApp, way: Way): Change["drops"] {
  if (way.workdir === undefined || way.workdir === workdir) return [];
  return [{ key: "WORKDIR", name: "", why: `the program starts in ${way.workdir}, where the package manager took it` }];
}
