import { posix } from "../../model/paths";
import type { AppView } from "../app";
import { copiedPackages } from "./copied";
import type { PythonImage } from "./image";
import { type Installs, installsOf } from "./installs";
import { environmentOnPath, environmentPlace, type Place, systemPlace } from "./places";
import { type OwnSources, ownSources } from "./sources";
import { type PythonStart, readStart } from "./start";

/** A program of Python, as its stage and its folder show it. */
export interface PythonProgram {
  readonly view: AppView;
  readonly image: PythonImage;
  /** Undefined where a shell starts it, or something that is no Python. */
  readonly start: PythonStart | undefined;
  readonly installs: Installs;
  /** Where the packages are that its interpreter finds. */
  readonly places: readonly Place[];
  /** The folders of the project; none where its files stand one by one in `/`. */
  readonly folders: readonly string[];
  /** The packages that installs name, with extras as `name[extra]` beside them. */
  readonly packages: ReadonlySet<string>;
  /** All packages are known by name, those that others want too. */
  readonly allPackages: boolean;
  /** All come as wheels, which bring the libraries that they need. */
  readonly wheels: boolean;
  /** Undefined where not all files were read. */
  readonly own: OwnSources | undefined;
}

/** Reads a stage; a sentence where its program cannot be moved anywhere. */
export function programOf(view: AppView, image: PythonImage): PythonProgram | string {
  const start = readStart(view);
  const own = installsOf(view, image.version);
  if (own.foreign) return own.foreign;
  const copied = copiedPackages(view, image.version);
  if (typeof copied === "string") return copied;
  const installs: Installs = {
    ...own,
    accounted: new Set([...copied.accounted, ...own.accounted]),
    list: [...copied.list, ...own.list],
    environments: new Map([...copied.environments, ...own.environments]),
  };
  const folders = projectFolders(view, start);
  if (typeof folders === "string") return folders;
  const unknown = installs.list.find(({ place }) => typeof place === "string");
  if (unknown) return unknown.place as string;
  const environment = usedEnvironment(view, start, installs);
  if (environment === "")
    return `Where ${start?.environment?.slice(0, -1)} keeps the environment of the project is not known.`;
  if (environment !== undefined && !isMade(environment, installs))
    return `What stands in the environment ${environment} is not known: no command of the file makes it or installs to it.`;
  const imagined = allPlaces(installs).find(
    ({ kind, root }) => kind === "environment" && view.holds(root) === "absent",
  );
  if (imagined)
    return `PATH names the environment ${imagined.root}, which no step makes; without it the packages stand with the interpreter.`;
  const places = start ? placesOf(installs, environment, image.version) : allPlaces(installs);
  const strange = places.find(({ root }) => /[^\w./@+-]/.test(root));
  if (strange) return `The name of ${strange.root} has characters that a shell reads in another way.`;
  const named = installs.list.flatMap(({ packages }) => packages ?? []);
  return {
    view,
    image,
    start,
    installs,
    places,
    folders,
    packages: new Set(named.flatMap(({ name, extras }) => [name, ...extras.map((extra) => `${name}[${extra}]`)])),
    allPackages: installs.list.every(({ all }) => all),
    wheels: installs.list.every(({ wheels }) => wheels),
    own: ownSources(view, folders),
  };
}

/** Folders that are the system's, or everybody's. */
const SYSTEM =
  /^\/(?:$|(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|s?bin|srv|sys|tmp|usr|var)$|usr\/(?!src\/.|app(?:\/|$)|local\/(?:src\/.|app(?:\/|$)))|(?:etc|lib\w*)\/)/;

/** The folder that the program starts in, or the one above it that was copied as one, and that of its file. */
function projectFolders(view: AppView, start: PythonStart | undefined): readonly string[] | string {
  const { workdir } = view;
  if (workdir === undefined) return "The folder in which the program starts is not known; a WORKDIR would say it.";
  const file = start?.file === undefined ? undefined : posix.join(workdir, start.file);
  const own = workdir === "/" ? [] : [workdir];
  if (workdir === "/" && file && posix.dirname(file) === "/" && view.contextFile(file) !== undefined) return [];
  const folders = file === undefined ? own : [...own, posix.dirname(file)];
  const system = folders.find((folder) => SYSTEM.test(folder));
  if (system || folders.length === 0)
    return `The program lies in ${system ?? "/"}, among what is the system's; in a folder of its own (WORKDIR /app) it can be moved.`;
  const whole = folders.map((folder) => topOf(view, folder));
  return whole.filter(
    (folder, at) => !whole.some((other, i) => (other === folder ? i < at : folder.startsWith(`${other}/`))),
  );
}

/** The highest folder around this one that a COPY of the context made. */
function topOf(view: AppView, folder: string): string {
  let top = folder;
  for (let at = posix.dirname(folder); !SYSTEM.test(at); at = posix.dirname(at)) {
    if (view.origin(at).kind === "context") top = at;
  }
  return top;
}

/** The virtual environment whose interpreter runs the program; undefined for the image's own, "" where it is not known. */
function usedEnvironment(view: AppView, start: PythonStart | undefined, installs: Installs): string | undefined {
  if (start?.environment?.endsWith(":")) {
    const tool = start.environment.slice(0, -1);
    const places = installs.list.flatMap((each) =>
      each.tool === tool && typeof each.place !== "string" ? each.place : [],
    );
    return places.length === 0 ? "" : places.at(-1)?.kind === "environment" ? places.at(-1)?.root : undefined;
  }
  if (start?.environment !== undefined) return start.environment;
  const first = environmentOnPath(view);
  return first !== undefined && isMade(first, installs) ? first : undefined;
}

function isMade(environment: string, { environments, list }: Installs): boolean {
  return (
    environments.has(environment) ||
    list.some(({ place }) => typeof place !== "string" && place.root === environment && place.kind !== "user")
  );
}

/** Every place that something is installed to: a script of the shell may call what is in any of them. */
function allPlaces({ list }: Installs): readonly Place[] {
  const all = list.flatMap(({ place }) => (typeof place === "string" ? [] : place));
  return [...new Map(all.map((place) => [place.packages, place])).values()];
}

/** The places that an interpreter looks into. */
function placesOf(installs: Installs, environment: string | undefined, version: string): readonly Place[] {
  const unique = allPlaces(installs);
  const system = systemPlace(version);
  if (environment === undefined) return unique.filter(({ kind }) => kind !== "environment");
  const seesSystem = installs.environments.get(environment)?.seesSystem === true;
  return [
    environmentPlace(environment, version),
    ...unique.filter((place) => place.kind === "target" || (seesSystem && place.packages === system.packages)),
  ];
}
