/** How an image starts, and what a program finds in it. What is absent is not known. */
export interface ImageConfig {
  readonly user?: string;
  readonly uid?: number;
  readonly workdir?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** All names in /etc/passwd. */
  readonly users?: readonly string[];
  /** A CA bundle that programs find by themselves. */
  readonly caCerts?: boolean;
  /** /usr/share/zoneinfo. */
  readonly tzdata?: boolean;
  /** A /tmp that everybody may write to. */
  readonly tmp?: boolean;
  /** Which of ssl, gcc, stdc++, z and gomp are there as shared libraries. */
  readonly libraries?: readonly string[];
}

/** What the catalog knows of one tag. Sizes are bytes; dates are YYYY-MM-DD, or begin of one where no more is known. */
export interface BaseImage extends ImageConfig {
  /** The familiar name: `golang`, `gcr.io/distroless/static-debian13`. */
  readonly name: string;
  /** The tag of the row, which is not the one asked for where `nearest` is set. */
  readonly tag: string;
  readonly role: "sdk" | "os" | "runtime" | "server" | "distroless" | "scratch";
  readonly ecosystem?: string;
  readonly languageVersion?: string;
  readonly distro?: string;
  /** A codename of Debian and Ubuntu (`bookworm`), or distribution and version (`alpine3.21`). */
  readonly distroRelease?: string;
  /** When the distribution's own support of that release ends or ended. */
  readonly distroEol?: string;
  readonly libc?: "glibc" | "musl" | "none";
  readonly glibc?: string;
  readonly shell: boolean | undefined;
  readonly packageManager?: string;
  /** When support of the language version, else of the release, ends or ended; for a dropped image, when that was. */
  readonly eol?: string;
  /** Whether the tag still gets new builds. */
  readonly updated?: boolean;
  readonly compressed?: number;
  readonly unpacked?: number;
  readonly asOf: string;
  /** The date of `unpacked` where it is not `asOf`. */
  readonly unpackedAsOf?: string;
  readonly platform: "linux/amd64";
  /** Set where there is no row for the tag itself and this is its release line's: `golang:1.22` for `golang:1.22.3`. */
  readonly nearest?: true;
}
