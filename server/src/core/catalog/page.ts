import type { ImageReference } from "./reference";

/** Where registries describe their images to people, by their domain; `path` is the repository there. */
const PAGES: ReadonlyMap<string, (path: string) => string | undefined> = new Map(
  Object.entries({
    "cgr.dev": (path: string) =>
      path.startsWith("chainguard/")
        ? `https://images.chainguard.dev/directory/image/${path.slice("chainguard/".length)}/overview`
        : undefined,
    "gcr.io": (path: string) =>
      path.startsWith("distroless/") ? "https://github.com/GoogleContainerTools/distroless" : undefined,
    "ghcr.io": (path: string) => `https://ghcr.io/${path}`,
    "mcr.microsoft.com": (path: string) => `https://mcr.microsoft.com/artifact/mar/${path}/about`,
    "public.ecr.aws": (path: string) => `https://gallery.ecr.aws/${path}`,
    "quay.io": (path: string) => `https://quay.io/repository/${path}`,
  }),
);

/** The page of an image's registry about it; undefined where its registry is not known to have pages. */
export function registryPage({ domain, path }: ImageReference): string | undefined {
  if (domain !== undefined) return PAGES.get(domain)?.(path);
  return path.includes("/") ? `https://hub.docker.com/r/${path}` : `https://hub.docker.com/_/${path}`;
}
