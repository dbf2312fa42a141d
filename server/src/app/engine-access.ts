import { type BuildEngine, EngineError } from "../ports";

/** How the one who puts the product together reaches an engine. */
export interface EngineHost {
  /** Holds a connection; nothing is asked of the engine yet. */
  connect(host: string | undefined): Promise<BuildEngine>;
  /** Rejects with an EngineError where no engine answers. */
  ping(host: string | undefined): Promise<void>;
}

/** Whether anything can be measured. */
export type EngineState =
  | { readonly kind: "unasked" | "there" }
  /** Its message is one sentence. */
  | { readonly kind: "absent"; readonly message: string }
  | { readonly kind: "untrusted" };

/** A build, run or compare that does not happen in Restricted Mode. */
export class Untrusted extends Error {
  override readonly name = "Untrusted";
  constructor() {
    super("Ballast does not build, run or compare in Restricted Mode: trust this workspace first.");
  }
}

/** The same thing is under way already. */
export class Busy extends Error {
  override readonly name = "Busy";
}

/** The engine is not asked more often whether it is there, in milliseconds. */
const PATIENCE = 10_000;

/** The way to the engine: whether there is one, may be one, and who uses it. One work at a time, the others wait. */
export class EngineAccess {
  private current: EngineState;
  private host: string | undefined;
  private engine: Promise<BuildEngine> | undefined;
  private asked = Number.NEGATIVE_INFINITY;
  private last: Promise<unknown> = Promise.resolve();
  private readonly busy = new Set<string>();

  constructor(
    private readonly world: EngineHost,
    trusted: boolean,
    private readonly changed: () => void,
    private readonly now: () => number,
  ) {
    this.current = { kind: trusted ? "unasked" : "untrusted" };
  }

  get state(): EngineState {
    return this.current;
  }

  trust(): void {
    if (this.current.kind === "untrusted") this.become({ kind: "unasked" });
  }

  /** The engine's address as in DOCKER_HOST; undefined or "" is the one that the docker command would use. */
  async use(host: string | undefined): Promise<void> {
    if ((host || undefined) === this.host) return;
    this.host = host || undefined;
    const before = this.engine;
    this.engine = undefined;
    this.asked = Number.NEGATIVE_INFINITY;
    if (this.current.kind !== "untrusted") this.become({ kind: "unasked" });
    // What is under way on the old one may end there.
    await this.last.catch(() => undefined);
    await (await before)?.close();
  }

  /** Asks the engine whether it is there, unless that was asked a moment ago. */
  async look(): Promise<void> {
    if (this.current.kind === "untrusted" || this.now() - this.asked < PATIENCE) return;
    this.asked = this.now();
    await this.world.ping(this.host).then(
      () => this.become({ kind: "there" }),
      (error: unknown) => this.become(absent(error)),
    );
  }

  /**
   * Does something with the engine when those before are done. Rejects with Untrusted; with Busy where the same `what` is
   * under way; and as BuildEngine does.
   */
  async work<T>(what: string, signal: AbortSignal, task: (engine: BuildEngine) => Promise<T>): Promise<T> {
    if (this.current.kind === "untrusted") throw new Untrusted();
    if (this.busy.has(what)) throw new Busy("It is under way already: cancel that, or wait for its end.");
    this.busy.add(what);
    const turn = this.last.then(async () => {
      signal.throwIfAborted();
      this.engine ??= this.world.connect(this.host);
      return task(await this.engine);
    });
    this.last = turn.catch(() => undefined);
    try {
      const result = await Promise.race([turn, aborted(signal, turn)]);
      this.become({ kind: "there" });
      return result;
    } catch (error) {
      // It may be the engine that is gone, or only this work that failed.
      if (error instanceof EngineError && !signal.aborted) {
        this.asked = Number.NEGATIVE_INFINITY;
        await this.look();
      }
      throw error;
    } finally {
      this.busy.delete(what);
    }
  }

  async close(): Promise<void> {
    await (await this.engine)?.close();
  }

  private become(state: EngineState): void {
    const before = this.current;
    this.current = state;
    const same = before.kind === state.kind && messageOf(before) === messageOf(state);
    if (!same) this.changed();
  }
}

function absent(error: unknown): EngineState {
  return { kind: "absent", message: error instanceof Error ? error.message : String(error) };
}

function messageOf(state: EngineState): string | undefined {
  return state.kind === "absent" ? state.message : undefined;
}

/** Rejects when the signal says so: one who still waits for a turn need not wait to be told. */
function aborted(signal: AbortSignal, turn: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    void turn.catch(() => undefined).finally(() => signal.removeEventListener("abort", stop));
  });
}
