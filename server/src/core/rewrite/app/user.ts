import type { AppRest } from "../../flow/app-rest";
import type { FileContext } from "../../flow/context";
import { within } from "../../flow/files/copies";
import type { ShippedApp } from "../../flow/running/shipped-app";
import { imageSettings } from "../../model/image-config";
import type { Way } from "../../toolchains/app";
import { type FinalUser, finalUser } from "../final-stage";
import { keyword, type Style } from "../style";

/** Who runs the program in its final stage, and the lines that make that user. */
export interface AppUser extends FinalUser {
  readonly makes: readonly string[];
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
  if (way.shell) return sameUser(context, stage, rest, style);
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
  return { ...user, makes: [], owns: user.owner !== undefined && (way.writes === "anywhere" || rest.owned) };
}

/** An image with a shell has users as the build stage has them: who ran the program goes on doing so. */
function sameUser(context: FileContext, stage: ShippedApp["stage"], rest: AppRest, style: Style): AppUser | string {
  const user = imageSettings(context.model, stage).get("USER ")?.value ?? "";
  if (user.includes("$")) return `The user (${user}) comes from a variable, which the final stage would not have.`;
  const [name = ""] = user.split(":");
  const root = name === "" || name === "root" || name === "0";
  const lines = user === "" ? [] : [`${keyword(style, "USER")} ${user}`];
  const known = root || /^\d+$/.test(name) || isOfBase(context, stage, name);
  const makes = known ? [] : rest.users.map(({ line }) => line.text);
  if (!known && !makes.some((text) => text.includes(name)))
    return `USER ${user} is made by a command that does other things too; a RUN of its own could be said again in the final stage.`;
  return { lines, drops: [], assumes: [], root, owner: root ? undefined : user, makes, owns: !root && rest.owned };
}

/** Users that the images of a language make for themselves (nodejs/docker-node: node), in their slim variants too. */
const OWN_USERS: Readonly<Record<string, string>> = { node: "node" };

function isOfBase(context: FileContext, stage: ShippedApp["stage"], name: string): boolean {
  const image = context.image(stage);
  return image?.users?.includes(name) === true || OWN_USERS[image?.name ?? ""] === name || name === "nobody";
}
