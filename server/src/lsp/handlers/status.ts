import {
  estimateImage,
  estimateLayers,
  formatBytes,
  formatSize,
  type Instruction,
  LineIndex,
  type Size,
  type Stage,
} from "../../core";
import { METHODS, type Status } from "../../protocol";
import { type Found, placeKey } from "../documents";
import { guarded, type Server } from "../server";
import { code, isUnknown, provenance, sizeText } from "../size-text";

/** Milliseconds without news before it is told: it is beside the typing path. */
const QUIET = 150;
/** A tooltip with more lines than this is no longer read. */
const MOST_ROWS = 15;

/** Tells our client what its status bar says about each open document, whenever that changes. */
export class StatusReporter {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly told = new Map<string, string>();

  constructor(private readonly server: Server) {}

  schedule(uri: string): void {
    if (!this.server.client.ui) return;
    clearTimeout(this.timers.get(uri));
    this.timers.set(
      uri,
      setTimeout(
        guarded(this.server, METHODS.status, undefined, () => this.tell(uri)),
        QUIET,
      ),
    );
  }

  scheduleAll(): void {
    for (const { document } of this.server.documents.all) this.schedule(document.uri);
  }

  closed(uri: string): void {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    this.told.delete(uri);
  }

  private tell(uri: string): void {
    this.timers.delete(uri);
    const found = this.server.documents.find(uri);
    if (!found) return;
    const status = statusOf(this.server, found);
    const text = JSON.stringify(status);
    if (this.told.get(uri) === text) return;
    this.told.set(uri, text);
    void this.server.connection.sendNotification(METHODS.status, status);
  }
}

/** The size of the image that ships: measured where it was, else estimated. */
export function statusOf(server: Server, found: Found): Status {
  const { analysis, document } = found;
  const stage = analysis.context.model.final;
  const engine = engineWords(server);
  const why = engine && { engine: engine.short };
  if (!stage)
    return { uri: document.uri, text: "no stage", tooltip: "The file has no FROM yet.", kind: "unknown", ...why };
  const measured = server.measured.image(placeKey(found), analysis, stage);
  const size = measured?.size ?? estimateImage(analysis.context, stage);
  const kind = measured ? (measured.stale ? "stale" : "measured") : isUnknown(size) ? "unknown" : "estimate";
  const about = measured?.stale ? "measured before the text above changed" : provenance(size);
  const tooltip = [
    `**${formatSize(size)}** (${about})`,
    ...breakdown(server, found, stage, measured !== undefined && !measured.stale),
    ...(size.listed === undefined
      ? []
      : [
          `\`docker images\` shows ${formatBytes(size.listed)} here: this engine counts whole blocks, and adds the packed layers that it keeps.`,
        ]),
    ...(engine ? [engine.long] : measured ? [] : ["Build the image to measure it."]),
  ].join("\n\n");
  return { uri: document.uri, text: sizeText(size, kind === "stale"), tooltip, kind, ...why };
}

function breakdown({ measured }: Server, found: Found, stage: Stage, isMeasured: boolean): readonly string[] {
  const { analysis } = found;
  const layers = isMeasured
    ? measuredLayers(measured.layers(placeKey(found), analysis), stage)
    : estimateLayers(analysis.context, stage);
  const lines = new LineIndex(analysis.text);
  const rows = layers
    .filter(({ size }) => size.bytes !== 0)
    .map(({ instruction, size }) => {
      const text = code(instruction.line.text).replaceAll("|", "\\|");
      return `| ${isUnknown(size) ? "?" : formatSize(size)} | ${lines.lineAt(instruction.span.start) + 1} | ${text} |`;
    });
  if (rows.length === 0) return [];
  const more = rows.length > MOST_ROWS ? [`| … | | ${rows.length - MOST_ROWS} more |`] : [];
  return [["| size | line | instruction |", "|---:|---:|---|", ...rows.slice(0, MOST_ROWS), ...more].join("\n")];
}

function measuredLayers(
  layers: ReadonlyMap<Instruction, { readonly size: Size; readonly stale: boolean }>,
  stage: Stage,
): readonly { readonly instruction: Instruction; readonly size: Size }[] {
  const own = new Set<Instruction>();
  for (let at: Stage | undefined = stage; at; at = at.base.kind === "stage" ? at.base.stage : undefined)
    for (const each of [at.from, ...at.instructions]) own.add(each);
  return [...layers]
    .filter(([instruction, { stale }]) => own.has(instruction) && !stale)
    .map(([instruction, { size }]) => ({ instruction, size }));
}

/** What the engine's absence comes to, by the words of its sentence. */
const SHORT: readonly (readonly [string, string])[] = [
  ["there is no such socket", "Docker is not running"],
  ["nothing listens there", "Docker is not running"],
  ["permission denied", "no access to Docker"],
];

/** Why nothing can be measured now: a few words, and a sentence. */
function engineWords({ access }: Server): { readonly short: string; readonly long: string } | undefined {
  const { state } = access;
  if (state.kind === "untrusted")
    return { short: "Restricted Mode", long: "Nothing is built or measured in Restricted Mode." };
  if (state.kind !== "absent") return undefined;
  const short = SHORT.find(([words]) => state.message.includes(words))?.[1] ?? "Docker does not answer";
  return { short, long: state.message };
}
