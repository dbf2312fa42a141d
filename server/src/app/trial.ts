import type { BuildEngine, BuildListener, ImageDetails, PortRequests, RunOutcome, ServeOutcome } from "../ports";
import { compareServers } from "./answers";
import { type Behaviour, compareRuns } from "./behaviour";
import { type NamedRequest, type Questions, questionsFor } from "./requests";

/** How both versions are started, and what they are given. */
export interface Trial {
  readonly stdin?: string;
  readonly args: readonly string[];
  readonly requests: readonly NamedRequest[];
  readonly network?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A program that has not ended by then is taken for a server. */
const PROGRAM_SECONDS = 10;
/** Until a server must answer; one that has run for a while already is given less. */
const SERVER_SECONDS = 30;
const GUESS_SECONDS = 5;
/** The version after gets this and five times what the one before needed. */
const AFTER_SECONDS = 5;

/** How long a start took, from the order to the engine on. */
export interface StartUp {
  /** The median of all starts. */
  readonly milliseconds: number;
  /** Whether that is until the program ended, or until its first port was open. */
  readonly until: "exit" | "port";
}

/** Starts both versions the same way, one after the other, and compares what they do. */
export class Trials {
  private readonly starts: {
    readonly image: string;
    readonly until: StartUp["until"];
    readonly milliseconds: number;
  }[] = [];

  constructor(
    private readonly engine: BuildEngine,
    private readonly before: ImageDetails,
    private readonly after: ImageDetails,
    private readonly trial: Trial,
    private readonly listener: BuildListener,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** As servers where requests or EXPOSE say that they are; as programs else, and as servers again where they do not end. */
  async compare(): Promise<Behaviour> {
    const { requests, stdin } = this.trial;
    const questions = questionsFor(this.before, this.after, requests);
    if (requests.length > 0 || (!questions.guessed && stdin === undefined)) {
      const any = questions.required.length === 0;
      const first = await this.serve(this.before, questions.ask, SERVER_SECONDS * 1000, any);
      // Many a program stands on a base that EXPOSEs a port.
      const isProgram = first.ports.length === 0 && first.exitCode === 0 && requests.length === 0;
      if (!isProgram) return this.compareServers(first, questions);
    }
    return this.comparePrograms(questions);
  }

  /** How fast the version with this image started, in what was run; null where it was not seen to. */
  startUp({ id }: ImageDetails): StartUp | null {
    // What ran as a program first and then turned out to be a server is one.
    const until = this.starts.some((each) => each.until === "port") ? "port" : "exit";
    const times = this.starts.filter((each) => each.image === id && each.until === until);
    const sorted = times.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === undefined || high === undefined ? null : { milliseconds: Math.round((low + high) / 2), until };
  }

  private async comparePrograms(questions: Questions): Promise<Behaviour> {
    const { stdin, args, network } = this.trial;
    this.listener.log("Running both versions with the same input");
    const given = { input: (stdin ?? "") !== "" || args.length > 0, seconds: PROGRAM_SECONDS };
    const first = await this.run(this.before);
    // On the host's own network whatever else runs there would answer at a guessed port.
    if (first.exitCode === undefined && first.notStarted === undefined && !(questions.guessed && network === "host")) {
      const served = await this.serve(this.before, questions.ask, GUESS_SECONDS * 1000, true);
      if (served.ports.length > 0) return this.compareServers(served, questions);
    }
    const second = await this.run(this.after);
    const behaviour = compareRuns(first, second, given);
    if (behaviour.same !== false || second.notStarted !== undefined) return behaviour;
    // What changes by itself is no difference: another run of the version before shows it.
    return compareRuns(first, second, given, await this.run(this.before));
  }

  private async compareServers(first: ServeOutcome, questions: Questions): Promise<Behaviour> {
    const open = questions.ask.filter(({ port }) => first.ports.some((each) => each.port === port));
    if (open.length === 0) return compareServers(first, first, questions);
    const patience = AFTER_SECONDS * 1000 + 5 * first.waited;
    const second = await this.serve(this.after, open, patience, false);
    const behaviour = compareServers(first, second, questions);
    if (behaviour.same !== false) return behaviour;
    // What changes with each start is no difference: another one of the version before shows it.
    return compareServers(first, second, questions, await this.serve(this.before, open, patience, false));
  }

  private async run({ id }: ImageDetails): Promise<RunOutcome> {
    const { args, labels, stdin, network } = this.trial;
    const given = { ...(stdin !== undefined && { stdin }), ...(network !== undefined && { network }) };
    const request = { image: id, args, labels, timeout: PROGRAM_SECONDS * 1000, ...given };
    const outcome = await this.engine.run(request, this.signal);
    this.note(id, "exit", outcome.took);
    return outcome;
  }

  private async serve(
    image: ImageDetails,
    ask: readonly PortRequests[],
    timeout: number,
    anyPort: boolean,
  ): Promise<ServeOutcome> {
    const { args, labels, network } = this.trial;
    const version = image === this.before ? "before" : "after";
    this.listener.log(`Asking the version ${version} at port ${ask.map(({ port }) => port).join(", ")}`);
    const request = { image: image.id, args, labels, ask, anyPort, timeout, ...(network !== undefined && { network }) };
    const outcome = await this.engine.serve(request, this.signal);
    this.note(image.id, "port", outcome.opened);
    return outcome;
  }

  private note(image: string, until: StartUp["until"], milliseconds: number | undefined): void {
    if (milliseconds !== undefined) this.starts.push({ image, until, milliseconds });
  }
}
