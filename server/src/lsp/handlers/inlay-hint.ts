import type { InlayHint, InlayHintParams } from "vscode-languageserver/node";
import { type Analysis, type Instruction, unpackedSize } from "../../core";
import { placeKey } from "../documents";
import { fromRange, touch } from "../from-lsp";
import type { Server } from "../server";
import { provenance, sizeText } from "../size-text";

interface Weight {
  readonly text: string;
  readonly tooltip: string;
}

/** Sizes at the ends of lines: of each base, and after a build of what each instruction added. */
export function inlayHints(server: Server, { textDocument, range }: InlayHintParams): InlayHint[] {
  const found = server.documents.find(textDocument.uri);
  if (!found || server.settings.inlayHints === false) return [];
  const wanted = fromRange(found.document, range);
  const weights = new Map([...baseSizes(found.analysis), ...measuredSizes(server, found.analysis, placeKey(found))]);
  return [...weights]
    .filter(([{ span }]) => touch(span, wanted))
    .map(([{ span }, { text, tooltip }]) => ({
      position: found.document.positionAt(span.end),
      label: text,
      tooltip,
      paddingLeft: true,
    }));
}

function baseSizes({ context }: Analysis): readonly (readonly [Instruction, Weight])[] {
  return context.model.stages.flatMap((stage) => {
    const image = stage.base.kind === "image" ? context.image(stage) : undefined;
    const size = image && unpackedSize(image);
    return size
      ? [[stage.from, { text: sizeText(size, false), tooltip: `The base: ${provenance(size)}` }] as const]
      : [];
  });
}

function measuredSizes(
  { measured }: Server,
  analysis: Analysis,
  key: string,
): readonly (readonly [Instruction, Weight])[] {
  return [...measured.layers(key, analysis)]
    .filter(([, { size }]) => size.bytes !== 0)
    .map(([instruction, { size, stale }]) => {
      const when = stale ? "Measured before the text above changed" : "This instruction adds";
      return [instruction, { text: sizeText(size, stale), tooltip: `${when}: ${provenance(size)}` }];
    });
}
