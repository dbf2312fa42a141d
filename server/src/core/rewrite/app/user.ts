import type { AppRest } from "../../flow/app-rest";
import type { FileContext } from "../../flow/context";
import { within } from "../../flow/files/copies";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings, lineage } from "../../model/image-config";
import type { Way } from "../../toolchains/app";
import { type FinalUser, finalUser } from "../final-stage";
import { keyword, type Style } from "../style";

/** Who runs the program in its final stage, and the lines that make that user. */
export interface AppUser extends FinalUser {
  readonly makes: readonly string[];
  /** Packages that have the commands of those lines. */
  readonly packages: readonly string[];
  /** The files of the program become the user's: for `COPY --chown`. */
  readonly owns: boolean;
}

/** The user of the final stage. A sentence where the program could not do there what it does. */
export function appUser(
  context: FileContext,
  { stage, workdir }: ShippedApp,
  way: Way,
  rest: AppRest,
  style: Style,
): AppUser | string {
  if (way.shell) return sameUser(context, stage, way, rest, style);
  const paths = [way.workdir ?? workdir, ...way.parts.map(({ to }) => to)];
  const holds = way.parts.some(({ to }) => within(to.replace(/(?<=.)\/$/, ""), workdir) !== undefined);
  const outside = way.writes === "anywhere" && !holds ? `it writes files, and ${workdir} is root's` : undefined;
  const user = finalUser(
    context.model,
    stage,
    "distroless",
    { paths, root: way.root ?? outside, home: undefined },
    style,
  );
  if (typeof user === "string") return user;
  return {
    ...user,
    makes: [],
    packages: [],
    owns: user.owner !== undefined && (way.writes === "anywhere" || rest.owned || rest.guarded),
  };
}

/** An image with a shell has users as the build stage has them: who ran the program goes on doing so. */
function sameUser(
  context: FileContext,
  stage: ShippedApp["stage"],
  way: Way,
  rest: AppRest,
  style: Style,
): AppUser | string {
  const user = imageSettings(context.model, stage).get("USER ")?.value ?? "";
  if (user.includes("$")) return `The user (${user}) comes from a variable, which the final stage would not have.`;
  const [name = ""] = user.split(":");
  const root = name === "" || name === "root" || name === "0";
  const lines = user === "" ? [] : [`${keyword(style, "USER")} ${user}`];
  const known = root || /^\d+$/.test(name) || isOfBase(context, stage, name);
  const makes = known ? [] : rest.users.map(({ line }) => line.text);
  if (!known && !makes.some((text) => text.includes(name)))
    return `USER ${user} is made by a command that does other things too; a RUN of its own could be said again in the final stage.`;
  const packages = lacksAdduser(context, stage, way, makes) ? ["adduser"] : [];
  return {
    lines,
    drops: [],
    assumes: [],
    root,
    owner: root ? undefined : user,
    makes,
    packages,
    owns: !root && rest.owned,
  };
}

/** Debian 13's slim images have useradd alone: apt does not bring adduser any more (tracker.debian.org, apt 2.9). */
function lacksAdduser(context: FileContext, stage: ShippedApp["stage"], way: Way, makes: readonly string[]): boolean {
  if (!makes.some((text) => /\badd(?:user|group)\b/.test(text))) return false;
  const { baseRelease, baseLibc, stage: own } = context.view(stage);
  const base = lineage(own)[0]?.base;
  const isSame = base?.kind === "image" && base.token.text === way.image(true);
  return !isSame && baseLibc !== "musl" && (baseRelease === undefined || /^(?:trixie|forky|sid)$/.test(baseRelease));
}

/** Users that the images of a language make for themselves (nodejs/docker-node: node), in their slim variants too. */
const OWN_USERS: Readonly<Record<string, string>> = { node: "node" };

function isOfBase(context: FileContext, stage: ShippedApp["stage"], name: string): boolean {
  const image = context.image(stage);
  return image?.users?.includes(name) === true || OWN_USERS[image?.name ?? ""] === name || name === "nobody";
}
