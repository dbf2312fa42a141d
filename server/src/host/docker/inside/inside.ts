import type { Fault, Inside } from "../../../ports";
import { elfOf, type ImageFile, type ImageFiles, toBytes, toText } from "./image-files";
import { type Closure, type Listed, Loader, listedIn, type MissingLibrary } from "./libraries";
import { interpreterOf, type Lack, modeOf, type StartConfig, searchPath, startedFile } from "./start";
import { mayPass, type User, userOf } from "./user";

/** What an image is started with. */
export interface Start extends StartConfig {
  /** As the config has it; "" is root. */
  readonly user: string;
}

/**
 * Looks in the files of an image for what its program would miss: the program, libraries, interpreters, its folder.
 * `isOwn` tells the layers that do not come with the base image, which is taken to be sound but for what is started.
 */
export function lookInside(files: ImageFiles, start: Start, isOwn: (layer: number) => boolean): Inside {
  const user = userOf(start.user, files);
  if (!user) {
    const says = `The image runs as ${start.user}, a name that its /etc/passwd and /etc/group do not have.`;
    const fault: Fault = { check: "program", file: "", lacks: `user ${start.user}`, says };
    return { program: null, looked: { libraries: 0, scripts: 0 }, faults: [fault] };
  }
  return new Look(files, start, user, isOwn).all();
}

class Look {
  private readonly faults = new Map<string, Fault>();
  private readonly reached = new Set<string>();
  private readonly libraryPath: string;
  private readonly listed: Listed;
  private looked = { libraries: 0, scripts: 0 };

  constructor(
    private readonly files: ImageFiles,
    private readonly start: Start,
    private readonly user: User,
    private readonly isOwn: (layer: number) => boolean,
  ) {
    this.libraryPath = toBytes(start.env.LD_LIBRARY_PATH ?? "");
    this.listed = listedIn(files);
  }

  all(): Inside {
    const file = startedFile(this.start, this.user, this.files);
    if ("lacks" in file) this.add("program", this.start.command[0] ?? "", file);
    const main = "lacks" in file ? undefined : this.program(file);
    this.folder();
    const own = [...this.files.told()].filter(({ layer }) => this.isOwn(layer));
    for (const each of own) if (isProgram(each)) this.closure(each);
    this.libraries(main, own);
    this.scripts(own);
    return {
      program: "lacks" in file ? null : toText(file.path),
      looked: this.looked,
      faults: [...this.faults.values()],
    };
  }

  /** What is started, or, where that is a script, the program that reads it; with all that is loaded with it. */
  private program(file: ImageFile): { readonly file: ImageFile; readonly closure: Closure } | undefined {
    const interpreter = interpreterOf(file, this.start, this.user, this.files);
    if (interpreter && "lacks" in interpreter) return void this.add("scripts", toText(file.path), interpreter);
    const main = interpreter ?? file;
    return { file: main, closure: this.closure(main) };
  }

  /** A folder that is not there is made by the engine. */
  private folder(): void {
    const path = toBytes(this.start.folder);
    const folder = this.files.at(path);
    if (!folder) return;
    const name = this.start.folder;
    if (!folder.isFolder) return this.add("folder", name, { lacks: name, says: `WORKDIR ${name} is no folder.` });
    const way = [...(this.files.foldersTo(folder.path) ?? []), folder];
    const closed = way.find((each) => !mayPass(this.user, each));
    if (closed)
      this.add("folder", name, {
        lacks: `access to ${name}`,
        says: `${this.user.name} cannot enter WORKDIR ${name}: ${toText(closed.path)} has ${modeOf(closed)}.`,
      });
  }

  /** A program with all that is loaded with it. */
  private closure(file: ImageFile): Closure {
    const { interpreter } = elfOf(file) ?? {};
    if (interpreter !== undefined && !this.files.at(interpreter)) {
      const [path, loader] = [toText(file.path), toText(interpreter)];
      this.add("libraries", path, {
        lacks: loader,
        says: `${path} needs the loader ${loader}, which is not in the image.`,
      });
      return { files: new Set([file.path]), missing: [] };
    }
    const closure = this.loaderOf(file).closure();
    for (const each of closure.files) this.reached.add(each);
    for (const each of closure.missing) this.lackOfLibrary(each);
    return closure;
  }

  /** Libraries that no program names, and that the one that is started may load all the same. */
  private libraries(
    main: { readonly file: ImageFile; readonly closure: Closure } | undefined,
    own: readonly ImageFile[],
  ) {
    const isThere = this.files.at(elfOf(main?.file)?.interpreter ?? "/") !== undefined;
    const loader = main && isThere ? this.loaderOf(main.file) : undefined;
    for (const file of own) {
      if (!elfOf(file) || isProgram(file) || this.reached.has(file.path)) continue;
      this.reached.add(file.path);
      const by = loader ?? this.loaderOf(file);
      for (const each of by.missingFor(file, main?.closure)) this.lackOfLibrary(each);
    }
    this.looked.libraries = this.reached.size;
  }

  private loaderOf(program: ImageFile): Loader {
    return new Loader(this.files, this.listed, program, this.libraryPath);
  }

  private lackOfLibrary({ file, library }: MissingLibrary): void {
    const [path, name] = [toText(file), toText(library)];
    this.add("libraries", path, { lacks: name, says: `${path} needs ${name}, which its loader does not find.` });
  }

  /** Scripts in the folders of PATH. */
  private scripts(own: readonly ImageFile[]): void {
    const folders = new Set(searchPath(this.start).flatMap((folder) => this.files.at(folder)?.path ?? []));
    for (const file of own) {
      if (file.details.script === undefined) continue;
      if (!folders.has(file.path.slice(0, file.path.lastIndexOf("/")) || "/")) continue;
      this.looked.scripts += 1;
      const interpreter = interpreterOf(file, this.start, this.user, this.files);
      if (interpreter && "lacks" in interpreter) this.add("scripts", toText(file.path), interpreter);
    }
  }

  private add(check: Fault["check"], file: string, { lacks, says }: Lack): void {
    this.faults.set([check, file, lacks].join("\0"), { check, file, lacks, says });
  }
}

/** A program that its loader starts; what is linked statically needs nothing. */
function isProgram(file: ImageFile): boolean {
  return elfOf(file)?.interpreter !== undefined && (file.rights[0] & 0o111) !== 0;
}
