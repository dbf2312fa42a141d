import { stat } from "node:fs/promises";
import { type BuildRequest, EngineError } from "../../ports";
import { fileReason } from "./errors";
import type { SyncEntry } from "./filesync";
import { type IgnoreRules, readIgnoreRules } from "./ignore";
import { walkContext } from "./walk";
import { wantedPaths } from "./wanted";

/** The folder of a build and what goes with it. */
export interface BuildContext {
  readonly root: string;
  readonly rules: IgnoreRules;
  /** The Dockerfile's text, which need not be on the disk, nor inside the folder, nor visible under the rules. */
  readonly dockerfile: string;
}

/** The Dockerfile's name for BuildKit, to which it travels apart from the context. */
export const dockerfileName = "Dockerfile";

/** Rejects with an EngineError where the folder, or its list of ignored files, cannot be read. */
export async function openContext(request: BuildRequest): Promise<BuildContext> {
  const root = request.context;
  const found = await stat(root).catch((error: unknown) => {
    throw new EngineError(`The build context ${root} cannot be read: ${fileReason(error)}.`);
  });
  if (!found.isDirectory()) throw new EngineError(`The build context ${root} is not a folder.`);
  const rules = await readIgnoreRules(root, request.dockerfilePath);
  return { root, rules, dockerfile: request.dockerfile };
}

/** The files that BuildKit asks for: all that a build sees, or those at and beneath the paths that its COPY lines name. */
export async function* contextEntries(context: BuildContext, paths: string): AsyncGenerator<SyncEntry> {
  yield* walkContext(context.root, context.rules, await wantedPaths(context.root, paths));
}

/** The folder in which BuildKit looks for the Dockerfile and for the rules that go with it. */
export function dockerfileEntries(context: BuildContext): SyncEntry[] {
  return [
    { path: dockerfileName, text: context.dockerfile },
    { path: `${dockerfileName}.dockerignore`, text: context.rules.text },
  ];
}
