import { findImage } from "../../catalog/catalog";
import { lackingPackages } from "../../catalog/image-packages";
import { parseReference } from "../../catalog/reference";
import type { AppRest } from "../../flow/app-rest";
import { isToLinkWith, systemNeeds } from "../../flow/commands/system-needs";
import { isDataPackage } from "../../flow/left-behind";
import { repositoryOf } from "../../flow/rest/package-sources";
import type { ShippedApp } from "../../flow/running/shipped-app";
import type { Way } from "../../toolchains/app";
import type { Manager } from "../install-lines";

/** What becomes of the OS packages that the author installs. */
export interface FinalPackages {
  readonly manager: Manager;
  /** Those that the final stage installs. */
  readonly wanted: readonly string[];
  /** They come with what they recommend, as the author has them. */
  readonly recommends: boolean;
  readonly assumes: readonly string[];
}

/**
 * The packages that the final stage installs, `more` for its health check and its user among them; a sentence where it cannot
 * have what the program may use.
 */
export function finalPackages(
  { app, view }: ShippedApp,
  rest: AppRest,
  way: Way,
  more: readonly string[],
): FinalPackages | string {
  const { installs } = rest;
  const needs = systemNeeds(view.baseRelease, view.commands);
  const isOwn = (name: string) => app.isOwnPackage?.(name) === true;
  const named = [...needs.runtime, ...needs.unknown].filter((name) => !isOwn(name));
  const tools = needs.tools.filter((name) => !isOwn(name));
  if (!way.shell) {
    const needed = named.filter((name) => !isDataPackage(name));
    return withoutPackages(tools, lackedBy(way, needed, view.baseRelease), way);
  }
  // Alpine's program stays on Alpine; of its packages none is known but by its name.
  const ofImage: Manager = view.baseLibc === "musl" ? "apk" : "apt";
  const [foreign] = installs.flatMap(({ manager, packages }) =>
    manager === ofImage ? [] : packages.filter((name) => !isOwn(name)),
  );
  if (foreign)
    return `${foreign} is installed by another package manager than ${ofImage}, and ${way.name} may not have it.`;
  const linked = ofImage === "apk" ? needs.unknown.find(isToLinkWith) : undefined;
  if (linked)
    return `${linked} is installed to link with, and which package of Alpine has its library alone is not known.`;
  const wanted = [...new Set([...named, ...tools, ...(way.packages ?? []), ...more])].sort();
  const strange = strangeSource(rest, way, view.baseName, wanted);
  if (strange) return strange;
  // A library that stands for its headers has nothing that it recommends; what the author names may want it.
  const asNamed = installs.filter(({ packages }) => packages.some((name) => wanted.includes(name)));
  return {
    manager: ofImage,
    wanted,
    recommends: asNamed.some(({ options }) => !options.some((option) => WITHOUT_RECOMMENDS.test(option))),
    assumes: [],
  };
}

/** Why the final stage might not find the packages that it wants, or another version of them. */
function strangeSource(
  { sources, mirrors, installs }: AppRest,
  way: Way,
  base: string | undefined,
  wanted: readonly string[],
): string | undefined {
  const [first] = wanted;
  if (first === undefined) return undefined;
  const isSameSystem = parseReference(way.image(false))?.familiar === base;
  const changed = sources ?? (isSameSystem ? undefined : mirrors[0]);
  if (changed !== undefined)
    return `\`${changed}\` changes where packages of the system come from, and the final stage, which wants ${first}, would not know; a final stage that says the same before it installs ${first} can.`;
  const special = installs.find((each) => repositoryOf(each) && each.packages.some((name) => wanted.includes(name)));
  return (
    special &&
    `${special.packages[0]} comes from a repository that is not the image's own (${repositoryOf(special)}), and the final stage would not find it.`
  );
}

const WITHOUT_RECOMMENDS = /^--no-install-recommends$|APT::Install-Recommends(?:=|\s+)"?(?:0|false|no)/i;

/** Those whose libraries the final image has not, or may not have: what is made with libffi-dev finds libffi in distroless python3. */
function lackedBy(way: Way, names: readonly string[], release: string | undefined): readonly string[] {
  const reference = parseReference(way.image(false));
  const image = reference && findImage(reference);
  return image && release !== undefined ? lackingPackages(image, release, names) : names;
}

/** An image without a package manager: what is for people and scripts may go, what a program is linked with may not. */
function withoutPackages(tools: readonly string[], named: readonly string[], { name }: Way): FinalPackages | string {
  const [first] = named;
  if (first)
    return `${first} is installed in the stage, and the program may use it at run time; ${name} has no packages, a slim image can.`;
  const left = tools.filter((tool) => !isDataPackage(tool));
  const assumes =
    left.length > 0
      ? [
          `${left.join(", ")} ${left.length > 1 ? "are" : "is"} taken to be for the build: the program starts none of them.`,
        ]
      : [];
  return { manager: "apt", wanted: [], recommends: false, assumes };
}
