import type { BaseImage } from "./image";
import type { Size } from "./size";

/** The image of Eclipse Temurin with the same Java: distroless has its JRE on the libraries of java-base (java/java.bzl). */
export function temurinOf({ name }: Pick<BaseImage, "name">): string | undefined {
  const [, version] = /^gcr\.io\/distroless\/java(\d+)-debian13$/.exec(name) ?? [];
  return version && `eclipse-temurin:${version}-jre`;
}

/** More than all packages that Temurin's images install beside the JRE: fonts, certificates, zones, locales (adoptium/containers). */
const PACKAGES = 90_000_000;

/** What distroless' Java weighs: java-base, and of Temurin's image what is not its system. Nobody publishes it. */
export function javaSize(base: Size, temurin: Size, system: Size): Size | undefined {
  if (base.bytes === null || temurin.bytes === null || system.bytes === null) return undefined;
  const high = base.bytes + (temurin.high ?? temurin.bytes) - (system.low ?? system.bytes);
  const low = Math.max(
    base.bytes,
    base.bytes + (temurin.low ?? temurin.bytes) - (system.high ?? system.bytes) - PACKAGES,
  );
  return {
    bytes: Math.round((low + high) / 2),
    low,
    high,
    kind: "unpacked",
    source: "estimate",
    platform: temurin.platform,
    ...(temurin.asOf === undefined ? {} : { asOf: temurin.asOf }),
  };
}
