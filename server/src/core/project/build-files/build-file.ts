/** What a file that rules a build says of what the build writes. */
export interface BuildFile {
  /** A build by this file alone writes to nothing but the folders of its tool: it runs no program and names no folder. */
  readonly keeps: boolean;
  /** The names that what it makes begins with, or has; undefined where they cannot be told. */
  readonly names: readonly string[] | undefined;
  /** Other parts of the project that it builds too, as they are written. */
  readonly parts: readonly string[];
  /** The scripts that it names. */
  readonly scripts?: ReadonlyMap<string, string>;
  /** What it has settings for: the keys of a package.json. */
  readonly keys?: ReadonlySet<string>;
  /** The packages that it names, those for the build among them. */
  readonly needs?: ReadonlySet<string>;
}
