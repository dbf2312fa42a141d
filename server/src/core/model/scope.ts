import { posix } from "./paths";

/** A variable's value, null where it is surely not set, undefined where that is unknown. */
export type Known = string | null | undefined;

interface Entry {
  readonly from: number;
  readonly value: string | undefined;
}

/** What a stage starts with: its base image's config, or the end of the stage it stands on. */
export interface Start {
  readonly workdir: string | undefined;
  readonly user: string | undefined;
  /** What the base leaves behind for expansion. */
  readonly variable: (name: string) => Known;
  /** What the base's config has as ENV: a stage on top sees this before any ARG of the base. */
  readonly environment: (name: string) => Known;
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
  private readonly variables = new Map<string, Entry[]>();
  private readonly environment = new Map<string, Entry>();
  private readonly folders: Entry[] = [];
  private readonly users: Entry[] = [];

  constructor(private readonly start: Start) {}

  /** By ENV or ARG: the later one counts, whichever it is. */
  setVariable(keyword: "ENV" | "ARG", name: string, value: string | undefined, at: number): void {
    const entry = { from: at + 1, value };
    const history = this.variables.get(name);
    if (history) history.push(entry);
    else this.variables.set(name, [entry]);
    if (keyword === "ENV") this.environment.set(name, entry);
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

  variable(name: string, at: number): Known {
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

  /** At the end of the stage. */
  private ofConfig(name: string): Known {
    const own = this.environment.get(name);
    if (own) return own.value;
    return this.start.depth > MAX_DEPTH ? undefined : this.start.environment(name);
  }

  /** What a stage on top of this one starts with. */
  end(count: number): Start {
    return {
      workdir: this.workdir(count),
      user: this.user(count),
      variable: (name) => {
        const environment = this.ofConfig(name);
        return environment === null ? this.variable(name, count) : environment;
      },
      environment: (name) => this.ofConfig(name),
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
