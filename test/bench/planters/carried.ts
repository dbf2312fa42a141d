/** Programs and packages that another stage makes, with an error of their own, put into a final stage of any kind. */
import type { Analysis, Stage } from "../../../server/src/core";
import { bottomOf, edited, otherBase, type Plant, type Planter, textOf } from "./planter";

/** A stage behind the others: the numbers of those before stay. */
interface Carried {
  readonly base: string;
  readonly run: string;
  /** Lines at the end of the final stage. */
  readonly lines: readonly string[];
  /** Another image for the final stage. */
  readonly final?: string;
}

/** The file with a stage `planted` before its final one, which takes something of it. */
export function carrying(analysis: Analysis, done: string, { base, run, lines, final }: Carried): readonly Plant[] {
  const { text } = analysis;
  const stage = analysis.context.model.final;
  const other = stage && final !== undefined ? otherBase(stage, final) : undefined;
  if (
    !stage ||
    bringsAnything(analysis, stage) ||
    stage !== analysis.context.model.stages.at(-1) ||
    (final !== undefined && !other)
  )
    return [];
  const at = stage.from.span.start;
  const end = text.length;
  return [
    edited(
      analysis,
      done,
      { span: { start: at, end: at }, text: `FROM ${base} AS planted\nWORKDIR /planted\nRUN ${run}\n` },
      ...(other ? [other] : []),
      { span: { start: end, end }, text: `\n${lines.join("\n")}\n` },
    ),
  ];
}

/** A folder of another stage comes to stand where the system's are: it may hold all that the planted program wants. */
export function bringsAnything(analysis: Analysis, stage: Stage): boolean {
  return /^(?:COPY|ADD)\s.*\s\.?\/?$/m.test(textOf(analysis, stage));
}

const start = (...words: readonly string[]) => `ENTRYPOINT ${JSON.stringify(words)}\nCMD []`;
const finalOf = ({ context }: Analysis): Stage | undefined => context.model.final;
const COPY = "COPY --from=planted /planted /planted";

/** A program of C for glibc, on musl or on nothing; where libraries come from elsewhere it may run. */
export function programOfC(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  if (!final || !/^(?:scratch$|alpine(?::|$)|gcr\.io\/distroless\/static)/.test(bottomOf(final))) return [];
  if (/gcompat|libc6|glibc|ld-linux|LD_LIBRARY_PATH|\/lib|--from=\S+ \/ /.test(textOf(analysis, final))) return [];
  return carrying(analysis, "a program of C", {
    base: "gcc:14",
    run: "echo 'int main(void) { return 0; }' > main.c && gcc -o /planted/main main.c",
    lines: [COPY, start("/planted/main")],
  });
}

/** A program of Rust on distroless base, which has no libgcc_s. */
export function programOfRust(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  if (!final || !/^(?:scratch$|gcr\.io\/distroless\/(?:static|base|cc))/.test(bottomOf(final))) return [];
  if (/\/lib|LD_LIBRARY_PATH|--from=\S+ \/ |^RUN/m.test(textOf(analysis, final))) return [];
  return carrying(analysis, "a program of Rust on distroless base", {
    base: "rust:1-trixie",
    run: "cargo init --name main && cargo build --release",
    lines: ["COPY --from=planted /planted/target/release/main /planted", start("/planted")],
    final: "gcr.io/distroless/base-debian13",
  });
}

const PYTHON = /^(?:docker\.io\/(?:library\/)?)?python:3\.(\d+)[\w.]*(-slim)?(?:-(?:trixie|bookworm))?(?:@|$)/;

/** psycopg2 without libpq, which no slim image has. */
export function packageOfC(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  const [, minor, slim] = PYTHON.exec(final ? bottomOf(final) : "") ?? [];
  if (!final || !slim || /libpq|postgresql|psycopg|LD_LIBRARY|\/lib\/x86/.test(textOf(analysis, final))) return [];
  const packages = `/usr/local/lib/python3.${minor}/site-packages`;
  return carrying(analysis, "psycopg2 without libpq", {
    base: `python:3.${minor}`,
    run: "pip install --no-cache-dir psycopg2",
    lines: [`COPY --from=planted ${packages} ${packages}`],
  });
}

/** Packages of Python 3.9 where there is another. */
function packagesOfAnother(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  const [, minor] = PYTHON.exec(final ? bottomOf(final) : "") ?? [];
  if (!final || minor === undefined || minor === "9" || /PYTHON(?:PATH|HOME)/.test(textOf(analysis, final))) return [];
  const packages = "/usr/local/lib/python3.9/site-packages";
  return carrying(analysis, "packages of Python 3.9", {
    base: "python:3.9-slim",
    run: "pip install --no-cache-dir flask",
    lines: [`COPY --from=planted ${packages} ${packages}`],
  });
}

const NO_PYTHON = /^(?:scratch$|gcr\.io\/distroless\/|(?:debian|alpine|node|golang|ruby|rust):)/;

/** A virtual environment whose Python stands in /usr/local, which these images have not. */
function environment(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  if (!final || !NO_PYTHON.test(bottomOf(final))) return [];
  if (/python|\/usr\/local|\.sh\b|--from=\S+ \/ /.test(textOf(analysis, final))) return [];
  return carrying(analysis, "a virtual environment without its Python", {
    base: "python:3.13-slim",
    run: "python -m venv /planted/venv",
    lines: ["COPY --from=planted /planted/venv /planted/venv", start("/planted/venv/bin/python", "-V")],
  });
}

const OLD_JAVA =
  /^(?:eclipse-temurin:(?:8|11|17)-jre|openjdk:(?:8|11|17)\b|amazoncorretto:(?:8|11|17)\b|gcr\.io\/distroless\/java(?:11|17))/;

/** Classes of Java 21 on an older one. */
function classes(analysis: Analysis): readonly Plant[] {
  const final = finalOf(analysis);
  if (
    !final ||
    !OLD_JAVA.test(bottomOf(final)) ||
    /(?:jdk|jre|sdkman)/i.test(textOf(analysis, final).replace(/^FROM.*/gm, ""))
  )
    return [];
  return carrying(analysis, "classes of Java 21", {
    base: "eclipse-temurin:21-jdk",
    run: "echo 'class Main { public static void main(String[] words) {} }' > Main.java && javac Main.java",
    lines: [COPY, start("java", "-cp", "/planted", "Main")],
  });
}

export const interpreterMismatch: Planter = {
  rule: "interpreter-mismatch",
  plant: (analysis, _sources, folder) => [
    // A program of which nothing is seen may lead Python to them.
    ...(folder && !/\bsys\.path\b|addsitedir/.test([...folder.texts.values()].join("\n"))
      ? packagesOfAnother(analysis)
      : []),
    ...environment(analysis),
    ...classes(analysis),
  ],
};
