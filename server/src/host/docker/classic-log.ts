import type { BuildFailure, BuildListener, BuildStep } from "../../ports";
import type { EngineMessage, SteppedLog } from "./build-log";
import { describeFailure, keptLines } from "./failure";
import { LineSplitter, Tail } from "./text";

/** Reads what the classic builder of Docker prints. */
export class ClassicLog implements SteppedLog {
  image?: string;
  container: string | undefined;
  readonly made: string[] = [];
  private error?: string;
  private step?: BuildStep;
  /** How many steps have begun, those that the builder added among them. */
  private steps = 0;
  private tail = new Tail(keptLines);
  private cached = false;
  private readonly output = new LineSplitter((line) => this.line(line));
  private readonly statuses = new Map<string, string>();

  /** `added`: how many steps the builder appends to the author's own, one for each label of the request. */
  constructor(
    private readonly listener: BuildListener,
    private readonly added: number,
  ) {}

  read(message: EngineMessage): void {
    // What the builder itself says begins a line, even where a program left one open.
    if (/^(?: ---> |Removing intermediate container |Step \d)/.test(message.stream ?? "")) this.output.end();
    if (message.stream !== undefined) this.output.write(message.stream);
    if (message.status !== undefined) this.progress(message.id ?? "", message.status);
    // One for each stage that was built; the last is the one that was asked for.
    if (typeof message.aux === "object" && message.aux?.ID) this.image = message.aux.ID;
    const error = message.errorDetail?.message ?? message.error;
    if (error !== undefined) this.error ??= error;
  }

  failure(): BuildFailure | undefined {
    this.output.end();
    if (this.error === undefined) return undefined;
    return describeFailure(this.error, this.step, this.step ? String(this.tail) : "");
  }

  private line(line: string): void {
    const begun = this.begin(line);
    if (begun !== undefined) this.listener.log(begun);
    else this.follow(line);
  }

  /** Where a step begins with this line, what is logged of it. */
  private begin(line: string): string | undefined {
    const [, index, all, text] = /^Step (\d+)\/(\d+) : (.*)$/.exec(line) ?? [];
    // A program can print such a line too. The builder's own come in order.
    if (index === undefined || text === undefined || Number(index) !== this.steps + 1) return undefined;
    const total = Number(all) - this.added;
    if (this.step && total !== this.step.total) return undefined;
    this.steps++;
    this.container = undefined;
    this.cached = false;
    if (this.steps > total) return undefined;
    this.step = { builder: "classic", index: this.steps, total, text };
    this.tail = new Tail(keptLines);
    this.listener.step?.(this.step);
    return `Step ${this.steps}/${total} : ${text}`;
  }

  private follow(line: string): void {
    const [, container] = /^ ---> Running in ([0-9a-f]{12})$/.exec(line) ?? [];
    const [, image] = /^ ---> ([0-9a-f]{12})$/.exec(line) ?? [];
    if (container) this.container = container;
    else if (line === " ---> Using cache") this.cached = true;
    else if (image && !this.cached && !/^from\b/i.test(this.step?.text ?? "")) this.made.push(image);
    else if (!image && !/^(?: ---> Removed|Removing) intermediate container /.test(line)) this.tail.push(line);
    // The author did not write the steps that the builder added, and is not told of them.
    const theirs = this.step !== undefined && this.steps > this.step.total && !line.startsWith("Successfully ");
    if (line.trim() !== "" && !theirs) this.listener.log(line);
  }

  /** Of a pull, what changed; not each step of a progress bar. */
  private progress(id: string, status: string): void {
    if (this.statuses.get(id) === status) return;
    this.statuses.set(id, status);
    this.listener.log(id === "" ? status : `${id}: ${status}`);
  }
}
