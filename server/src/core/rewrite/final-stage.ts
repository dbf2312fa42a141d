import { imageSettings, type Setting } from "../model/image-config";
import type { Model, Stage } from "../model/model";
import type { Drop } from "./change";
import { keyword, type Style } from "./style";

/** Who runs the program in the final stage. */
export interface FinalUser {
  readonly lines: readonly string[];
  readonly drops: readonly Drop[];
  readonly assumes: readonly string[];
  /** The program stays root, so the base is the one whose user is root. */
  readonly root: boolean;
}

/** Distroless' own user (GoogleContainerTools/distroless common/variables.bzl). */
const NONROOT = "65532";
/** Names that /etc/passwd of distroless has. */
const DISTROLESS_USERS = new Set(["root", "nobody", "nonroot"]);

/** The user of the new final stage; `paths` are what it has to reach. A sentence where it cannot be told. */
export function finalUser(
  model: Model,
  stage: Stage,
  target: string,
  paths: readonly string[],
  style: Style,
): FinalUser | string {
  const settings = imageSettings(model, stage);
  const user = settings.get("USER ")?.value;
  if (user?.includes("$")) return `The user (${user}) comes from a variable, which the final stage would not have.`;
  const name = user?.split(":", 1)[0] ?? "";
  if (user === undefined || user === "") return withoutUser(target, paths, [...settings.values()]);
  const kept = `${keyword(style, "USER")} ${user}`;
  if (/^\d+(?::\d+)?$/.test(user) || (target !== "scratch" && DISTROLESS_USERS.has(name) && !user.includes(":")))
    return { lines: [kept], drops: [], assumes: [], root: name === "root" || name === "0" };
  if (name === "root")
    return {
      lines: [],
      drops: [{ key: "USER", name: "", why: "root is who runs in scratch" }],
      assumes: [],
      root: true,
    };
  return withOtherUser(user, target, style);
}

function withoutUser(target: string, paths: readonly string[], settings: readonly Setting[]): FinalUser {
  const root = (assumes: readonly string[]): FinalUser => ({ lines: [], drops: [], assumes, root: true });
  if (target === "scratch") return root([]);
  const hidden = paths.find((path) => path === "/root" || path.startsWith("/root/"));
  if (hidden)
    return root([`The program stays root: ${hidden} lies in root's own folder, which another user may not enter.`]);
  const volume = settings.find(({ key }) => key === "VOLUME");
  if (volume)
    return root([`The program stays root: another user may not be able to write to its VOLUME ${volume.name}.`]);
  const low = settings.find(({ key, name }) => key === "EXPOSE" && Number.parseInt(name, 10) < 1024);
  const port = `Port ${low?.name ?? ""} is below 1024: Docker lets that user listen there, other runtimes may not.`;
  return {
    ...root([`The program runs as user ${NONROOT} (nonroot), no longer as root.`, ...(low ? [port] : [])]),
    root: false,
  };
}

/** The author's user was made by a command of the build stage; the final image has no such name. */
function withOtherUser(user: string, target: string, style: Style): FinalUser {
  const drops: readonly Drop[] = [{ key: "USER", name: "", why: `${user} is known to the build stage alone` }];
  const assumes = [`The program runs as user ${NONROOT} in the place of ${user}, whom the final image does not know.`];
  const lines = target === "scratch" ? [`${keyword(style, "USER")} ${NONROOT}:${NONROOT}`] : [];
  return { lines, drops, assumes, root: false };
}

/** The HEALTHCHECK of a stage as a line for the final one; a sentence where it runs something that is not there. */
export function finalHealthcheck(
  model: Model,
  stage: Stage,
  program: string,
  style: Style,
): readonly string[] | string {
  const instruction = imageSettings(model, stage).get("HEALTHCHECK ")?.instruction;
  if (!instruction) return [];
  const line = `${keyword(style, "HEALTHCHECK")} ${instruction.line.text.slice(instruction.line.text.search(/\s/)).trim()}`;
  if (/^none$/i.test(instruction.body)) return [line];
  const exec = /^cmd\s+(\[.*\])$/is.exec(instruction.body)?.[1];
  const words: unknown = exec ? parseJson(exec) : undefined;
  if (Array.isArray(words) && words[0] === program) return [line];
  return "HEALTHCHECK runs something other than the program, which the final image has not; a check by the program itself, in exec form, can stay.";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
