import { createHash } from "node:crypto";
import { type Analysis, type Instruction, LineIndex, type Size, type Stage } from "../core";
import type { BuildReport } from "./build";

/** A size that a build has shown; stale where the text above has changed since. */
export interface Measurement {
  readonly size: Size;
  readonly stale: boolean;
}

/** More builds than this are forgotten, the oldest first. */
const KEPT = 50;

interface Build {
  /** What the stage stands on, and where: a build of another base says nothing about this one. */
  readonly kin: string;
  readonly fingerprint: string;
  readonly size: Size;
  readonly layers: readonly { readonly fingerprint: string; readonly text: string; readonly size: Size }[];
}

/**
 * What builds have measured, remembered by what produced it: the context folder and all instructions up to there. So a
 * change that is undone brings the figures back, and a file that is renamed keeps them.
 */
export class Measured {
  private readonly builds: Build[] = [];

  /** Remembers what a build of a stage of this text has shown. */
  remember(folder: string, { text, context }: Analysis, stage: Stage, { size, layers }: BuildReport): void {
    if (size.bytes === null) return;
    const fingerprints = fingerprintsOf(folder, context.model.syntax.instructions, text);
    const lines = new LineIndex(text);
    const byLine = new Map(
      [...fingerprints].map(([each, hash]) => [lines.lineAt(each.span.start) + 1, { each, hash }]),
    );
    const fingerprint = fingerprints.get(lastOf(stage)) ?? "";
    const known = this.builds.findIndex((build) => build.fingerprint === fingerprint);
    if (known >= 0) this.builds.splice(known, 1);
    this.builds.unshift({
      kin: kinOf(folder, stage),
      fingerprint,
      size,
      layers: layers.flatMap((layer) => {
        const at = layer.line === undefined ? undefined : byLine.get(layer.line);
        return at ? [{ fingerprint: at.hash, text: sourceOf(at.each, text), size: layer.size }] : [];
      }),
    });
    this.builds.length = Math.min(this.builds.length, KEPT);
  }

  /** The size of a stage's image, measured for this text or for an earlier one on the same base. */
  image(folder: string, { text, context }: Analysis, stage: Stage): Measurement | undefined {
    if (this.builds.length === 0) return undefined;
    const fingerprint = fingerprintsOf(folder, context.model.syntax.instructions, text).get(lastOf(stage));
    const exact = this.builds.find((build) => build.fingerprint === fingerprint);
    const build = exact ?? this.builds.find(({ kin }) => kin === kinOf(folder, stage));
    return build && { size: build.size, stale: build !== exact };
  }

  /** What instructions of this text added, measured; stale where one above them has changed. */
  layers(folder: string, { text, context }: Analysis): ReadonlyMap<Instruction, Measurement> {
    const found = new Map<Instruction, Measurement>();
    if (this.builds.length === 0) return found;
    const layers = this.builds.flatMap((build) => build.layers);
    // The newest wins, so it is put in last.
    const exact = new Map(layers.toReversed().map((layer) => [layer.fingerprint, layer.size]));
    const kin = new Set(context.model.stages.map((stage) => kinOf(folder, stage)));
    const latest = this.builds.find((build) => kin.has(build.kin))?.layers ?? [];
    const alike = new Map(latest.toReversed().map((layer) => [layer.text, layer.size]));
    for (const [instruction, fingerprint] of fingerprintsOf(folder, context.model.syntax.instructions, text)) {
      const fresh = exact.get(fingerprint);
      const size = fresh ?? alike.get(sourceOf(instruction, text));
      if (size) found.set(instruction, { size, stale: fresh === undefined });
    }
    return found;
  }
}

function sourceOf({ span }: Instruction, text: string): string {
  return text.slice(span.start, span.end);
}

function lastOf(stage: Stage): Instruction {
  return stage.instructions.at(-1) ?? stage.from;
}

function kinOf(folder: string, stage: Stage): string {
  const bases: string[] = [];
  for (let at: Stage | undefined = stage; at; at = at.base.kind === "stage" ? at.base.stage : undefined)
    bases.push(at.base.token?.text ?? "");
  return [folder, ...bases].join("\n");
}

/** For each instruction a hash of the folder and of all instructions up to it. */
function fingerprintsOf(
  folder: string,
  instructions: readonly Instruction[],
  text: string,
): ReadonlyMap<Instruction, string> {
  let hash = folder;
  return new Map(
    instructions.map((instruction) => {
      hash = createHash("sha1")
        .update(`${hash}\n${sourceOf(instruction, text)}`)
        .digest("base64");
      return [instruction, hash];
    }),
  );
}
