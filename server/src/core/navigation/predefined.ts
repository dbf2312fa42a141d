/** The ARGs that BuildKit sets itself before the first FROM (dockerfile2llb, defaultArgs), and what they say. */
const PLATFORM: ReadonlyMap<string, string> = new Map([
  ["BUILDPLATFORM", "the platform that builds"],
  ["BUILDOS", "the operating system that builds"],
  ["BUILDOSVERSION", "the version of the operating system that builds"],
  ["BUILDARCH", "the architecture that builds"],
  ["BUILDVARIANT", "the variant of the architecture that builds"],
  ["TARGETPLATFORM", "the platform that is built for"],
  ["TARGETOS", "the operating system that is built for"],
  ["TARGETOSVERSION", "the version of the operating system that is built for"],
  ["TARGETARCH", "the architecture that is built for"],
  ["TARGETVARIANT", "the variant of the architecture that is built for"],
  ["TARGETSTAGE", "the stage that is asked for with `--target`, or `default`"],
]);

/** What every step may be given without an ARG (Dockerfile reference, predefined ARGs). */
const PROXIES = /^(?:HTTP|HTTPS|FTP|NO|ALL)_PROXY$/i;

/** What a predefined ARG says; undefined for names that are free. */
export function predefinedMeaning(name: string): string | undefined {
  if (PROXIES.test(name)) return "the proxy that the builder was given";
  if (name === "SOURCE_DATE_EPOCH" || name.startsWith("BUILDKIT_")) return "a switch of BuildKit's own";
  return PLATFORM.get(name);
}

/** It has a value in FROM without an ARG of its own; in a stage `ARG` brings it in. */
export function isPlatformArg(name: string): boolean {
  return PLATFORM.has(name);
}
