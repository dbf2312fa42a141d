/** Why an image is no source of facts about the published one of its name; undefined where it is. */
export function refusalOf(
  reference: string,
  labels: Readonly<Record<string, string>>,
  digests: readonly string[],
): string | undefined {
  if (labels["stand-in"] === "true")
    return `${reference} was made on this machine in the place of the published image, and says nothing of that one; pull the real one.`;
  if (digests.length === 0)
    return `${reference} has no digest of a registry: it was built here or loaded from a file; pull the published one.`;
  return undefined;
}

const PROGRAM = /^(?:usr\/)?(s?bin)\/([^/]+)$/;
const LIBRARY = /^(?:usr\/)?lib(?:64|\/[^/]+-linux-gnu)?\/([^/]+\.so\.[\w.]+)$/;
const CERTIFICATES = /^etc\/(?:ssl\/certs\/ca-certificates\.crt|pki\/tls\/certs\/ca-bundle\.crt)$/;
const PASSWD = "etc/passwd";

/** What an image holds, file by file. */
export class ImageFacts {
  private readonly programs = { bin: new Set<string>(), sbin: new Set<string>() };
  private readonly libraries = new Set<string>();
  private users: readonly string[] = [];
  private certificates = false;

  /** Whether the content of a file matters. */
  wants(path: string): boolean {
    return path === PASSWD;
  }

  /** Takes note of a file or folder, by its path without the slash in front. */
  add(path: string, folder: boolean, content: string): void {
    if (folder) return;
    const [, kind, program] = PROGRAM.exec(path) ?? [];
    if (program !== undefined) this.programs[kind === "sbin" ? "sbin" : "bin"].add(program);
    const library = LIBRARY.exec(path)?.[1];
    if (library !== undefined) this.libraries.add(library);
    if (CERTIFICATES.test(path)) this.certificates = true;
    if (path === PASSWD) this.users = content.split("\n").flatMap((line) => line.split(":", 1)[0] || []);
  }

  /** Sorted words, as in catalog/contents.json. */
  set(): {
    readonly bin: string;
    readonly sbin: string;
    readonly users: string;
    readonly libraries: string;
    readonly caCerts: boolean;
  } {
    const words = (set: Iterable<string>) => [...set].sort().join(" ");
    return {
      bin: words(this.programs.bin),
      sbin: words(this.programs.sbin),
      users: words(this.users),
      libraries: words(this.libraries),
      caCerts: this.certificates,
    };
  }
}
