import { posix } from "../../model/paths";
import { LOADS, readPythonSource, STARTS } from "../../project/python";
import type { Way } from "../app";
import { compiledMisfit } from "./compiled";
import { dataParts } from "./data";
import { needsOf, starterOf } from "./needs";
import { apartFromPoetry, isInProject, partOf, projectParts, withoutDevelopment, withoutPip } from "./parts";
import type { Place } from "./places";
import type { PythonProgram } from "./program";
import { packagesSize } from "./size";

/** What distroless python3-debian13 has: Debian's Python 3.13 at /usr/bin, on Debian 13 (catalog/distroless). */
const VERSION = "3.13";
const NEWEST_GLIBC = 2.41;
const INTERPRETER = "/usr/bin/python3.13";
/** Debian's Python looks there by itself (site.py of its package), and reads files of paths there. */
const PACKAGES = "/usr/local/lib/python3.13/dist-packages";
/** Where packages of the project's own environment are put, so that they are not in the image twice. */
const MOVED = "/packages";

/** Kinds of places that an interpreter of the system looks into no longer: another one, another user. */
const MOVES: ReadonlySet<Place["kind"]> = new Set(["environment", "user"]);

/** How a program ships on distroless; a sentence where it cannot. */
export function distrolessWay(program: PythonProgram): Way | string {
  const stop = misfit(program) ?? startMisfit(program) ?? sourcesMisfit(program) ?? packagesMisfit(program);
  if (stop) return stop;
  const { start, own } = program;
  if (!start || typeof start.words === "string" || !own) return UNSEEN;
  const apart = apartFromPoetry(program);
  const places = apart ? [apart.place] : program.places;
  const inside = places.filter((place) => isInProject(program, place.packages) && MOVES.has(place.kind));
  const outside = places.filter((place) => !isInProject(program, place.packages));
  const [moved] = inside;
  return {
    name: "distroless python3",
    image: (root) => `gcr.io/distroless/python3-debian13${root ? "" : ":nonroot"}`,
    shell: false,
    runtime: { names: ["python", "python3", "python3.13"], path: INTERPRETER },
    prepare: [
      ...(apart ? [apart.command] : withoutDevelopment(program)),
      ...places.flatMap((place) => withoutPip(program, place)),
      ...(moved ? [`mv ${moved.packages} ${MOVED} && rm -rf ${moved.root}`] : []),
    ],
    parts: [
      ...outside.map((place) =>
        partOf(place.packages, place.kind === "target" ? place.packages : PACKAGES, packagesSize(program, place)),
      ),
      ...(moved ? [partOf(MOVED, PACKAGES, packagesSize(program, program.places[0] ?? moved))] : []),
      ...projectParts(
        program,
        places.filter((place) => place !== moved),
      ),
      ...dataParts(program.installs.data, true, program.view.bytesOf),
    ],
    packages: [],
    env: start.env,
    start: startOf(start.words, start.fixed),
    assumes: assumptions(program),
    writes: start.words.some((word, at, words) => namesOutput(word, words[at + 1])) ? "anywhere" : own.writes,
    root: own.root,
  };
}

/** Options of servers for a file that they write, `-` being the terminal; beat of celery keeps its schedule in its folder. */
function namesOutput(word: string, next = ""): boolean {
  const [option = "", value = next] = word.startsWith("--") ? word.split("=", 2) : [word];
  if (/^(?:beat|-B|--beat)$/.test(option)) return true;
  return (
    /^(?:--pid(?:-?file)?|--schedule|--log-?file|--access-logfile|--error-logfile)$/.test(option) && !OPEN.test(value)
  );
}

/** The terminal, and folders that every image gives to all. */
const OPEN = /^-?$|^\/(?:tmp|dev|proc)\//;

function startOf(words: readonly string[], fixed: number): Way["start"] {
  if (fixed === 0) return { command: words };
  const rest = words.slice(fixed);
  return {
    entrypoint: [INTERPRETER, ...words.slice(0, fixed)],
    ...(rest.length > 0 && { command: rest }),
  };
}

const UNSEEN =
  "What the program starts, reads and writes cannot be told without its folder, or its files are too many to be read; a slim image has all that a Python program usually wants.";

