import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Span } from "../../text/span";
import { PYTHON_SCRIPTS } from "../../toolchains/python/start";
import type { RunCommand } from "../../toolchains/toolchain";
import { mayMake } from "../changes/may-make";
import type { FileContext } from "../context";
import { copiesOf, within } from "../files/copies";
import { traceFile } from "../files/trace";
import { startPaths } from "./programs";
import { pipInstall, pythonOf, searchesPackages } from "./python";

/** A program of Python whose interpreter the stage that starts it has not, or has in another version. */
export interface LostInterpreter {
  /** The first word of the start. */
  readonly span: Span;
  readonly what: string;
  /** The command that made it. */
  readonly made: Span;
}

/** What a stage starts is of a virtual environment, or a script of pip, and was made in another stage. */
export function lostInterpreter(context: FileContext, stage: Stage): LostInterpreter | undefined {
  const start = context.start(stage);
  if (!start || !takesFromStages(context, stage)) return undefined;
  for (const path of startPaths(context, stage) ?? []) {
    const found = traceFile(context, stage, path, (run, at) => environmentOf(run, at) ?? scriptOf(run, at));
    // Another Python that stands before it on PATH is the one that starts.
    if (!found && /^\/(?:usr\/(?:local\/)?)?bin\/python/.test(path)) return undefined;
    if (!found || lineage(stage).includes(found.stage)) continue;
    if (!found.sure || !found.run.command.always) return undefined;
    const what = misfit(context, stage, path, found.stage, found.made);
    const { start: from } = found.run.programWord.span;
    const made = { start: from, end: found.run.args.at(-1)?.word.span.end ?? from };
    return what === undefined ? undefined : { span: start.span, what, made };
  }
  return undefined;
}

/** Without that nothing was made elsewhere: a question that costs little, before one that costs much. */
function takesFromStages(context: FileContext, stage: Stage): boolean {
  return lineage(stage).some((each) => copiesOf(each, context.syntax.escape).some(({ from }) => from !== undefined));
}

interface Interpreted {
  /** The Python that runs it, as its command names it. */
  readonly python: string;
  /** The virtual environment; undefined for a script that pip puts beside its Python. */
  readonly environment: string | undefined;
}

/** `python -m venv DIR` makes all that stands in DIR/bin: a link to its Python, and scripts that begin with that link. */
function environmentOf({ args, folder, programWord }: RunCommand, path: string): Interpreted | undefined {
  const words = args.map(({ value }) => value);
  if (!/^(?:\/usr\/(?:local\/)?bin\/)?python[\d.]*$/.test(programWord.text)) return undefined;
  const [, module, ...rest] = words;
  if (words[0] !== "-m" || module !== "venv" || folder === undefined) return undefined;
  const [only, ...more] = rest.filter((word) => !/^--(?:without-pip|upgrade-deps|clear|symlinks)$/.test(word ?? ""));
  if (only === undefined || only.startsWith("-") || more.length > 0) return undefined;
  const environment = posix.join(folder, only);
  return within(posix.join(environment, "bin"), path) === undefined
    ? undefined
    : { python: programWord.text, environment };
}

/** Scripts that packages of Python bring; others in the same folder are programs of machine code. */
const SCRIPTS = new Set([...PYTHON_SCRIPTS, "pytest", "httpie", "http", "pyflakes", "supervisord"]);
/** Options of pip with which scripts come to stand elsewhere. */
const ELSEWHERE = /^(?:-t|--target|--prefix|--root|--user)(?:=|$)/;

function scriptOf(run: RunCommand, path: string): Interpreted | undefined {
  const words = pipInstall(run);
  const { text } = run.programWord;
  if (
    !words ||
    words.some((word) => ELSEWHERE.test(word)) ||
    (text.includes("/") && !text.startsWith("/usr/local/bin/"))
  )
    return undefined;
  const ours = posix.dirname(path) === "/usr/local/bin" && SCRIPTS.has(posix.basename(path));
  return ours ? { python: "python", environment: undefined } : undefined;
}

function misfit(
  context: FileContext,
  stage: Stage,
  path: string,
  builder: Stage,
  made: Interpreted,
): string | undefined {
  const from = pythonOf(context, builder);
  const interpreter = made.python.includes("/") ? made.python : from && posix.join(from.bin, made.python);
  if (!interpreter || (made.environment === undefined && from?.bin !== "/usr/local/bin")) return undefined;
  const place = stage.base.token?.text ?? "the final image";
  const thing = made.environment ? `The virtual environment ${made.environment}` : `${path} was made by pip, and it`;
  if (isAbsent(context, stage, interpreter, path))
    return `${thing} runs ${interpreter} of its build stage, and ${place} has none.`;
  const there = pythonOf(context, stage);
  // PYTHONPATH, or the program itself, may lead to them.
  if (searchesPackages(context, stage)) return undefined;
  if (!from || !there || made.environment === undefined || from.version === there.version) return undefined;
  return `${thing} was made by Python ${from.version}, and Python ${there.version} of ${place} does not find its packages.`;
}

/** The image has no such interpreter, and no step puts it there: what is copied beside it is what is started. */
function isAbsent(context: FileContext, stage: Stage, path: string, started: string): boolean {
  // Debian's packages, which distroless images are made of, put nothing into /usr/local (policy 9.1.2).
  const distroless = context.image(stage)?.name.startsWith("gcr.io/distroless/") && path.startsWith("/usr/local/");
  const other = path.startsWith("/usr/local/bin/python") && NO_LOCAL_PYTHON.has(context.image(stage)?.name ?? "");
  if (!distroless && !other && context.base(stage).path(path) !== "absent") return false;
  if (context.madeBySteps(stage, path).kind === "absent") return true;
  const copied = lineage(stage)
    .flatMap((each) => copiesOf(each, context.syntax.escape))
    .some(({ target, sources }) => {
      if (target?.startsWith("/usr/local/bin/python")) return true;
      if (target !== undefined && within(target, path) === undefined) return false;
      return !sources?.every((each) => posix.join(target ?? "/", posix.basename(each)) === started);
    });
  const { commands } = context.view(stage);
  const local = path.startsWith("/usr/local/");
  return !copied && commands.every((run) => (local && OF_SYSTEM.test(run.program ?? "")) || !mayMake(run, path));
}

/** Official images that put their own things into /usr/local, and no Python (docker-library's Dockerfiles). */
const NO_LOCAL_PYTHON = new Set(
  "golang node rust ruby gcc debian ubuntu alpine busybox eclipse-temurin openjdk amazoncorretto".split(" "),
);

/** Packages of a distribution put nothing into /usr/local (Debian policy 9.1.2). */
const OF_SYSTEM = /^(?:apt|apt-get|apk|dpkg|update-ca-certificates)$/;
