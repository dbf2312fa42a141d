/**
 * Small programs of our own, ECOSYSTEM/NAME below this folder: `context/` is what is built, with a Dockerfile as people
 * write it; `app.ts` says what it is asked and has to answer, before a rewrite and after it; `expert.TARGET.Dockerfile`
 * is what somebody who knows the images well writes for a target, the measure of ours.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AppFacts, Target } from "./app.ts";

export interface App extends AppFacts {
  /** As `node/express`. */
  readonly name: string;
  /** What an expert writes, by target. */
  readonly experts: Readonly<Partial<Record<Target, string>>>;
}

/** In the order of the table. */
const ECOSYSTEMS = ["go", "node", "python", "java", "rust", "c"];

function folders(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((each) => (each.isDirectory() ? each.name : [])).sort();
}

async function readApp(name: string): Promise<App> {
  const folder = join(import.meta.dirname, name);
  const { app } = (await import(pathToFileURL(join(folder, "app.ts")).href)) as { readonly app: AppFacts };
  const experts = readdirSync(folder).flatMap((file) => {
    const target = /^expert\.(\w+)\.Dockerfile$/.exec(file)?.[1];
    return target === undefined ? [] : [[target, readFileSync(join(folder, file), "utf8")]];
  });
  return { name, ...app, experts: Object.fromEntries(experts) };
}

export const APPS: readonly App[] = await Promise.all(
  ECOSYSTEMS.flatMap((ecosystem) =>
    folders(join(import.meta.dirname, ecosystem)).map((name) => readApp(`${ecosystem}/${name}`)),
  ),
);

/** The folder of an app that it is built in. */
export function contextOf(app: App): string {
  return join(import.meta.dirname, app.name, "context");
}

export function dockerfileOf(app: App): string {
  return join(contextOf(app), app.dockerfile ?? "Dockerfile");
}