/** The image has another Python, or another C library. */
function misfit({ image, view }: PythonProgram): string | undefined {
  if (image.version !== VERSION)
    return `distroless has Python ${VERSION} alone, and the program is built for ${image.version}: ${slimName(image.slimTag)} is the smallest image that has it.`;
  if (view.baseLibc !== "glibc")
    return `The packages are built for the C library of ${image.name}:${image.tag}, which distroless has not.`;
  if (Number(view.baseGlibc ?? "9") > NEWEST_GLIBC)
    return `The packages are built with glibc ${view.baseGlibc ?? "of an unknown version"}, and distroless python3 has ${NEWEST_GLIBC}.`;
  return undefined;
}

function slimName(tag: string | undefined): string {
  return tag === undefined ? "a slim image" : `python:${tag}`;
}

function startMisfit({ view, start, folders }: PythonProgram): string | undefined {
  const { argv, why } = view.start;
  if (!argv && !start) return why ?? "How the program is started cannot be told.";
  const [first = ""] = argv ?? [];
  const set = ["LD_PRELOAD", "LD_LIBRARY_PATH", "PYTHONHOME"].find((name) => view.env(name) !== undefined);
  if (set)
    return `ENV ${set} names files of the build stage's system, which distroless may not have; a slim image has.`;
  if (/\.(?:sh|bash)$|entrypoint[^/]*$/.test(first))
    return `${first} is a script of the shell, which distroless has not; a slim image can run it.`;
  if (!start)
    return `Which module \`${first}\` runs is not known, and its script names the interpreter of the build stage; a slim image has that.`;
  if (typeof start.words === "string") return start.words;
  const [, module] = start.script === undefined ? [] : start.words;
  const own = [`${module}.py`, `${module}/__init__.py`].find(
    (path) => module && view.holds(posix.join(view.workdir ?? "/", path)) === "there",
  );
  if (own)
    return `\`python -m ${module}\` would start ${own} of the project, and the script ${start.script} names the interpreter of the build stage; a slim image has that.`;
  const at = start.words.indexOf("-c");
  const code = readPythonSource((at >= 0 && start.words[at + 1]) || "");
  if (code.calls.some(({ name }) => STARTS.has(name) || LOADS.has(name)))
    return "The code behind -c starts other programs or loads libraries, which distroless may not have; a slim image has.";
  const file = start.file && posix.join(view.workdir ?? "/", start.file);
  if (file && view.holds(file) === "absent") return `${file}, which the program starts with, is made by no step.`;
  if (file && folders.length > 0 && !folders.some((folder) => file.startsWith(`${folder}/`)))
    return `${file} is in no folder of the project.`;
  return undefined;
}

function sourcesMisfit({ own }: PythonProgram): string | undefined {
  if (!own) return UNSEEN;
  if (own.starts) return `${own.starts}, and distroless has neither a shell nor tools; a slim image has.`;
  if (own.loads) return `${own.loads}, which distroless may not have; a slim image finds what is installed in it.`;
  if (own.lacks) return `${own.lacks}, which Debian's Python in distroless has not; a slim image has.`;
  return undefined;
}

function packagesMisfit({ packages, installs, view }: PythonProgram): string | undefined {
  if (installs.list.some((each) => each.packages === undefined))
    return "The list of the packages was not seen, and some want libraries or programs that distroless has not; beside the file that lists them it can be told.";
  const compiled = compiledMisfit(view, installs.list);
  if (compiled) return `${compiled.slice(0, -1)}; the image that it is on stays the safe one.`;
  const [need] = needsOf(packages).filter(({ inDistroless }) => !inDistroless);
  if (need) return `${need.name} needs ${need.what}, which distroless python3 has not; a slim image can have it.`;
  const starter = starterOf(packages);
  if (starter)
    return `${starter} starts other programs, and distroless has none; a slim image has a shell and its tools.`;
  return undefined;
}

function assumptions({ packages, wheels, view, start }: PythonProgram): readonly string[] {
  const built = packages.size > 0 && !wheels;
  return [
    ...(built
      ? [
          "The packages bring the libraries that they need, as wheels do; one that pip compiled may need more, which Compare would show.",
        ]
      : []),
    ...(start?.assumes ?? []),
    ...(start?.behind ? ["What starts the program prints lines of its own no longer."] : []),
    ...(start?.script ? [`\`python -m\` starts what the script ${start.script} starts.`] : []),
    ...(view.env("VIRTUAL_ENV") === undefined
      ? []
      : ["VIRTUAL_ENV stays set, though the packages stand with the interpreter."]),
  ];
}
