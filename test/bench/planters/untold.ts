/** Why neither a Dockerfile nor its folder tells what a stage holds, whoever reads them: what may make a path is elsewhere. */
import type { Analysis, Stage } from "../../../server/src/core";
import { hasFolder } from "../../../server/src/core/project/project";
import { bottomOf, instructionsOf, textOf } from "./planter";

/** Docker's official images, distroless, and those of .NET: what they hold is published. */
const PUBLISHED =
  /^(?:(?:docker\.io\/)?(?:library\/)?[\w.-]+|gcr\.io\/distroless\/[\w.-]+|mcr\.microsoft\.com\/dotnet\/[\w./-]+)(?:[:@]|$)/;
const WINDOWS = /nanoserver|windowsservercore|\bwindows\b|ltsc20/;
const WINDOWS_SHELL = /^SHELL\s*\[\s*"(?:powershell|pwsh|cmd)/im;
const FETCHED_SCRIPT =
  /\b(?:curl|wget)\b[^\n|]*\|\s*(?:sudo\s+)?(?:env\s+)?(?:(?:ba|z|da)?sh|python3?|perl)\b|\b(?:ba|z|da)?sh\s+(?:-c\s+)?["']?[$<]\(\s*(?:curl|wget)\b/;
/** Sources from elsewhere, whose own make, script or program runs behind that. */
const BUILT_SOURCES =
  /\b(?:git (?:clone|fetch|checkout)\b|(?:curl|wget)\b[^\n]*\|\s*tar\b)[\s\S]*?(?:(?:^|[&;|]|RUN)\s*(?:[A-Z_]+=\S+ )*(?:make|\.\/[\w.-]+|\/(?!usr\/|s?bin\/|opt\/)[\w./-]+)\s)/m;
const FETCHED_PACKAGE = /\b(?:curl|wget)\b[^\n]*\.deb\b[\s\S]*\bdpkg -i\b/;

/** A source of packages that is no distribution's: what its packages hold, and what their scripts do, is its owner's. */
const FOREIGN_PACKAGES =
  /\badd-apt-repository\b|\bapt-add-repository\b|\/sources\.list\.d\/|>\s*\/etc\/apt\/sources\.list/;

/** What an image of that name holds is published. */
export function isPublished(reference: string): boolean {
  return PUBLISHED.test(reference);
}

/** The reason; undefined where all that matters is at hand. */
export function untoldIn(analysis: Analysis, stage: Stage): string | undefined {
  return untoldOfSystem(analysis, stage) ?? missingProject(analysis, stage, joinedText(analysis, stage));
}

/** The reason why nobody can tell which programs and users a stage has: what a project's own build makes are none of these. */
export function untoldOfSystem(analysis: Analysis, stage: Stage): string | undefined {
  const base = bottomOf(stage);
  if (base !== "scratch" && (!PUBLISHED.test(base) || WINDOWS.test(base))) return `its base is ${base || "not named"}`;
  const joined = joinedText(analysis, stage);
  if (WINDOWS_SHELL.test(joined)) return "it runs on Windows";
  if (FETCHED_SCRIPT.test(joined) || runsFetched(joined)) return "a script from elsewhere runs";
  if (FETCHED_PACKAGE.test(joined)) return "it installs a package from elsewhere";
  if (FOREIGN_PACKAGES.test(joined)) return "it installs packages from elsewhere";
  if (BUILT_SOURCES.test(joined)) return "it builds what it fetches";
  return untoldAtRoot(analysis, stage);
}

const joinedText = (analysis: Analysis, stage: Stage) => textOf(analysis, stage).replace(/[\\`]\r?\n/g, " ");

/** A whole folder is copied to the root: a context that is not at hand, all of an image that is not published, or what such a stage has. */
function untoldAtRoot(analysis: Analysis, stage: Stage): string | undefined {
  const { model, project } = analysis.context;
  for (const instruction of stage.instructions) {
    const { keyword, flags, body } = instruction;
    const [source = "", target = "", ...others] = body.trim().split(/\s+/);
    if (!/^(?:COPY|ADD)$/.test(keyword) || others.length > 0) continue;
    const folder = stage.scope.workdir(stage.instructions.indexOf(instruction)) ?? "/";
    if (target !== "/" && !(folder === "/" && /^\.\/?$/.test(target))) continue;
    const from = flags.find(({ name }) => name === "from")?.value?.toLowerCase();
    if (from === undefined) {
      if (/^\.\/?$/.test(source) && !project.files) return "its folder, which is not there, is copied to /";
      continue;
    }
    const other = model.stages.find(({ name, index }) => name?.text.toLowerCase() === from || String(index) === from);
    if (!other && !PUBLISHED.test(from)) return `it has all of ${from}`;
    const why = other && other.index < stage.index ? untoldOfSystem(analysis, other) : undefined;
    if (why !== undefined) return `it has what a stage made of which ${why}`;
  }
  return stage.base.kind === "stage" ? untoldAtRoot(analysis, stage.base.stage) : undefined;
}

/** Why a path cannot be told though all else of its stage can: an archive from elsewhere is unpacked where it would stand. */
export function untoldAt(analysis: Analysis, stage: Stage, path: string): string | undefined {
  const joined = joinedText(analysis, stage);
  const folders = [
    ...joined.matchAll(/\b(?:unzip\b[^\n;&|]*\s-d|tar\b[^\n;&|]*\s(?:-C|--directory))[\s=]+(\/[\w./-]+)/g),
  ];
  const folder = folders.find(([, into = ""]) => path.startsWith(`${into.replace(/\/$/, "")}/`))?.[1];
  return folder === undefined ? undefined : `an archive from elsewhere is unpacked in ${folder}`;
}

/** `curl -o setup.sh …` or `ADD https://… /setup.sh`, and that file is run. */
function runsFetched(text: string): boolean {
  const fetched = [
    ...[...text.matchAll(/\b(?:curl|wget)\b[^\n&;|]*\s-(?:o|O|-output)\s+([\w./-]+)/g)].map(([, name = ""]) => name),
    ...[...text.matchAll(/^ADD\s+(?:--\S+\s+)*https?:\/\/\S+\s+([\w./-]+)/gm)].map(([, name = ""]) => name),
  ];
  const words = new Set(
    [...text.matchAll(/(?:^RUN|[&;|])\s*(?:[A-Z_]+=\S+\s+)*(?:(?:ba|z|da)?sh\s+)?([\w./-]+)/gm)].map(
      ([, word = ""]) => word,
    ),
  );
  return fetched.some((name) => words.has(name) || words.has(`./${name}`));
}

/** Tools that do what a file of the project says, and what that file is called. */
const RULED: readonly (readonly [RegExp, RegExp, string])[] = [
  [/\b(?:npm|yarn|pnpm|bun)\s+(?:run|ci|i|install|build|tsc)\b|\byarn\s+--/, /(?:^|\/)package\.json$/, "package.json"],
  [/\b(?:mvn|mvnw)\s/, /(?:^|\/)pom\.xml$/, "pom.xml"],
  [/\b(?:gradle|gradlew)\s/, /(?:^|\/)build\.gradle(?:\.kts)?$/, "build.gradle"],
  [/(?:^RUN|[&;|])\s*make\b/m, /(?:^|\/)(?:GNU)?[Mm]akefile$/, "Makefile"],
  [/\bcargo\s+build\b/, /(?:^|\/)Cargo\.toml$/, "Cargo.toml"],
  [/\bdotnet\s+(?:build|publish)\b/, /\.(?:cs|fs|vb)proj$/, "project"],
  [/\bbundle\s+install\b/, /(?:^|\/)Gemfile$/, "Gemfile"],
  [/\bgox\s/, /\.go$/, "Go source"],
];

/** What rules a build is not in the folder of the Dockerfile, or that is not there at all; nor is a file that it copies by name. */
function missingProject({ context: { project } }: Analysis, stage: Stage, text: string): string | undefined {
  const paths = [...(project.files?.keys() ?? [])];
  for (const [tool, file, name] of RULED)
    if (tool.test(text) && !paths.some((path) => file.test(path))) return `its ${name} is not there`;
  if (!project.files) return undefined;
  const missing = copiedByName(stage).find((path) => !project.files?.has(path) && hasFolder(project, path) === false);
  return missing === undefined ? undefined : `${missing} is not in its folder`;
}

/** What the stage copies from the context: plain paths that name something. */
function copiedByName(stage: Stage): readonly string[] {
  return instructionsOf(stage)
    .filter(({ keyword, flags, json }) => keyword === "COPY" && !json && !flags.some(({ name }) => name === "from"))
    .flatMap(({ body }) => body.trim().split(/\s+/).slice(0, -1))
    .map((word) => word.replace(/^(?:\.?\/)+|\/$/g, ""))
    .filter((path) => /^[\w.-][\w./-]*$/.test(path) && path !== ".");
}
