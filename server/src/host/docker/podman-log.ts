import type { BuildFailure, BuildListener, BuildStep } from "../../ports";
import type { EngineMessage, SteppedLog } from "./build-log";
import { describeFailure, keptLines } from "./failure";
import { LineSplitter, Tail } from "./text";

/** Reads what Podman prints when it builds. It counts the steps of each stage for itself, and names stages by number. */
export class PodmanLog implements SteppedLog {
  image?: string;
  /** Podman's own containers are none of the API's. */
  readonly container = undefined;
  readonly made: string[] = [];
  private error?: string;
  private step?: BuildStep;
  private tail = new Tail(keptLines);
  private readonly output = new LineSplitter((line) => this.line(line));

  /** `added`: how many steps it appends to the author's own in the last stage, one for each label of the request. */
  constructor(
    private readonly listener: BuildListener,
    private readonly added: number,
  ) {}

  read(message: EngineMessage): void {
    // What Podman itself says begins a line, even where a program left one open.
    if (/^(?:--> |STEP \d|\[\d+\/\d+\] STEP)/.test(message.stream ?? "")) this.output.end();
    if (message.stream !== undefined) this.output.write(message.stream);
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
    const [, stage = "1", stages = "1", index, all, text] =
      /^(?:\[(\d+)\/(\d+)\] )?STEP (\d+)\/(\d+): (.*)$/.exec(line) ?? [];
    if (index !== undefined && text !== undefined) {
      const total = Number(all) - (stage === stages ? this.added : 0);
      if (Number(index) <= total)
        this.begin({ stage: `stage-${Number(stage) - 1}`, index: Number(index), total, text });
      return;
    }
    const [, image] = /^--> ([0-9a-f]{11,12})$/.exec(line) ?? [];
    if (image !== undefined) this.made.push(image);
    else if (!/^(?:--> |\[\d+\/\d+\] COMMIT|COMMIT)/.test(line)) this.tail.push(line);
    if (line.trim() !== "") this.listener.log(line);
  }

  private begin(step: Omit<BuildStep, "builder">): void {
    this.step = { builder: "classic", ...step };
    this.tail = new Tail(keptLines);
    this.listener.step?.(this.step);
    this.listener.log(`[${step.stage} ${step.index}/${step.total}] ${step.text}`);
  }
}
