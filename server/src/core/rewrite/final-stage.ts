import { imageSettings, type Setting } from "../model/image-config";
import type { Model, Stage } from "../model/model";
import type { Drop } from "./change";
import type { OwnUser } from "./own-user";
import { keyword, type Style } from "./style";

/** Who runs the program in the final stage. */
export interface FinalUser {
  readonly lines: readonly string[];
  readonly drops: readonly Drop[];
  readonly assumes: readonly string[];
  /** The program stays root, so the base is the one whose user is root. */
  readonly root: boolean;
  /** The author's user, whose place another one takes; undefined where that stays. */
  readonly replaces?: OwnUser | undefined;
  /** For `COPY --chown`: who runs the program, where that is not root. */
  readonly owner: string | undefined;
}

/** Distroless' own user (GoogleContainerTools/distroless common/variables.bzl). */
const NONROOT = "65532";
const OWNER = `${NONROOT}:${NONROOT}`;
/** Names that /etc/passwd of distroless has, with their numbers. */
const DISTROLESS_USERS: Readonly<Record<string, string>> = { root: "0:0", nobody: "65534:65534", nonroot: OWNER };

/** What the program asks of its user. */
export interface UserNeeds {
  /** What it has to reach. */
  readonly paths: readonly string[];
  /** Why only root can do what it does, for a sentence. */
  readonly root: string | undefined;
  /** Who uses the folder of the user. */
  readonly home: string | undefined;
}

/** The user of the new final stage. A sentence where it cannot be told, or could not do what the program does. */
export function finalUser(
  model: Model,
  stage: Stage,
  target: string,
  needs: UserNeeds,
  style: Style,
): FinalUser | string {
  const settings = imageSettings(model, stage);
  const user = settings.get("USER ")?.value;
  if (user?.includes("$")) return `The user (${user}) comes from a variable, which the final stage would not have.`;
  const [name = "", group] = (user ?? "").split(":", 2);
  if (user === undefined || user === "") return withoutUser(target, needs, [...settings.values()]);
  const isRoot = name === "root" || name === "0";
  if (needs.root && !isRoot) return `The program stays as it is: ${needs.root}, and it runs as ${user}.`;
  const kept = `${keyword(style, "USER")} ${user}`;
  if (/^\d+(?::\d+)?$/.test(user) && needs.home && !isRoot && name !== NONROOT)
    return `The program keeps files in its user's folder (${needs.home}), and user ${name} has none in the final image.`;
  if (/^\d+(?::\d+)?$/.test(user) || (isKnown(name, target) && group === undefined)) {
    const owner = isRoot ? undefined : (DISTROLESS_USERS[name] ?? `${name}:${group ?? name}`);
    return { lines: [kept], drops: [], assumes: [], root: isRoot, owner };
  }
  if (name === "root")
    return {
      lines: [],
      drops: [{ key: "USER", name: "", why: "root is who runs in scratch" }],
      assumes: [],
      root: true,
      owner: undefined,
    };
  return withOtherUser(user, target, style);
}

/** /etc/passwd of the final image has the name: scratch has none, and a system has not that of distroless. */
function isKnown(name: string, target: string): boolean {
  return target !== "scratch" && name in DISTROLESS_USERS && !(target === "slim" && name === "nonroot");
}

function withoutUser(target: string, needs: UserNeeds, settings: readonly Setting[]): FinalUser {
  const root = (...assumes: readonly string[]): FinalUser => ({
    lines: [],
    drops: [],
    assumes,
    root: true,
    owner: undefined,
  });
  if (target === "scratch" || target === "slim") return root();
  if (needs.root) return root(`The program stays root: ${needs.root}.`);
  const hidden = needs.paths.find((path) => path === "/root" || path.startsWith("/root/"));
  if (hidden)
    return root(`The program stays root: ${hidden} lies in root's own folder, which another user may not enter.`);
  const volume = settings.find(({ key }) => key === "VOLUME");
  if (volume)
    return root(`The program stays root: another user may not be able to write to its VOLUME ${volume.name}.`);
  const low = settings.find(({ key, name }) => key === "EXPOSE" && Number.parseInt(name, 10) < 1024);
  const port = `Port ${low?.name ?? ""} is below 1024: Docker lets that user listen there, other runtimes may not.`;
  const assumes = [`The program runs as user ${NONROOT} (nonroot), no longer as root.`, ...(low ? [port] : [])];
  return { lines: [], drops: [], assumes, root: false, owner: OWNER };
}

/** The author's user was made by a command of the build stage; the final image has no such name. */
function withOtherUser(user: string, target: string, style: Style): FinalUser {
  const drops: readonly Drop[] = [{ key: "USER", name: "", why: `${user} is known to the build stage alone` }];
  const assumes = [`The program runs as user ${NONROOT} in the place of ${user}, whom the final image does not know.`];
  const lines = target === "scratch" || target === "slim" ? [`${keyword(style, "USER")} ${OWNER}`] : [];
  const [name = ""] = user.split(":", 1);
  const replaces = { name, instead: target === "distroless" ? "nonroot" : OWNER, owner: OWNER };
  return { lines, drops, assumes, root: false, replaces, owner: OWNER };
}
