import { findImage } from "../../catalog/catalog";
import { type ImageReference, parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { RunCommand, StageView } from "../toolchain";

/** The Java of a stage. */
export interface Jdk {
  /** Its major version, such as 21. */
  readonly version: number;
  /** It is a JDK of its vendor's own, linked with an old glibc, which has jlink and the modules to make a runtime of. */
  readonly links: boolean;
}

/** The Java of a stage, or a sentence: which one it has cannot be told. */
export function jdkOf(view: StageView): Jdk | string {
  const reference = referenceOf(view);
  const image = reference && findImage(reference);
  const packages = view.commands.flatMap(packagesOf);
  // Maven takes the Java that is there.
  const named = packages.filter((name) => name !== "maven");
  const packaged = (named.length > 0 ? named : packages).flatMap((name) => versionOfPackage(name, view) ?? []);
  if (packaged.length > 0) {
    const [version = 0, ...others] = packaged;
    return others.some((each) => each !== version) || image?.ecosystem === "java"
      ? "The stage has several versions of Java, and which one starts the program is not known."
      : { version, links: false };
  }
  const bottom = lineage(view.stage)[0]?.base;
  const base = bottom?.kind === "image" ? bottom.reference : "the base image";
  const tagged = BY_TAG.test(reference?.familiar ?? "")
    ? /^(\d{1,2})(?!\d)/.exec(reference?.tag ?? "")?.[1]
    : undefined;
  if (image?.ecosystem !== "java" && tagged !== undefined) return { version: Number(tagged), links: false };
  if (image?.ecosystem !== "java")
    return `Which Java ${base} has is not known; an image that names it, such as eclipse-temurin:21-jdk, would tell.`;
  const version = Number(/^(?:1\.)?(\d+)/.exec(image.languageVersion ?? "")?.[1]);
  if (!version)
    return `The tag of ${base} names no version of Java, and what it has changes; one such as ${NAMED[image.name] ?? `${image.name}:21`} says what the program runs on.`;
  return { version, links: image.role === "sdk" && image.libc === "glibc" && version >= 11 };
}

/** Tags that name a version of Java beside that of the tool. */
const NAMED: Readonly<Record<string, string>> = { maven: "maven:3.9-eclipse-temurin-21", gradle: "gradle:8-jdk21" };

/** Images whose tags begin with the version of Java, whichever tag it is. */
const BY_TAG =
  /^(?:openjdk|eclipse-temurin|amazoncorretto|sapmachine|azul\/zulu-openjdk\S*|bellsoft\/liberica-open\S+)$/;

function referenceOf({ stage }: StageView): ImageReference | undefined {
  const base = lineage(stage)[0]?.base;
  return base?.kind === "image" ? parseReference(base.reference) : undefined;
}

/** Words of an install that name packages of Java. */
function packagesOf({ program = "", values }: RunCommand): readonly string[] {
  if (
    !/^(?:apt|apt-get|aptitude|apk|dnf|yum|microdnf)$/.test(program) ||
    !values.some((value) => /^(?:install|add)$/.test(value ?? ""))
  )
    return [];
  return values.flatMap((value) => (value && /jdk|jre|java|^maven$/.test(value) ? value.split("=", 1) : []));
}

/** What `default-jdk` is (packages.debian.org, packages.ubuntu.com: java-common). */
const DEFAULTS: Readonly<Record<string, number>> = {
  buster: 11,
  bullseye: 11,
  bookworm: 17,
  trixie: 21,
  bionic: 11,
  focal: 11,
  jammy: 11,
  noble: 21,
};

/** The version that a package of Java has: `openjdk-17-jdk`, `java-21-amazon-corretto-headless`, `openjdk17-jre`. */
function versionOfPackage(name: string, { baseRelease = "" }: StageView): number | undefined {
  const [, dashed] = /^(?:openjdk-|java-(?:1\.)?|temurin-|openjdk)(\d{1,2})(?:[-.].*)?$/.exec(name) ?? [];
  if (dashed !== undefined) return Number(dashed);
  return /^default-j(?:dk|re)(?:-headless)?$|^maven$/.test(name) ? DEFAULTS[baseRelease] : undefined;
}

/** The versions with long-term support that distroless has on Debian 13 (catalog/distroless/current.json). */
const DISTROLESS = [17, 21, 25];
/** Those that eclipse-temurin has as a runtime (catalog/images/eclipse-temurin.json). */
const TEMURIN = [8, 11, 17, 21, 25];

/** The version of distroless that runs classes of this one: its own, or else the next. */
export function distrolessVersion(version: number): number | undefined {
  return DISTROLESS.find((each) => each >= version);
}

export function temurinVersion(version: number): number | undefined {
  return TEMURIN.find((each) => each >= version);
}
