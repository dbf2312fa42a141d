import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { matchesPattern, posix } from "../model/paths";
import { hasFolder } from "../project/project";
import type { BuildPlan, Need, PathUse } from "../toolchains/toolchain";
import { looksAt } from "./commands/looked-for";
import type { FileContext } from "./context";
import { within } from "./files/copies";
import { dataOf, isDevice, isProvided, isSystemFolder } from "./files/system-paths";
import type { ProgramRest } from "./program-rest";
import { BUNDLE } from "./rest/system";
import type { ShippedProgram } from "./running/shipped-program";

/** The files beside its programs that a new final stage has to have. Paths are absolute, and the same in both stages. */
export interface RunTimeFiles {
  /** Files and folders that are read. */
  readonly copies: readonly string[];
  /** Those of them of which it is not known whether they are folders, or whose owner is the program's user; undefined is not known. */
  readonly apart: ReadonlyMap<string, { readonly owned: boolean | undefined }>;
  /** The program's user may write to the folder that it starts in. */
  readonly ownsFolder: boolean;
  /** Folders that the program's user has to be able to write to. */
  readonly writable: readonly WritableFolder[];
  readonly needs: readonly Need[];
  /** Why only root may write where the program does: for a sentence. */
  readonly root: string | undefined;
  readonly assumes: readonly string[];
}

export interface WritableFolder {
  readonly path: string;
  /** No step surely makes it. */
  readonly make: boolean;
  /** No step can have made it: the program does, and root needs nobody to do it beforehand. */
  readonly byProgram: boolean;
  /** It is a VOLUME, which every image has. */
  readonly isVolume: boolean;
  readonly by: string;
}

/** A person lists fewer files; more are a folder's content, which has no end. */
const MAX_FILES = 20;

/** Resolves what a program reads and writes against what its stage holds; a sentence where that cannot be told. */
export function runTimeFiles(
  context: FileContext,
  program: ShippedProgram,
  plan: BuildPlan,
  rest: ProgramRest,
): RunTimeFiles | string {
  const resolver = new Resolver(context, program, plan, rest);
  for (const use of plan.reads) {
    const stop = resolver.read(use);
    if (stop) return stop;
  }
  for (const use of plan.writes) {
    const stop = resolver.write(use);
    if (stop) return stop;
  }
  const stop = resolver.beside();
  if (stop) return stop;
  const whole = resolver.named();
  if (whole) return whole;
  return resolver.result();
}

class Resolver {
  private readonly copies = new Set<string>();
  private readonly writable = new Map<string, Omit<WritableFolder, "path" | "isVolume">>();
  private readonly needs: Need[] = [];
  /** Folders that nothing makes, with what is said of them. */
  private readonly mounted = new Map<string, string>();
  private readonly apart = new Map<string, { readonly owned: boolean | undefined }>();
  private root: string | undefined;
  private readonly ownsFolder: boolean;
  private readonly stage: Stage;

  constructor(
    private readonly context: FileContext,
    private readonly program: ShippedProgram,
    private readonly plan: BuildPlan,
    private readonly rest: ProgramRest,
  ) {
    this.stage = program.stage;
    const { workdir, destination, others } = program;
    this.ownsFolder =
      rest.given.some((path) => within(path, workdir) !== undefined) &&
      [destination, ...others.map((each) => each.destination)].some((path) => within(workdir, path) !== undefined);
  }

  read({ path, shape, by }: PathUse): string | undefined {
    if (isProvided(path) || this.isData(path, by)) return undefined;
    if (shape === "pattern" || shape === "prefix") return this.readMany(path, shape, by);
    if (this.holdsProgram(path) && this.context.view(this.stage).origin(path).kind !== "none")
      return `The program reads ${path} (${by}), the folder that holds the program itself: which of its files it uses cannot be told.`;
    return this.take(path, by);
  }

  private take(path: string, by: string): string | undefined {
    const { kind } = this.context.presence(this.stage, path);
    if (kind === "unknown") return `Whether the image holds ${path}, which the program reads (${by}), cannot be told.`;
    if (/[*?[\]\\$\s]/.test(path)) return `The name of ${path} has characters that COPY reads in another way.`;
    if (kind === "there") this.copies.add(path);
    return undefined;
  }

