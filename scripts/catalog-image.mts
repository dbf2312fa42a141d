/**
 * Reads a published image on an engine and prints what it holds as a set of catalog/contents.json: programs, users, and with
 * them its shared libraries and certificates. `npx tsx scripts/catalog-image.mts REFERENCE`. What was made on this machine in
 * the place of a published image (label `stand-in=true`) is refused: it would say nothing of the real one.
 */
import { execFileSync, spawn } from "node:child_process";
import { extract, type Header } from "tar-stream";
import { ImageFacts, refusalOf } from "./images/image-facts.mjs";

const [, , reference = ""] = process.argv;

interface Inspected {
  readonly RepoDigests?: readonly string[];
  readonly Created?: string;
  readonly Config: { readonly Labels?: Readonly<Record<string, string>> | null };
}

function docker(...args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

const [image] = JSON.parse(docker("image", "inspect", reference)) as readonly [Inspected];
const refusal = refusalOf(reference, image.Config.Labels ?? {}, image.RepoDigests ?? []);
if (refusal !== undefined) {
  console.error(refusal);
  process.exitCode = 1;
} else
  console.log(
    JSON.stringify({ asOf: image.Created?.slice(0, 10), source: image.RepoDigests?.[0], ...(await read()) }, null, 2),
  );

/** The files of a container that is never started. */
async function read(): Promise<ReturnType<ImageFacts["set"]>> {
  const container = docker("create", reference, "none");
  const facts = new ImageFacts();
  try {
    const files = extract();
    spawn("docker", ["export", container], { stdio: ["ignore", "pipe", "inherit"] }).stdout.pipe(files);
    for await (const entry of files) {
      const { name, type } = entry.header as Header;
      const chunks: Buffer[] = [];
      for await (const chunk of entry) if (facts.wants(name)) chunks.push(chunk as Buffer);
      facts.add(name, type === "directory", Buffer.concat(chunks).toString("utf8"));
    }
  } finally {
    docker("rm", container);
  }
  return facts.set();
}
