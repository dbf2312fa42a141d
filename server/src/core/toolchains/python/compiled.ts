import { posix } from "../../model/paths";
import type { AppView } from "../app";
import type { Install } from "./installs";

/** Libraries that distroless python3 and the slim image of Python have both (their lists of packages). */
const EVERYWHERE = new Set(
  "c m z dl pthread rt util crypt ssl crypto sqlite3 ffi bz2 lzma expat uuid stdc++ gcc_s".split(" "),
);

/**
 * Why what is compiled for the program may want a library that a smaller image has not: a sentence. Wheels bring their own;
 * what pip compiles, of the project or because it is told to, is linked with those of the build stage.
 */
export function compiledMisfit(view: AppView, list: readonly Install[]): string | undefined {
  const told = list.find(({ run }) => run.values.some((value) => /^--no-binary(?:=|$)/.test(value ?? "")));
  if (told || view.env("PIP_NO_BINARY") !== undefined)
    return "pip is told to compile packages (--no-binary), and which libraries of the build stage they want is not known; their wheels bring what they need.";
  const files = view.project.files;
  const installsOwn = list.some(
    ({ tool, packages }) => tool !== "pip" || packages?.some(({ elsewhere }) => elsewhere) !== false,
  );
  const native = files && [...files.keys()].find((path) => /\.(?:c|cc|cpp|cxx|pyx|rs|f90)$/.test(path));
  if (!native || !installsOwn) return undefined;
  const libraries = view.project.pythonSources?.get(setupBeside(view))?.extensions ?? [undefined];
  if (libraries.every((library) => library !== undefined && EVERYWHERE.has(library))) return undefined;
  const other = libraries.find((library) => library !== undefined && !EVERYWHERE.has(library));
  return `${native} is compiled as the project is installed, ${other === undefined ? "and which libraries it is linked with is not known" : `and linked with ${other}, which a smaller image may not have`}.`;
}

function setupBeside({ workdir = "/", origin }: AppView): string {
  const folder = origin(workdir);
  return posix.join(folder.kind === "context" && folder.path !== "" ? folder.path : ".", "setup.py");
}
