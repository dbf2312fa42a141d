import type { LayerReport } from "../../app/build";
import { formatSize } from "../../core";

/** A table of layers: size, line, instruction. Layers without weight are left out. */
export function layerLines(layers: readonly LayerReport[]): readonly string[] {
  return layers
    .filter(({ size }) => size.bytes !== 0)
    .map(
      ({ line, instruction, size }) =>
        `${formatSize(size).padStart(14)}  ${(line === undefined ? "" : String(line)).padStart(4)}  ${instruction.slice(0, 80)}`,
    );
}
