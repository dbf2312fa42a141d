/** Another final base: one that the program does not run on, that is dead, or that never was. */
import type { Analysis, Stage } from "../../../server/src/core";
import { packageOfC, programOfC, programOfRust } from "./carried";
import { bottomOf, edited, otherBase, type Plant, type Planter, textOf } from "./planter";

const withBase = (analysis: Analysis, stage: Stage | undefined, reference: string): readonly Plant[] => {
  const edit = stage && otherBase(stage, reference);
  return edit ? [edited(analysis, `FROM ${reference}`, edit)] : [];
};

/** A release of each that is long dead. */
const DEAD: Readonly<Record<string, string>> = {
  node: "node:12",
  python: "python:2.7",
  debian: "debian:stretch",
  ubuntu: "ubuntu:16.04",
  golang: "golang:1.15",
  alpine: "alpine:3.10",
  ruby: "ruby:2.5",
  php: "php:7.2",
};

export const endOfLifeBase: Planter = {
  rule: "end-of-life-base",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    const dead = final && DEAD[bottomOf(final).replace(/[:@].*$/, "")];
    return dead ? withBase(analysis, final, dead) : [];
  },
};

/** Names of distroless that never were (its repository's history). */
const NEVER: readonly (readonly [RegExp, string])[] = [
  [/node/, "gcr.io/distroless/nodejs:20"],
  [/python/, "gcr.io/distroless/python"],
  [/java|jdk|jre|maven|gradle|temurin|corretto/, "gcr.io/distroless/java11-debian12"],
];

export const unknownImage: Planter = {
  rule: "unknown-image",
  plant: (analysis) => {
    const { final } = analysis.context.model;
    const name = final && NEVER.find(([base]) => base.test(bottomOf(final)))?.[1];
    return name ? withBase(analysis, final, name) : [];
  },
};

/** The stages that the final one copies from. */
function buildersOf({ context: { model } }: Analysis): readonly Stage[] {
  const names = (model.final?.instructions ?? []).flatMap(
    ({ flags }) => flags.find(({ name }) => name === "from")?.value ?? [],
  );
  return model.stages.filter(({ index, name }) =>
    names.some((from) => from === String(index) || from.toLowerCase() === name?.text.toLowerCase()),
  );
}

/** Rust for glibc links the C library and libgcc_s dynamically; only a musl target or a flag makes it static. */
function buildsRust(analysis: Analysis): boolean {
  const rust = buildersOf(analysis).filter((stage) => /\bcargo (?:build|install)\b/.test(textOf(analysis, stage)));
  return (
    rust.length > 0 &&
    // A script may start something else.
    !/^(?:CMD|ENTRYPOINT)\b.*\.sh\b/m.test(analysis.text) &&
    rust.every(
      (stage) =>
        /^(?:docker\.io\/)?(?:library\/)?rust(?::(?!.*alpine)|$)/.test(bottomOf(stage)) &&
        !/musl|static|wasm|--target/.test(textOf(analysis, stage)),
    )
  );
}

/** A Go program that uses the network, on an image without a C library: with cgo it is linked with one. */
function withCgo(analysis: Analysis, sources: string): readonly Plant[] {
  const { text, context } = analysis;
  const switches = [...text.matchAll(/CGO_ENABLED=0 /g)];
  const final = context.model.final;
  if (!final || !/^scratch$|distroless\/static/.test(bottomOf(final)) || switches.length !== 1) return [];
  if (!/"net(?:\/http)?"/.test(sources) || !/^FROM golang:[\d.]+ /m.test(text) || /netgo|-static/.test(text)) return [];
  const start = switches[0]?.index ?? 0;
  return [
    edited(analysis, "without CGO_ENABLED=0", { span: { start, end: start + "CGO_ENABLED=0 ".length }, text: "" }),
  ];
}

/** Programs of Rust on a base of musl. */
const onAlpine = (analysis: Analysis) =>
  buildsRust(analysis) ? withBase(analysis, analysis.context.model.final, "alpine:3.24") : [];
const onStatic = (analysis: Analysis) =>
  buildsRust(analysis) ? withBase(analysis, analysis.context.model.final, "gcr.io/distroless/static-debian13") : [];

export const libcMismatch: Planter = {
  rule: "libc-mismatch",
  plant: (analysis, sources) => [
    ...onAlpine(analysis),
    ...onStatic(analysis),
    ...programOfC(analysis),
    ...withCgo(analysis, sources),
  ],
};

/** distroless base has no libgcc_s. */
export const missingSharedLibrary: Planter = {
  rule: "missing-shared-library",
  plant: (analysis) => [
    ...(buildsRust(analysis)
      ? withBase(analysis, analysis.context.model.final, "gcr.io/distroless/base-debian13")
      : []),
    ...programOfRust(analysis),
    ...packageOfC(analysis),
  ],
};
