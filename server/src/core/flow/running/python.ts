import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { setsPythonPath } from "../../project/python";
import type { RunCommand } from "../../toolchains/toolchain";
import { installedPackages } from "../commands/packages";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";

/** The Python of an image, and where it looks for packages by itself. */
export interface Python {
  /** `3.13`. */
  readonly version: string;
  /** The folder of its interpreter. */
  readonly bin: string;
  /** Below its lib/pythonX.Y; a folder of site-packages elsewhere is not looked into. */
  readonly packages: readonly string[];
}

/**
 * The Python that the image of a stage brings: that of Docker's python images (built below /usr/local, docker-library/python)
 * or of distroless (Debian's, which looks into dist-packages alone: Debian's site.py). Undefined where there is none, or
 * where a step may bring another.
 */
export function pythonOf(context: FileContext, stage: Stage): Python | undefined {
  const image = context.image(stage);
  const version = /^3\.\d+/.exec(image?.languageVersion ?? "")?.[0];
  if (image?.ecosystem !== "python" || version === undefined || bringsPython(context, stage)) return undefined;
  const lib = `/usr/local/lib/python${version}`;
  if (image.name === "python") return { version, bin: "/usr/local/bin", packages: [`${lib}/site-packages`] };
  return image.name.startsWith("gcr.io/distroless/")
    ? { version, bin: "/usr/bin", packages: [`${lib}/dist-packages`, "/usr/lib/python3/dist-packages"] }
    : undefined;
}

/** Tools that fetch a Python of their own. */
const FETCHES = new Set(["uv", "pyenv", "conda", "mamba", "micromamba", "asdf", "mise"]);

function bringsPython(context: FileContext, stage: Stage): boolean {
  const copied = lineage(stage)
    .flatMap((each) => copiesOf(each, context.syntax.escape))
    .some(({ from, target }) => from !== undefined && (!target || /^\/(?:usr(?:\/local)?(?:\/bin)?)?$/.test(target)));
  return copied || context.view(stage).commands.some((run) => fetchesPython(run));
}

function fetchesPython(run: RunCommand): boolean {
  return FETCHES.has(run.program ?? "") || installedPackages(run).some((name) => /^python/.test(name));
}

/** The words of a `pip install`, by its own name or as `python -m pip`; undefined for another command. */
export function pipInstall({ program = "", args }: RunCommand): readonly string[] | undefined {
  const words = args.map(({ value }) => value ?? "");
  const own = /^pip[\d.]*$/.test(program)
    ? words
    : /^python[\d.]*$/.test(program) && words[0] === "-m" && words[1] === "pip"
      ? words.slice(2)
      : [];
  return own[0] === "install" ? own.slice(1) : undefined;
}

/** PYTHONPATH is set, or a Python file of the folder sets sys.path: packages may be found where Python does not look by itself. */
export function searchesPackages({ model, project }: FileContext, stage: Stage): boolean {
  const settings = imageSettings(model, stage);
  return settings.has("ENV PYTHONPATH") || settings.has("ENV PYTHONHOME") || setsPythonPath(project) === true;
}
