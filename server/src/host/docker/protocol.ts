import { NotificationType, RequestType } from "vscode-jsonrpc/node";
import type {
  BuildOutcome,
  BuildRequest,
  BuildStep,
  ImageDetails,
  MeasuredImage,
  RunOutcome,
  RunRequest,
  ServeOutcome,
  ServeRequest,
  StartQuestion,
} from "../../ports";
import type { Builder } from "./engine";

/** What the child process must know before it can do anything. */
export interface EngineOptions {
  /** The engine's address; without it, the engine that the `docker` command would use. */
  readonly host?: string;
  /** Overrides the choice of the builder. */
  readonly builder?: Builder;
  /** Where what is known of layers is kept from one time to the next, absolute; without it, it is not. */
  readonly cacheFolder?: string;
}

/** What happens in a build: a line of its log, or a step that begins. */
export type BuildEvent = string | BuildStep;

/** An image to be measured; what is told of it meanwhile has the same `id`. */
export interface MeasureRequest {
  readonly id: number;
  readonly reference: string;
  readonly contents: boolean;
  readonly start?: StartQuestion;
}

/** The requests and notifications between the product and the process that holds its connection to an engine. */
export const protocol = {
  build: new RequestType<{ readonly id: number; readonly request: BuildRequest }, BuildOutcome, void>("build"),
  inspect: new RequestType<{ readonly reference: string }, ImageDetails | null, void>("inspect"),
  measure: new RequestType<MeasureRequest, MeasuredImage | null, void>("measure"),
  run: new RequestType<RunRequest, RunOutcome, void>("run"),
  serve: new RequestType<ServeRequest, ServeOutcome, void>("serve"),
  sweep: new RequestType<{ readonly label: string }, null, void>("sweep"),
  /** From the child, in order and several at a time, with the `id` of the build. */
  events: new NotificationType<{ readonly id: number; readonly events: readonly BuildEvent[] }>("events"),
  /** From the child: how far the reading of the image with this `id` is. */
  progress: new NotificationType<{ readonly id: number; readonly read: number; readonly about: number }>("progress"),
  /** To the child: end what is under way, and then yourself. */
  close: new NotificationType<null>("close"),
};

/** Codes of the errors that cross the boundary; each has a message of one sentence. */
export const errorCodes = { engine: 1, cancelled: 2 } as const;
