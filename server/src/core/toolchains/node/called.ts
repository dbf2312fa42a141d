import { posix } from "../../model/paths";
import { programsCalled } from "../../project/start-script";
import { isShell } from "../../shell/shell-words";
import type { AppView } from "../app";
import type { NodeProgram } from "./ways";

/** A program that is called by its name. */
export interface Called {
  readonly name: string;
  /** Who calls it, for a sentence: "execSync in lib/thumb.js". */
  readonly by: string;
}

/** The programs that the start and the sources call; a sentence where they cannot be told. */
export function calledBy(program: NodeProgram): readonly Called[] | string {
  const { view, start, shown } = program;
  const open = shown?.starts.find(({ command }) => command === undefined);
  if (open) return `It starts programs that are not written out (${open.by} in ${open.file})`;
  const own = (shown?.starts ?? []).map(({ command = "", by, file }) => called(command, `${by} in ${file}`));
  const script = start.launcher === undefined ? view.start.script : undefined;
  if (script !== undefined) {
    const names = programsCalled(script);
    return names
      ? [...own, ...[...names].map((name) => called(name, "the start"))]
      : "What its start runs cannot be told";
  }
  const file =
    start.launcher !== undefined && /\.(?:sh|bash)$|entrypoint/.test(start.launcher)
      ? start.launcher
      : shellScript(view);
  if (file === undefined) return [...own, ...byScripts(program)];
  const path = view.contextFile(posix.join(view.workdir ?? "/", placeOf(view, file)));
  const names = path === undefined ? undefined : view.project.scriptPrograms?.get(path);
  return names ? [...own, ...[...names].map((name) => called(name, file))] : `What ${file} calls was not seen`;
}

function called(command: string, by: string): Called {
  return { name: posix.basename(command.trim().split(/\s+/)[0] ?? ""), by };
}

/** `sh start.sh`. */
function shellScript({ start: { argv = [] } }: AppView): string | undefined {
  return isShell(argv[0] ?? "") ? argv.find((word, at) => at > 0 && !word.startsWith("-")) : undefined;
}

/** A bare name is looked for on PATH. */
function placeOf(view: AppView, file: string): string {
  if (file.includes("/")) return file;
  return (
    view.path.map((folder) => posix.join(folder, file)).find((path) => view.contextFile(path) !== undefined) ?? file
  );
}

/** What the scripts of package.json call that the start may run: others are those of packages. */
function byScripts({ start, layout }: NodeProgram): readonly Called[] {
  if (start.launcher === "node") return [];
  return [...(layout.json?.scripts ?? [])].flatMap(([name, text]) =>
    /start|serve|prod/.test(name)
      ? [...(programsCalled(text) ?? [])].map((each) => called(each, `the script ${name} of package.json`))
      : [],
  );
}
