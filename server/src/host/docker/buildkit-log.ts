import type { BuildFailure, BuildListener, BuildStep } from "../../ports";
import type { BuildLog, EngineMessage } from "./build-log";
import { causeOf, describeFailure, keptLines } from "./failure";
import { type StatusResponse, statusResponse, type Vertex } from "./schema";
import { cleanLine, LineSplitter, sentence, Tail } from "./text";

/** What is known of a vertex of BuildKit's graph: a step of the Dockerfile, or something it does besides. */
interface VertexState {
  readonly name: string;
  readonly step?: BuildStep;
  readonly tail: Tail;
  /** One for each of its output streams. */
  readonly output: Map<number, LineSplitter>;
  announced: boolean;
  cached: boolean;
  error?: string;
}

/** Reads what BuildKit reports: a line for each step that begins, below it what it prints, then how it ended. */
export class BuildKitLog implements BuildLog {
  image?: string;
  private error?: string;
  private readonly states = new Map<string, VertexState>();
  /** The vertex whose lines were printed last: steps run side by side, and a line must show whose it is. */
  private current?: VertexState;
  private failing?: VertexState;

  constructor(private readonly listener: BuildListener) {}

  read(message: EngineMessage): void {
    if (message.id === "moby.buildkit.trace" && typeof message.aux === "string") {
      this.status(statusResponse.decode(Buffer.from(message.aux, "base64")));
    } else if (typeof message.aux === "object" && message.aux?.ID) {
      this.image = message.aux.ID;
    }
    const error = message.errorDetail?.message ?? message.error;
    if (error !== undefined) this.error ??= error;
  }

  failure(): BuildFailure | undefined {
    for (const state of this.states.values()) this.flush(state);
    if (this.error === undefined) return undefined;
    const { name = "", step, tail, error = this.error } = this.failing ?? {};
    const [, image] = /(?:load metadata|resolve image config) for (\S+)/.exec(name) ?? [];
    const words = image === undefined ? error : `${image} cannot be had: ${causeOf(error)}`;
    return describeFailure(words, step, step ? String(tail) : "");
  }

  private status(status: StatusResponse): void {
    for (const vertex of status.vertexes) this.begin(vertex);
    for (const { vertex, stream, msg } of status.logs) this.print(vertex, stream, msg);
    for (const vertex of status.vertexes) this.finish(vertex);
    for (const warning of status.warnings) this.listener.log(`WARNING: ${cleanLine(warning.short.toString())}`);
  }

  private begin(vertex: Vertex): void {
    const state = this.states.get(vertex.digest) ?? newState(vertex.name);
    this.states.set(vertex.digest, state);
    if (state.announced || (!vertex.cached && vertex.started.length === 0)) return;
    state.announced = true;
    if (state.step) this.listener.step?.(state.step);
    if (vertex.cached) return;
    this.listener.log(state.name);
    this.current = state;
  }

  private print(digest: string, stream: number, msg: Buffer): void {
    const state = this.states.get(digest);
    if (!state) return;
    let splitter = state.output.get(stream);
    if (!splitter) {
      splitter = new LineSplitter((line) => this.line(state, line));
      state.output.set(stream, splitter);
    }
    splitter.write(msg);
  }

  private line(state: VertexState, line: string): void {
    if (this.current !== state) this.listener.log(state.name);
    this.current = state;
    state.tail.push(line);
    this.listener.log(`  ${line}`);
  }

  private finish(vertex: Vertex): void {
    const state = this.states.get(vertex.digest);
    if (!state) return;
    if (vertex.completed.length > 0) this.flush(state);
    if (vertex.cached && !state.cached) {
      state.cached = true;
      this.listener.log(`CACHED ${state.name}`);
    }
    // When a step fails, those beside it are cancelled: they have an error too, and are not to blame.
    if (vertex.error === "" || state.error !== undefined || /context canceled|^canceled/i.test(vertex.error)) return;
    state.error = vertex.error;
    this.failing ??= state;
    this.listener.log(`ERROR ${state.name}: ${sentence(causeOf(vertex.error))}`);
  }

  private flush(state: VertexState): void {
    for (const splitter of state.output.values()) splitter.end();
  }
}

function newState(name: string): VertexState {
  const clean = cleanLine(name.replace(/(?<!\s)\s*\n\s*/g, " "));
  const step = stepOf(clean);
  return {
    name: clean,
    ...(step && { step }),
    tail: new Tail(keptLines),
    output: new Map(),
    announced: false,
    cached: false,
  };
}

/** "[build  2/10] RUN make", "[linux/amd64 build 2/5] RUN make" and "[2/5] RUN make" are steps, "[internal] …" is none. */
function stepOf(name: string): BuildStep | undefined {
  const [, inside = "", text = ""] = /^\[([^\]]*)\] (.*)$/.exec(name) ?? [];
  const words = inside.split(" ").filter((word) => word !== "");
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(words.pop() ?? "") ?? [];
  if (index === undefined || words.length > 2) return undefined;
  // The platform has a slash, a stage has none.
  const stage = words.pop();
  if (words.some((word) => !word.includes("/"))) return undefined;
  const named = stage !== undefined && !stage.includes("/");
  return { builder: "buildkit", ...(named && { stage }), index: Number(index), total: Number(total), text };
}
