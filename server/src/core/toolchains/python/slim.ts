import { exactly } from "../../catalog/amounts";
import { posix } from "../../model/paths";
import type { Part, Way } from "../app";
import { calledAtStart } from "../called-at-start";
import { packagesOfProgram, withCertificates } from "../system-programs";
import { compiledMisfit } from "./compiled";
import { dataParts } from "./data";
import { needsOf } from "./needs";
import { isInProject, partOf, projectParts, withoutDevelopment, withoutPip } from "./parts";
import type { Place } from "./places";
import type { PythonProgram } from "./program";
import { packagesSize } from "./size";
import { isPython, RUNNERS } from "./start";
import { slimLacks } from "./tools";

/** How a program ships on the slim image of its Python; a sentence where it cannot, or where nothing would be gained. */
export function slimWay(program: PythonProgram): Way | string {
  const { image, view, places, own } = program;
  if (image.slimTag === undefined)
    return `${image.name}:${image.tag} has no slim image of the same C library; its build packages can be removed in the RUN that installs them.`;
  const name = `${image.name}:${image.slimTag}`;
  const installsHere = program.installs.list.some(({ run }) => view.commands.includes(run));
  if (image.isSlim && !(installsHere && view.installs.some(isForBuild)))
    return `The program stands on ${name} already, the smallest image of Python ${image.version} with a shell.`;
  const tool = toolAtStart(program);
  if (tool)
    return `${tool} is called at the start, and it belongs to the build; called by its own path, the program could do without.`;
  const needs = needsOf(program.packages);
  const stop = image.isSlim ? undefined : lacks(program, name);
  if (stop) return stop;
  return {
    name,
    image: () => name,
    shell: true,
    prepare: [...withoutDevelopment(program), ...places.flatMap((place) => withoutPip(program, place))],
    parts: [
      ...places.flatMap((place) => partsOf(program, place)),
      ...projectParts(program),
      ...dataParts(program.installs.data, false, view.bytesOf),
    ],
    packages: wanted(program, [
      ...needs.flatMap(({ packages }) => packages),
      ...withCertificates(lostPrograms(program).flatMap((each) => packagesOfProgram(each) ?? [])),
    ]),
    env: [],
    start: startOf(program),
    assumes: own
      ? []
      : [
          `The folder was not seen: a program that uses tools of ${image.name}:${image.tag} (git, curl) would miss them.`,
        ],
    writes: [],
    root: undefined,
  };
}

/** What uv or poetry would start, by its place; the author's own lines do where no such tool stands before it. */
function startOf({ start, places }: PythonProgram): Way["start"] {
  const [place] = places;
  if (!start?.behind || !place) return undefined;
  const { words, fixed } = start.behind;
  const [first = "", ...rest] = words;
  const isSystem = place.kind === "system";
  const by = (name: string) => (isSystem ? name : posix.join(place.scripts, name));
  const whole = first.endsWith(".py") ? [by("python"), ...words] : [by(posix.basename(first)), ...rest];
  if (fixed === 0) return { command: whole };
  const own = whole.length - words.length + fixed;
  const command = whole.slice(own);
  return { entrypoint: whole.slice(0, own), ...(command.length > 0 && { command }) };
}

/** uv, poetry or pipenv, where what they start is not known. */
function toolAtStart({ start, view }: PythonProgram): string | undefined {
  if (start?.behind) return undefined;
  const called = [...(view.start.argv?.slice(0, 1) ?? []), ...(calledAtStart(view) ?? [])];
  return called.find((word) => RUNNERS.has(posix.basename(word)));
}

/** Compilers, files for them, and what fetches sources. */
function isForBuild(name: string): boolean {
  return /-dev$|^(?:gcc|g\+\+|clang|build-essential|make|cmake|pkg-config|git|curl|wget|rustc|cargo|python3-dev|default-jdk)$/.test(
    name,
  );
}

/** What the whole image has, and the slim one cannot be given. */
function lacks(program: PythonProgram, name: string): string | undefined {
  const { own, packages, installs, view, image } = program;
  if (installs.list.some((each) => each.packages === undefined))
    return `The list of the packages was not seen, and some may use libraries that ${image.name}:${image.tag} has and ${name} has not.`;
  const isSteered = DRIVERS.every((each) => view.installs.includes(each));
  const need = needsOf(packages).find(
    ({ packages: system, folders, byDriver }) => system.length === 0 && !folders && !(byDriver && isSteered),
  );
  if (need)
    return `${need.name} needs ${need.what}, which ${name} has not, and which package of Debian has it is not known.`;
  const compiled = compiledMisfit(view, installs.list);
  if (compiled) return compiled;
  const tool = lostPrograms(program).find((each) => !packagesOfProgram(each));
  if (tool)
    return `The program starts ${tool}, which ${name} has not; installed by name (apt-get install) it would come along.`;
  if (own && !own.programs)
    return `${own.starts}, and which one cannot be told: ${image.name}:${image.tag} may have it, and ${name} not.`;
  if (!calledAtStart(view))
    return `What the script calls that starts the program cannot be told: ${image.name}:${image.tag} may have it, and ${name} not.`;
  return undefined;
}

/** Debian's browser with what steers it. */
const DRIVERS = ["chromium", "chromium-driver"];

/** The packages of Debian that the program is known to want. */
export function packagesUsed({ own, view, packages }: PythonProgram): readonly string[] {
  const called = [...(own?.programs ?? []), ...(calledAtStart(view) ?? [])];
  return [
    ...called.flatMap((name) => packagesOfProgram(name) ?? []),
    ...needsOf(packages).flatMap((need) => need.packages),
  ];
}

/** Programs that are called by the sources or the start, that the whole image has, and the slim one has not. */
function lostPrograms({ own, view, image }: PythonProgram): readonly string[] {
  return [...(own?.programs ?? []), ...(calledAtStart(view) ?? [])].filter(
    (each) => !isPython(each) && !view.installs.includes(each) && slimLacks(image, each),
  );
}

/** Packages for the slim image: all that the whole one has, of a slim base those that a `-dev` package was installed for. */
function wanted({ image, view }: PythonProgram, packages: readonly string[]): readonly string[] {
  if (!image.isSlim) return packages;
  const stems = view.installs.flatMap((name) => (name.endsWith("-dev") ? [name.slice(0, -4)] : []));
  return packages.filter((name) => stems.some((stem) => name.startsWith(stem)));
}

function partsOf(program: PythonProgram, place: Place): readonly Part[] {
  if (isInProject(program, place.root)) return [];
  const size = packagesSize(program, place);
  if (place.kind !== "system") return [partOf(place.root, place.root, size)];
  const beside = new Set(needsOf(program.packages).flatMap(({ folders = [] }) => folders));
  return [
    partOf(place.packages, place.packages, size),
    ...[...beside].map((folder) => partOf(posix.join(place.root, folder))),
    ...scriptParts(program, place),
  ];
}

/** The script that starts the program; all of them where a shell or the program itself may call any. */
function scriptParts({ start, own, view }: PythonProgram, { scripts }: Place): readonly Part[] {
  const isAlone = !view.project.services?.some(({ command, entrypoint }) => (command ?? entrypoint) !== undefined);
  const isKnown = isAlone && start && own && own.starts === undefined && view.start.argv !== undefined;
  if (!isKnown) return [partOf(scripts, scripts, exactly(0))];
  if (start.script === undefined) return [];
  const script = posix.join(scripts, start.script);
  // A few lines each.
  return [partOf(script, script, exactly(0))];
}
