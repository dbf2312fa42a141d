import { Memo } from "../text/memo";
import type { Held } from "./contents";
import { goInstallSize } from "./go-sizes";
import type { BaseImage } from "./image";
import { type InstallBase, InstallTally } from "./install-size";
import { packageTable, stackPackages } from "./package-table";
import { osPackage } from "./packages";
import type { Size } from "./size";

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

/**
 * The bytes that an install adds to an image, without the lists of packages: from layers that were measured where Go is among
 * the packages, else from the table of packages. Undefined where neither knows.
 */
export function installOn(image: BaseImage, packages: readonly string[], recommends: boolean): Size | undefined {
  const { distro, distroRelease } = image;
  if (!distro || !distroRelease) return undefined;
  const measured = goInstallSize(distro, distroRelease, packages, { recommends, listsKept: false });
  const base = measured?.bytes ? undefined : imagePackages(image);
  if (!base) return measured;
  return installs.of([base.release, base.slim, base.stack ?? "", recommends, ...packages].join(" ")).size;
}

/** A file that is typed in has the same installs at each keystroke. */
const installs = new Memo((text) => {
  const [release = "", slim, stack = "", recommends, ...packages] = text.split(" ");
  const tally = new InstallTally({ release, slim: slim === "true", ...(stack && { stack }) });
  return { size: tally.add(packages, recommends === "true") };
});

/**
 * Of packages that programs need at run time, those that an image lacks: all whose libraries it has are left out, and what is
 * not known is kept.
 */
export function lackingPackages(image: BaseImage, release: string, packages: readonly string[]): readonly string[] {
  return packages.filter((name) => {
    if (holdsPackage(image, name) === "there") return false;
    const { libraries } = osPackage(release, name) ?? {};
    return !libraries?.length || libraries.some((library) => holdsLibrary(image, library) !== "there");
  });
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
