import { posix } from "./paths";

/** What a stage starts with: its base image's config, or the end of the stage it stands on. */
export interface Start {
  readonly workdir: string | undefined;
  readonly user: string | undefined;
  /** A variable of the base; "" is surely unset. */
  readonly variable: (name: string) => string | undefined;
  /** How many stages stand below. */
  readonly depth: number;
}

/** Chains of stages deeper than this answer "unknown": no person wrote them, and a look-up walks the chain. */
const MAX_DEPTH = 64;

/**
 * Variables, folder and user of a stage at each of its instructions. An instruction is named by its place in the stage;
 * a question "at n" is answered as instruction n sees it, before its own effect.
 */
export class Scope {
  private readonly variables = new Map<string, { readonly from: number; readonly value: string | undefined }[]>();
  private readonly folders: { readonly from: number; readonly value: string | undefined }[] = [];
  private readonly users: { readonly from: number; readonly value: string | undefined }[] = [];

  constructor(private readonly start: Start) {}

  setVariable(name: string, value: string | undefined, at: number): void {
    const history = this.variables.get(name);
    if (history) history.push({ from: at + 1, value });
    else this.variables.set(name, [{ from: at + 1, value }]);
  }

  /** A relative folder continues from the one before, as for WORKDIR. */
  setWorkdir(folder: string | undefined, at: number): void {
    const before = this.workdir(at);
    const value =
      folder === undefined
        ? undefined
        : folder.startsWith("/")
          ? posix.normalize(folder)
          : before === undefined
            ? undefined
            : posix.join(before, folder);
    this.folders.push({ from: at + 1, value });
  }

  setUser(user: string | undefined, at: number): void {
    this.users.push({ from: at + 1, value: user });
  }

  variable(name: string, at: number): string | undefined {
    const own = latest(this.variables.get(name) ?? [], at);
    if (own) return own.value;
    return this.start.depth > MAX_DEPTH ? undefined : this.start.variable(name);
  }

  workdir(at: number): string | undefined {
    const own = latest(this.folders, at);
    return own ? own.value : this.start.workdir;
  }

  user(at: number): string | undefined {
    const own = latest(this.users, at);
    return own ? own.value : this.start.user;
  }

  /** Names and values that ENV has set in this stage, as they are at its end. */
  get names(): Iterable<string> {
    return this.variables.keys();
  }

  /** What a stage on top of this one starts with. */
  end(count: number): Start {
    return {
      workdir: this.workdir(count),
      user: this.user(count),
      variable: (name) => this.variable(name, count),
      depth: this.start.depth + 1,
    };
  }
}

/** The last entry in force at an instruction; entries ascend. */
function latest<T extends { readonly from: number }>(history: readonly T[], at: number): T | undefined {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle] as T).from <= at) low = middle + 1;
    else high = middle;
  }
  return history[low - 1];
}
