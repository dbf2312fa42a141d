/**
 * Packages of Debian for programs that the large images of languages have and the slim ones have not: buildpack-deps brings them
 * (docker-library/buildpack-deps, scm and curl). What is for building is none of them.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  bzip2: ["bzip2"],
  convert: ["imagemagick"],
  curl: ["curl"],
  // With the program by which it speaks to hosts over ssh.
  git: ["git", "openssh-client"],
  identify: ["imagemagick"],
  mogrify: ["imagemagick"],
  pgrep: ["procps"],
  pkill: ["procps"],
  ps: ["procps"],
  python3: ["python3"],
  scp: ["openssh-client"],
  ssh: ["openssh-client"],
  top: ["procps"],
  unzip: ["unzip"],
  wget: ["wget"],
  xz: ["xz-utils"],
};

/** The packages that bring a program; undefined where that is not known. */
export function packagesOfProgram(name: string): readonly string[] | undefined {
  return Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
}

/** All of them in order, with the certificates that the large images have: what is installed speaks to others by them. */
export function withCertificates(packages: Iterable<string>): readonly string[] {
  const all = new Set(packages);
  return all.size === 0 ? [] : [...all.add("ca-certificates")].sort();
}
