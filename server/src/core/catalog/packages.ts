import { type PackageName, packageNamed, packagesWith, packageTable } from "./package-table";

/** What is known of a package on one release. */
export interface OsPackage extends PackageName {
  /** Part of the `-slim` image of the release. */
  readonly inBase: boolean;
}

/**
 * A package on a release of Debian (codename), from its archive (catalog/packages). Undefined where the table has no such
 * release, or no such package in it: that is unknown. A name that stands for a package (libz-dev) is answered with that one.
 */
export function osPackage(release: string, name: string): OsPackage | undefined {
  return packageTable(release)?.row(plainName(name));
}

/** What a package of this name is for, on any release of Debian and of what is made of it; undefined where that is unknown. */
export function packageKind(name: string): PackageName["kind"] | undefined {
  return packageNamed(plainName(name))?.kind;
}

/**
 * The packages that a program needs at run time which is built with this one: libpq5 for libpq-dev, none for headers alone.
 * Undefined where that is not known, and for packages that are not for linking with.
 */
export function runtimeOf(release: string, name: string): readonly string[] | undefined {
  return packageTable(release)?.row(plainName(name))?.runtime;
}

/** The interpreter that a package for building brings along: python3 with python3-pip. A program may run by it. */
export function interpreterOf(name: string): string | undefined {
  const plain = plainName(name);
  const java = /^(default|openjdk-\d+)-jdk(-headless)?$/.exec(plain);
  if (java) return `${java[1]}-jre${java[2] ?? ""}`;
  if (/^python3[\d.]*-(?:pip|venv|dev|full|wheel)$|^(?:pipx|virtualenv|cython3)$/.test(plain)) return "python3";
  return Object.hasOwn(INTERPRETERS, plain) ? INTERPRETERS[plain] : undefined;
}

const INTERPRETERS: Readonly<Record<string, string>> = {
  ant: "default-jre-headless",
  bundler: "ruby",
  composer: "php-cli",
  maven: "default-jre-headless",
  npm: "nodejs",
  "ruby-dev": "ruby",
  "ruby-full": "ruby",
  yarnpkg: "nodejs",
};

/** The package of a release that brings a shared library: libpq5 for `libpq.so.5`. Undefined where that is not known. */
export function packageOfLibrary(release: string, library: string): string | undefined {
  const table = packageTable(release);
  return packagesWith(library).find((name) => table?.row(name)?.name === name);
}

/** The name of a package without architecture and version, and without the sign behind it that tells apt-get(8) what to do. */
export function plainName(name: string): string {
  const plain = name.replace(/[:=/].*$/s, "");
  return plain.endsWith("+") && !plain.endsWith("++") ? plain.slice(0, -1) : plain;
}
