import { nothingKnown } from "../../catalog/amounts";
import { addSizes, type Size } from "../../catalog/size";
import { posix } from "../../model/paths";
import { mountsOf } from "../../syntax/mounts";
import type { Part } from "../app";
import type { RunCommand } from "../toolchain";
import { environmentPlace, type Place } from "./places";
import type { PythonProgram } from "./program";
import { packagesSize } from "./size";

/** The folders of the project, as they are, with the packages that stand in them. */
export function projectParts(program: PythonProgram, places = program.places): readonly Part[] {
  const inside = (folder: string) => places.filter(({ packages }) => packages.startsWith(`${folder}/`));
  return program.folders.map((folder) => {
    const packages = inside(folder).map((place) => packagesSize(program, place));
    return { from: [folder], to: folder, size: addSizes([program.view.bytesOf(folder), ...packages]) };
  });
}

/** A folder that comes to stand elsewhere, or at the same place. */
export function partOf(from: string, to = from, size: Size = nothingKnown()): Part {
  return { from: [from], to, size };
}

/** Some folder of the project has it, so that it comes along with that. */
export function isInProject({ folders }: PythonProgram, path: string): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** Commands that take pip out of a place: it is as large as many programs, and nothing uses it any more. */
export function withoutPip(program: PythonProgram, place: Place): readonly string[] {
  const made = program.installs.environments.get(place.root);
  // Whether poetry and pipenv put pip into what they make depends on their versions.
  if (place.kind === "environment" && !made && !keepsPip(program) && isOfProject(program, place))
    return [`rm -rf ${place.packages}/pip ${place.packages}/pip-*`];
  if (program.view.env("PIP_REQUIRE_VIRTUALENV") !== undefined || takesPipAway(program)) return [];
  const hasPip = place.kind === "system" || (place.kind === "environment" && made?.hasPip === true);
  if (!hasPip || keepsPip(program)) return [];
  const own = program.view.path[0] === "/usr/local/bin" || program.view.path[0] === "/usr/local/sbin";
  const pip = place.kind === "system" && own ? "pip" : posix.join(place.scripts, "pip");
  return [`${pip} uninstall --yes pip`];
}

function isOfProject({ installs, view }: PythonProgram, { packages }: Place): boolean {
  const own = installs.list.find(({ place }) => typeof place !== "string" && place.packages === packages);
  return own?.tool !== "uv" && packages.startsWith(`${view.workdir}/`);
}

/** The author has done that already. */
function takesPipAway({ view }: PythonProgram): boolean {
  return view.commands.some(
    ({ values }) =>
      (values.includes("uninstall") && values.includes("pip")) ||
      values.some((value) => /-packages\/pip\b/.test(value ?? "")),
  );
}

/** The tool is there for that command alone. */
function isMounted({ instruction }: RunCommand): boolean {
  return mountsOf(instruction).some(({ from }) => from !== undefined);
}

/** uv leaves the packages for development out, and takes those out that are there. */
export function withoutDevelopment({ installs, view }: PythonProgram): readonly string[] {
  const last = installs.list.findLast(({ tool }) => tool === "uv");
  if (!last?.development || last.run.folder !== view.workdir || last.run.values.includes(undefined)) return [];
  if (isMounted(last.run)) return [];
  return [`uv ${last.run.values.join(" ")} --no-dev`];
}

/**
 * poetry installs with the interpreter, where poetry is itself with all that it needs: an environment of the project has the
 * program's packages alone, those of the lock file once more. Undefined where the packages do not stand so.
 */
export function apartFromPoetry({
  installs,
  view,
  image,
}: PythonProgram): { command: string; place: Place } | undefined {
  const own = installs.list.filter(({ place }) => typeof place !== "string" && place.kind === "system");
  const [install, ...others] = own;
  if (install?.tool !== "poetry" || others.length > 0) return undefined;
  const { run, development } = install;
  if (run.program !== "poetry" || run.folder !== view.workdir || view.workdir === undefined) return undefined;
  if (run.values.includes(undefined) || isMounted(run)) return undefined;
  const words = [...run.values, ...(development ? ["--only", "main"] : [])].join(" ");
  return {
    command: `POETRY_VIRTUALENVS_CREATE=true POETRY_VIRTUALENVS_IN_PROJECT=true poetry ${words}`,
    place: environmentPlace(posix.join(view.workdir, ".venv"), image.version),
  };
}

/** In a notebook people install packages by themselves. */
const PEOPLE_INSTALL = ["pip-tools", "jupyter", "jupyterlab", "notebook", "jupyter-server", "ipython"];

function keepsPip({ own, packages }: PythonProgram): boolean {
  return own?.imports.has("pip") === true || PEOPLE_INSTALL.some((name) => packages.has(name));
}
