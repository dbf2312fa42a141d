import { whenAsked } from "../text/once";
import type { App, AppToolchain, AppView, Ways } from "./app";
import { distrolessWay } from "./python/distroless";
import { pythonImage } from "./python/image";
import { type PythonProgram, programOf } from "./python/program";
import { packagesUsed, slimWay } from "./python/slim";
import { isPython, isPythonScript } from "./python/start";

/**
 * Python: programs that an interpreter of Docker's python images runs, with the packages that pip, uv, poetry or pipenv
 * installed. `python/places.ts` tells where those are, `python/sources.ts` what the program's own files show, `python/needs.ts`
 * which packages want more than Python.
 */
export const python: AppToolchain = {
  id: "python",
  title: "Python",
  app(view) {
    const image = pythonImage(view);
    const [first = ""] = view.start.argv ?? [];
    if (!image) return isPython(first) || isPythonScript(first) ? foreign(view, first) : undefined;
    if (SHELLS.has(first)) return undefined;
    const program = programOf(view, image);
    return typeof program === "string" ? program : appOf(program);
  },
};

/** An image that starts one is a toolbox. */
const SHELLS = new Set(["sh", "bash", "/bin/sh", "/bin/bash", "sleep", "tail", "pip", "pytest"]);

/** Python comes with packages of the system, with conda, or from an image that is not known. */
function foreign({ baseName, stage }: AppView, first: string): string | undefined {
  if (baseName?.startsWith("gcr.io/distroless/")) return undefined;
  if (baseName === "python")
    return `Which Python ${stage.base.token?.text} has is not said by its tag, and moves on with it; with a version in it (python:3.13) the program could be moved.`;
  return `\`${first}\` is run by the Python of ${stage.base.token?.text ?? "an image that is not known"}; only that of the official image python can be told, so that one as the base would let the program move.`;
}

function appOf(program: PythonProgram): App {
  const { view, image, installs, places, folders } = program;
  const tools = [...new Set(installs.list.map(({ tool }) => tool))];
  const tool = tools.length === 0 ? "pip" : tools.join(" and ");
  return {
    build: undefined,
    weight: `${tool}${image.isSlim ? "" : ", compilers"} and what they leave behind ship with the program`,
    folders,
    covered: [
      `/usr/local/lib/python${image.version}`,
      "/root/.cache",
      "/root/.local",
      ...places.flatMap(({ kind, root, packages }) => (kind === "system" ? packages : root)),
      ...installs.environments.keys(),
      ...installs.data.map(({ folder }) => folder),
      ...installs.list.flatMap(({ files }) => files),
    ],
    accounted: installs.accounted,
    get uses() {
      return packagesUsed(program);
    },
    readsCertificateFiles: true,
    isBuildVariable: (name) => BUILD_VARIABLE.test(name),
    ways: whenAsked<Ways>({
      distroless: () => distrolessWay(program),
      chainguard: () =>
        `cgr.dev/chainguard/python is free at its latest version alone, which moves on; packages for Python ${view.baseVersion ?? image.version} would stop working on the next one.`,
      slim: () => slimWay(program),
    }),
  };
}

/** Variables that pip, uv, poetry and pipenv read (their documentation of the configuration), and no program. */
const BUILD_VARIABLE = /^(?:PIP_\w+|UV_\w+|POETRY_\w+|PIPENV_\w+|PIPX_\w+|PDM_\w+)$/;
