import type { Held } from "./contents";
import type { BaseImage } from "./image";
import type { InstallBase } from "./install-size";
import { packageTable, stackPackages } from "./package-table";
import { osPackage } from "./packages";

/** Official images whose plain tags are made on buildpack-deps, and on which of its variants (docker-library). */
const STACKS: Readonly<Record<string, string>> = {
  "buildpack-deps": "full",
  gcc: "full",
  golang: "golang",
  node: "full",
  perl: "full",
  python: "full",
  ruby: "full",
  rust: "full",
};

/** What of Debian an image is made of, by its name and tag; undefined where that is not known, or it is not on Debian. */
export function imagePackages(image: BaseImage): InstallBase | undefined {
  const { name, tag, distro, distroRelease: release, role } = image;
  if (distro !== "debian" || release === undefined || role === "distroless") return undefined;
  const slim = isSlim(tag);
  if (slim || name === "debian") return { release, slim };
  const [, variant] = name === "buildpack-deps" ? (/(?:^|-)(curl|scm)$/.exec(tag) ?? []) : [];
  const stack = variant ?? STACKS[name];
  return stack === undefined ? undefined : { release, slim: false, stack };
}

/**
 * Whether an image was told to install a package when it was made, or that is part of the smallest image of its release:
 * python:3.13 has libpq-dev. Unknown where only what another package needs may have brought it.
 */
export function holdsPackage(image: BaseImage, name: string): Held {
  const made = imagePackages(image);
  const row = made && osPackage(made.release, name);
  if (!row) return "unknown";
  if (
    row.inBase ||
    stackPackages()
      .get(made.stack ?? "")
      ?.has(name)
  )
    return "there";
  return image.name === "debian" ? "absent" : "unknown";
}

function isSlim(tag: string): boolean {
  return /(?:^|-)slim(?:-|$)/.test(tag);
}

/**
 * Whether a shared library is in the folders of an image that the loader searches: of distroless and of plain Debian all are
 * known, of other images on Debian those of its base.
 * @param library the name that programs ask for: `libpq.so.5`
 */
export function holdsLibrary(image: BaseImage, library: string): Held {
  const { name, distro, distroRelease = "", role } = image;
  const images = distro === "debian" ? packageTable(distroRelease)?.images : undefined;
  if (role === "scratch") return "absent";
  if (role === "distroless") {
    const known = images?.get(name.replace("gcr.io/", "").replace(/-debian\d+$/, ""));
    if (!known) return "unknown";
    return known.has(library) ? "there" : "absent";
  }
  if (images?.get("slim")?.has(library)) return "there";
  return images && name === "debian" ? "absent" : "unknown";
}
