import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of the catalog as it is written; which fields it may have is what rows.test.ts checks. */
export interface Row {
  readonly name: string;
  readonly alias?: string;
  readonly tag?: string;
  readonly tags?: readonly string[];
  readonly perTag?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly kind?: string;
  readonly role?: "sdk" | "os" | "runtime" | "server" | "distroless" | "scratch";
  readonly ecosystem?: string;
  readonly compressedBytes?: number;
  readonly unpackedBytes?: number;
  readonly unpackedAsOf?: string;
  readonly asOf: string;
  readonly source: string;
  readonly [field: string]: unknown;
}

export const ROOT = join(import.meta.dirname, "../../..");

/** Every JSON file of the catalog, with its path below catalog/. */
export function catalogFiles(): readonly { readonly path: string; readonly text: string }[] {
  const folder = join(ROOT, "catalog");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  return paths.map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, path), "utf8") }));
}

/** The rows of all images, each with the file it is in. */
export function imageRows(): readonly (Row & { readonly file: string })[] {
  return catalogFiles().flatMap(({ path, text }) => {
    const { images = [] } = JSON.parse(text) as { readonly images?: readonly Row[] };
    return images.map((row) => ({ ...row, file: path }));
  });
}

const DAY = 86_400_000;

/** Rows that know both sizes, of one build; images with several tags once. */
export function pairedRows(): readonly (Row & { readonly ratio: number; readonly day: number })[] {
  const seen = new Set<string>();
  return imageRows().flatMap((row) => {
    const { compressedBytes, unpackedBytes, unpackedAsOf = row.asOf } = row;
    if (!compressedBytes || !unpackedBytes || Math.abs(Date.parse(row.asOf) - Date.parse(unpackedAsOf)) > 120 * DAY)
      return [];
    const key = `${row.name} ${compressedBytes}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...row, ratio: unpackedBytes / compressedBytes, day: Date.parse(unpackedAsOf) }];
  });
}
