import { findImage } from "../../catalog/catalog";
import type { BaseImage } from "../../catalog/image";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import type { Token } from "../../syntax/instruction";
import type { Build, RunCommand } from "../../toolchains/toolchain";
import { commandsOf } from "../commands/commands";
import type { FileContext } from "../context";
import { type Copy, copiesOf, within } from "../files/copies";
import { startsShell } from "../running/start";
import { deletionsOf } from "./deletions";

/** A COPY of an image that ships which takes more from a stage than its program. */
export interface WholeCopy {
  readonly copy: Copy;
  readonly word: Token;
  /** The folder that is taken. */
  readonly path: string;
  /** The stage that it is taken from; undefined for an image. */
  readonly source: Stage | undefined;
  readonly along: Along;
  readonly sure: boolean;
}

/** What comes along. */
export type Along =
  /** The system of an image, its compiler, or the interpreter that the image on which it lands has too. */
  | { readonly kind: "system" | "compiler" | "interpreter"; readonly image: BaseImage }
  /** The sources of a program, which a command compiles there; `build` where its programs are known. */
  | { readonly kind: "sources"; readonly by: RunCommand; readonly build: Build | undefined };

/** All of them, each once. Images whose start is a shell are a person's tools, and left alone. */
export function wholeCopies(context: FileContext): readonly WholeCopy[] {
  const told = new Set<Stage>();
  return context.targets.flatMap(({ stage, certain }) => {
    const start = context.start(stage);
    if (!start || startsShell(start)) return [];
    return lineage(stage).flatMap((each) => {
      if (told.has(each)) return [];
      told.add(each);
      return copiesOf(each, context.syntax.escape).flatMap((copy) => wholeOf(context, each, copy, certain));
    });
  });
}

function wholeOf(context: FileContext, user: Stage, copy: Copy, certain: boolean): readonly WholeCopy[] {
  if (copy.from === undefined || copy.from.includes("$")) return [];
  const source = stageNamed(context.model, user, copy.from);
  return (copy.sources ?? []).flatMap((written, index) => {
    const [path, word] = [posix.join("/", written), copy.words[index]];
    const along = word && alongWith(context, user, { copy, source, path });
    return along ? { copy, word, path, source, along, sure: certain && SURE.has(along.kind) } : [];
  });
}

/** A program may read its sources, and what pip installs into /usr/local has to be copied with the rest. */
const SURE: ReadonlySet<Along["kind"]> = new Set(["system", "compiler"]);

interface Taken {
  readonly copy: Copy;
  readonly source: Stage | undefined;
  readonly path: string;
}

function alongWith(context: FileContext, user: Stage, { copy, source, path }: Taken): Along | undefined {
  const image = source ? context.image(source) : imageNamed(copy.from ?? "");
  if (image && (path === "/" || path === "/usr") && isSystem(context, user, image, source))
    return { kind: "system", image };
  if (image && COMPILERS[image.ecosystem ?? ""]?.includes(path) && image.role === "sdk")
    return { kind: "compiler", image };
  if (image && path === "/usr/local" && isSameInterpreter(image, context.image(user)))
    return { kind: "interpreter", image };
  return source && path !== "/" ? sourcesIn(context, source, path) : undefined;
}

/** Where images of a compiler have it, and nothing that a program needs. */
const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  go: ["/usr/local"],
  rust: ["/usr/local"],
  c: ["/usr/local"],
};

const INTERPRETERS = new Set(["python", "node", "ruby", "php"]);

function isSameInterpreter(image: BaseImage, other: BaseImage | undefined): boolean {
  return INTERPRETERS.has(image.ecosystem ?? "") && image.ecosystem === other?.ecosystem && image.role !== "distroless";
}

/** The whole of a system is one more on top of the one that there is, or brings what builds. Onto scratch it is a way to have one layer. */
function isSystem(context: FileContext, user: Stage, image: BaseImage, source: Stage | undefined): boolean {
  if (image.role === "sdk") return true;
  if (image.role !== "os" || !source) return false;
  return context.builds(source).length > 0 || user.base.kind === "image";
}

function imageNamed(name: string): BaseImage | undefined {
  const reference = parseReference(name);
  return reference && findImage(reference);
}

/** Sources of the context stand in the folder, a command compiles them there, and none removes any. */
function sourcesIn(context: FileContext, source: Stage, path: string): Along | undefined {
  const brought = lineage(source).some((each) =>
    copiesOf(each, context.syntax.escape).some(
      ({ from, sources, target }) =>
        from === undefined &&
        target !== undefined &&
        within(path, target) !== undefined &&
        sources?.some((each) => isFolderName(each)),
    ),
  );
  if (!brought) return undefined;
  const commands = commandsOf(context.syntax, source);
  const by = commands.find(
    (run) => compiles(run) && run.folder !== undefined && within(path, run.folder) !== undefined,
  );
  const removes = commands.some((run) => deletionsOf(run).some(({ pattern }) => within(path, pattern) !== undefined));
  if (!by || removes) return undefined;
  return { kind: "sources", by, build: context.builds(source).find(({ run }) => run === by) };
}

function isFolderName(source: string): boolean {
  return !/[^/.]\.\w+$/.test(source);
}

const COMPILES: Readonly<Record<string, RegExp | undefined>> = {
  go: /^(?:build|install)$/,
  cargo: /^(?:build|install)$/,
  mvn: /^(?:package|install|verify|compile)$/,
  mvnw: /^(?:package|install|verify|compile)$/,
  gradle: /^:?(?:build|assemble|installDist|bootJar|shadowJar|jar)$/,
  gradlew: /^:?(?:build|assemble|installDist|bootJar|shadowJar|jar)$/,
  dotnet: /^(?:build|publish)$/,
  swift: /^build$/,
  stack: /^(?:build|install)$/,
  cabal: /^(?:build|install)$/,
  javac: /\.java$/,
  gcc: /\.c$/,
  cc: /\.c$/,
  clang: /\.c$/,
  "g++": /\.(?:cc|cpp|cxx)$/,
  "clang++": /\.(?:cc|cpp|cxx)$/,
  rustc: /\.rs$/,
};

/** A command that turns sources into a program which does without them. */
function compiles({ program = "", args }: RunCommand): boolean {
  const word = Object.hasOwn(COMPILES, program) ? COMPILES[program] : undefined;
  return word !== undefined && args.some(({ value }) => word.test(value ?? ""));
}