  /** A path with wildcards, or one that goes on: the folder that it lies in, or the files of the program's own folder. */
  private readMany(path: string, shape: PathUse["shape"], by: string): string | undefined {
    const fixed = shape === "prefix" ? path : (path.split(/[*?[]/, 1)[0] ?? "");
    const folder = fixed.endsWith("/") ? posix.normalize(fixed) : posix.dirname(fixed);
    if (!this.holdsProgram(folder)) return this.take(folder, by);
    const pattern = shape === "prefix" ? `${path}*` : path;
    const { files } = this.context.project;
    const view = this.context.view(this.stage);
    if (posix.basename(pattern).startsWith("*") && shape === "prefix")
      return `The program reads files of ${folder} whose names cannot be told (${by}).`;
    if (!files) return `Which files of ${folder} the program reads (${by}) cannot be told.`;
    const found = [...files.keys()].flatMap((file) => {
      const place = posix.join(folder, posix.basename(file));
      const origin = matchesPattern(pattern, place) ? view.origin(place) : undefined;
      return origin?.kind === "context" && origin.path === file ? [place] : [];
    });
    if (found.length > MAX_FILES)
      return `The program reads ${found.length} files of ${folder} (${by}), too many to list.`;
    for (const each of found) this.copies.add(each);
    return undefined;
  }

  write({ path, shape, by }: PathUse): string | undefined {
    if (isDevice(path) || this.isData(path, by)) return undefined;
    const below = shape === "prefix" && path.endsWith("/");
    if (shape !== "folder" && shape !== "new-folder" && !below) return this.writeInto(posix.dirname(path), path, by);
    const folder = posix.normalize(path);
    const { kind } = this.context.presence(this.stage, folder);
    const look = shape === "new-folder" ? by : looksAt(folder, this.plan);
    if (below || kind === "there" || !look) return this.writeInto(folder, path, by, !below);
    if (kind === "unknown")
      return `Whether the image holds ${folder}, which the program makes (${by}) where it is not there (${look}), cannot be told.`;
    if (shape === "new-folder") return this.writeInto(posix.dirname(folder), path, by);
    return this.writeInto(this.nextAbove(folder), path, `${by}, unless ${look} finds it`);
  }

  /** A folder that exists, above one that the program has to find missing. */
  private nextAbove(folder: string): string {
    let above = posix.dirname(folder);
    while (this.context.presence(this.stage, above).kind === "absent") above = posix.dirname(above);
    return above;
  }

  private writeInto(folder: string, path: string, by: string, makes = false): string | undefined {
    if (this.ownsFolder && within(this.program.workdir, folder) !== undefined && this.holdsProgram(folder))
      return undefined;
    if (folder === "/" || this.holdsProgram(folder)) {
      this.root ??= `it writes ${path === folder ? "to " : ""}${path} (${by}), into ${folder === path ? "a folder" : folder}, which another user may not`;
      return undefined;
    }
    if (isSystemFolder(folder))
      return `The program writes into ${folder} (${by}), a folder of the system that the final image may not have.`;
    const { kind } = this.context.presence(this.stage, folder);
    if (/[*?[\]\\$\s]/.test(folder)) return `The name of ${folder} has characters that COPY reads in another way.`;
    if (kind === "absent" && !makes) {
      this.mounted.set(
        folder,
        `${folder}, where the program writes (${by}), is not in the image: it is taken to be mounted.`,
      );
      return undefined;
    }
    if (!this.writable.get(folder)?.make)
      this.writable.set(folder, { make: kind !== "there", byProgram: kind === "absent", by });
    return undefined;
  }

  /** Files that CMD, ENTRYPOINT or ENV name: the program gets their names from there. */
  named(): string | undefined {
    const { argv, workdir } = this.program;
    const words = argv
      .slice(1)
      .flatMap((word) => [word, ...(word.includes("=") ? [word.slice(word.indexOf("=") + 1)] : [])]);
    const values = [...imageSettings(this.context.model, this.stage).values()].flatMap(({ key, value }) =>
      key === "ENV" && value.startsWith("/") ? [value] : [],
    );
    const view = this.context.view(this.stage);
    for (const word of [...words, ...values]) {
      if (word === "." || word === "./" || (word === workdir && words.includes(word)))
        return `The program is started with ${word}, the folder that holds it: which of its files it uses cannot be told.`;
      if (word.startsWith("-") || !/^[\w./-]+$/.test(word)) continue;
      const path = posix.join(workdir, word);
      if (!this.holdsProgram(path) && view.origin(path).kind === "context") this.copies.add(path);
    }
    return undefined;
  }

  /** What steps bring, make and give away: modules that were not read may read it, and write to it. */
  beside(): string | undefined {
    const { brought, folders, given, certificates } = this.rest;
    const isGiven = (path: string) =>
      given.some((each) => within(each, path) !== undefined || within(path, each) !== undefined);
    if (certificates) this.apart.set(BUNDLE, { owned: false });
    for (const path of brought) {
      if (this.holdsProgram(path))
        return `The folder ${path} holds the program itself: which of its files it uses cannot be told.`;
      const stop = this.take(path, "a step brings it");
      if (stop) return stop;
      if (this.copies.has(path)) this.apart.set(path, { owned: isGiven(path) || undefined });
    }
    for (const path of this.plan.closed ? [] : [...folders, ...given]) {
      if (path === "/" || this.holdsProgram(path) || isSystemFolder(path) || dataOf(path)) continue;
      if (brought.some((each) => within(each, path) !== undefined || within(path, each) !== undefined)) continue;
      if (/[*?[\]\\$\s]/.test(path) || this.context.presence(this.stage, path).kind !== "there") continue;
      if (!this.writable.has(path)) this.writable.set(path, { make: false, byProgram: false, by: "RUN mkdir" });
    }
    return undefined;
  }

  /** A path that every distroless image has, and scratch has not. */
  private isData(path: string, by: string): boolean {
    const what = dataOf(path);
    if (what) this.needs.push({ what, why: `it uses ${path}, by ${by}` });
    return what !== undefined;
  }

  /** The folder holds the program or is the one that it starts in. */
  private holdsProgram(folder: string): boolean {
    const { artifact, others, workdir } = this.program;
    return [artifact, ...others.map((each) => each.artifact), workdir].some(
      (path) => within(folder, path) !== undefined,
    );
  }

  private isVolume(folder: string): boolean {
    return [...imageSettings(this.context.model, this.stage).values()].some(
      ({ key, name }) => key === "VOLUME" && within(name, folder) !== undefined,
    );
  }

  result(): RunTimeFiles {
    const folders = [...this.writable.keys()];
    const made = this.plan.writes.flatMap(({ path, shape }) => (/folder$/.test(shape) ? [path] : []));
    const outer = (path: string, all: readonly string[]) =>
      all.some((other) => other !== path && within(other, path) !== undefined);
    const writable = folders
      .filter((path) => !outer(path, folders))
      .map((path) => ({
        path,
        make: false,
        byProgram: false,
        by: "",
        ...this.writable.get(path),
        isVolume: this.isVolume(path),
      }));
    const copies = [...this.copies].filter(
      (path) => !outer(path, [...this.copies]) && !folders.some((folder) => within(folder, path) !== undefined),
    );
    return {
      copies: this.withoutProgram([...copies, ...(this.apart.has(BUNDLE) ? [BUNDLE] : [])]).sort(),
      apart: this.apart,
      ownsFolder: this.ownsFolder,
      writable,
      needs: this.needs,
      root: this.root,
      assumes: [...this.mounted].flatMap(([path, sentence]) =>
        [...folders, ...made].some((folder) => within(folder, path) !== undefined) ? [] : [sentence],
      ),
    };
  }

  /** The program itself comes by a COPY of its own. */
  private withoutProgram(copies: readonly string[]): string[] {
    const { artifact, others } = this.program;
    return copies.filter((path) => path !== artifact && !others.some((each) => each.artifact === path));
  }
}

/** Whether a path of a stage is a folder of the context. */
export function isContextFolder(context: FileContext, stage: Stage, path: string): boolean {
  const origin = context.view(stage).origin(path);
  return origin.kind === "context" && hasFolder(context.project, origin.path) === true;
}
