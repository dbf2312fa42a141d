import { spanOf } from "../../toolchains/app";
import type { RunCommand } from "../../toolchains/toolchain";
import type { Change } from "../changes/change";
import type { PackageCommand } from "../commands/packages";

/** The path says which packages there are, or where they come from: another image may have others there. */
export function isPackageSource(path: string): boolean {
  return /^\/etc\/(?:apt|apk|yum\.repos\.d)(?:\/|$)|^\/usr\/share\/keyrings(?:\/|$)/.test(path);
}

/** A step says which packages there are; an empty folder for that says nothing. */
export function changesSources(change: Change): boolean {
  switch (change.kind) {
    case "makes":
    case "touches":
      return isPackageSource(change.path) && !(change.kind === "makes" && change.what === "folder");
    case "copies":
      return isPackageSource(change.to);
    case "links":
      return isPackageSource(change.at);
    default:
      return false;
  }
}

/** The command installs packages from files, or lets packages of another machine be installed. */
export function installsForeign({ program, values }: RunCommand): boolean {
  if (program === "rpm") return values.some((value) => /^(?:-\w*[iUF]\w*|--install|--upgrade)$/.test(value ?? ""));
  return (
    program === "dpkg" &&
    values.some((value) => /^(?:-\w*i\w*|--install|--unpack|-R|--recursive|--add-architecture)$/.test(value ?? ""))
  );
}

/** The hosts that Debian, Ubuntu and Alpine have their packages on. */
const HOSTS = String.raw`(?:https?:\/\/)?(?:(?:deb|security|ftp)\.debian\.org|(?:archive|security|ports)\.ubuntu\.com|dl-cdn\.alpinelinux\.org)`;
const ESCAPED = HOSTS.replaceAll(String.raw`\.`, String.raw`\\?\.`).replaceAll(String.raw`\/`, String.raw`\\?\/`);
const TO_MIRROR = new RegExp(String.raw`^s([@#|/])${ESCAPED}[\w./-]*\1[\w.:/\\-]*\1g?$`);

/**
 * A command that has packages come from a mirror, as it is written: `sed -i 's/deb.debian.org/mirror.example/' /etc/apt/…`.
 * Undefined for others: what they change may be more than the host.
 */
export function mirrorOf(run: RunCommand, text: string): string | undefined {
  if (run.program !== "sed" || run.values.includes(undefined)) return undefined;
  const words = (run.values as readonly string[]).filter((word) => !/^-(?:i|e|Ei|ri|i -e)$/.test(word));
  const [first = "", ...files] = words;
  const { start, end } = spanOf(run);
  const written = text.slice(start, end);
  const isPlain = files.length > 0 && files.every(isPackageSource) && !/[\n$]/.test(written);
  return run.values[0]?.includes("i") && isPlain && TO_MIRROR.test(first) ? written : undefined;
}

/** An option by which a package comes from a repository that is not the image's own. */
export function repositoryOf({ manager, options }: PackageCommand): string | undefined {
  const named =
    manager === "apk"
      ? /^(?:-X|--repository|--repositories-file|--arch|--root|-p)(?:[ =]|$)/
      : /^(?:-t|--target-release|--default-release|-c|--config-file)(?:[ =]|$)|(?:^|\s)Dir(?:::|=)/;
  return options.find((option) => named.test(option));
}
