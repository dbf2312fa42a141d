import { formatSize, type Size } from "../core";

const SOURCES: Readonly<Record<Size["source"], string>> = {
  measured: "measured by the engine",
  registry: "from the registry",
  catalog: "from Ballast's catalog",
  estimate: "estimate",
};

/** Where a figure is from, and of which platform: "estimate, 2026-11-21, linux/amd64". */
export function provenance({ source, kind, platform, asOf, approximate }: Size): string {
  const words = [
    SOURCES[source],
    approximate && "as it lies on its disk until the exact figure is read",
    kind === "compressed" && "compressed",
    asOf,
    platform,
  ];
  return words.filter(Boolean).join(", ");
}

/** Nothing is known of it, not even that it is at least so much. */
export function isUnknown({ bytes, low = 0, high }: Size): boolean {
  return bytes === null && low === 0 && high === undefined;
}

/** A figure that was measured before the text above changed says so. */
export function sizeText(size: Size, stale: boolean): string {
  return stale ? `was ${formatSize(size)}` : formatSize(size);
}

/** Text of a file inside Markdown, on one line, whatever characters it has. */
export function code(text: string): string {
  const plain = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  const short = plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
  return short === "" ? "" : `\`${short}\``;
}
