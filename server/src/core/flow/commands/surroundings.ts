import type { Lookup } from "../../model/expand";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { Variables, wordValue } from "../../shell/expand";
import type { Chain, ShellCommand } from "../../shell/script";
import type { Move } from "../../shell/state";
import type { Instruction } from "../../syntax/instruction";
import type { RunCommand } from "../../toolchains/toolchain";

/** Where a script runs, and what it sees. */
export interface CommandPlace {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly at: number;
  /** Variables before the script sets any. */
  readonly lookup: Lookup;
  /** The folder that it begins in. */
  readonly folder: string | undefined;
  /** The user that it runs as: "" is root, undefined is not known. */
  readonly user: string | undefined;
  /** The command of the Dockerfile that runs it, where that is another. */
  readonly via: RunCommand | undefined;
}

/** What the commands of a script see around them, worked out when it is asked for. */
export class Surroundings {
  private ownVariables: Variables | undefined;
  private ownFolders: Folders | undefined;

  constructor(readonly place: CommandPlace) {}

  get variables(): Variables {
    this.ownVariables ??= new Variables(this.place.lookup);
    return this.ownVariables;
  }

  get folders(): Folders {
    this.ownFolders ??= new Folders(this.place.folder, ({ to, variables }) =>
      wordValue(to, this.variables.inWords(variables)),
    );
    return this.ownFolders;
  }
}

/** The folders that `cd` leads to, each worked out once. */
export class Folders {
  private known: Map<Chain<Move>, string | undefined> | undefined;

  constructor(
    private readonly start: string | undefined,
    private readonly valueOf: (move: Move) => string | undefined,
  ) {}

  of(moves: ShellCommand["folders"]): string | undefined {
    if (moves === undefined || moves === "none") return moves && this.start;
    this.known ??= new Map();
    const waiting: Chain<Move>[] = [];
    let chain: Chain<Move> | undefined = moves;
    for (; chain && !this.known.has(chain); chain = chain.before) waiting.push(chain);
    let folder = chain ? this.known.get(chain) : this.start;
    for (const each of waiting.reverse()) {
      const to = this.valueOf(each.last);
      folder =
        to === undefined || (folder === undefined && !to.startsWith("/")) ? undefined : posix.join(folder ?? "/", to);
      this.known.set(each, folder);
    }
    return folder;
  }
}
