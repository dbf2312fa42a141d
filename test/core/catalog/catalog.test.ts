import { describe, expect, test } from "vitest";
import { type BaseImage, findImage, unpackedSize } from "../../../server/src/core/catalog/catalog";
import { ratioKeys } from "../../../server/src/core/catalog/ratio";
import { type ImageReference, parseReference } from "../../../server/src/core/catalog/reference";
import { allNames } from "../../../server/src/core/catalog/table";
import { pairedRows } from "./rows";

function reference(text: string): ImageReference {
  const parsed = parseReference(text);
  if (!parsed) throw new Error(`no reference: ${text}`);
  return parsed;
}

function image(text: string): BaseImage {
  const found = findImage(reference(text));
  if (!found) throw new Error(`not in the catalog: ${text}`);
  return found;
}

describe("findImage", () => {
  test.each([
    ["docker.io/library/ubuntu", "ubuntu:latest"],
    ["ubuntu@sha256:".concat("a".repeat(64)).replace("ubuntu@", "ubuntu:24.04@"), "ubuntu:24.04"],
    ["public.ecr.aws/docker/library/golang:1.22", "golang:1.22"],
    ["mirror.gcr.io/library/node:22", "node:22"],
  ])("takes %s for %s", (text, same) => expect(image(text)).toEqual(image(same)));

  test.each([
    ["golang:1.22.3", "1.22"],
    ["golang:1.22.3-bookworm", "1.22-bookworm"],
    ["golang:1.22.3-alpine", "1.22-alpine"],
    ["golang:1.26.7-alpine3.24", "1.26-alpine"],
    ["node:22.11.0", "22"],
    ["node:22.11.0-bookworm-slim", "22-bookworm-slim"],
    ["python:3.12.4-slim-bookworm", "3.12-slim-bookworm"],
    ["eclipse-temurin:17.0.9_9-jre-jammy", "17-jre-jammy"],
    ["openjdk:8u212-jdk-alpine", "8-jdk-alpine"],
    ["debian:12.5-slim", "12-slim"],
    ["debian:bookworm-20240612-slim", "12-slim"],
    ["ubuntu:jammy-20240627.1", "22.04"],
    ["maven:3.9.6-eclipse-temurin-17", "3.9-eclipse-temurin-17"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0.4-alpine", "8.0-alpine"],
    ["dhi.io/python:3.12.14-debian13", "3.12"],
  ])("answers %s with the row of %s, and says so", (text, tag) =>
    expect(image(text)).toMatchObject({ tag, nearest: true }),
  );

  test.each([
    ["another variant", "golang:1.22.3-windowsservercore"],
    ["another release of Debian", "rust:1.76-slim-buster"],
    ["another language version", "golang:1.99.1"],
    ["a tag that moves over language versions", "python:3.99"],
    ["another distribution", "golang:1.22-fedora"],
    ["a digest alone", `ubuntu@sha256:${"a".repeat(64)}`],
    ["somebody else's name", "someone/golang:1.22"],
    ["another registry", "r:5000/golang:1.22"],
    ["a name of the language", "constructor"],
    ["a tag of the language", "golang:__proto__"],
  ])("does not guess over %s", (_what, text) => expect(findImage(reference(text))).toBeUndefined());

  test("keeps what holds for another release of Alpine, and no size", () => {
    expect(image("golang:1.26.5-alpine3.22")).toMatchObject({
      libc: "musl",
      distroRelease: "alpine3.22",
      distroEol: "2027-05-01",
      nearest: true,
    });
    expect(image("golang:1.26.5-alpine3.22").compressed).toBeUndefined();
    expect(unpackedSize(image("golang:1.26.5-alpine3.22"))).toBeUndefined();
  });

  test("knows how distroless starts, by tag", () => {
    const content = { caCerts: true, tzdata: true, tmp: true, shell: false, users: ["root", "nobody", "nonroot"] };
    const name = "gcr.io/distroless/static-debian13";
    expect(image(`${name}:nonroot`)).toMatchObject({
      ...content,
      user: "nonroot",
      uid: 65532,
      workdir: "/home/nonroot",
      libc: "none",
      entrypoint: [],
    });
    expect(image(name)).toMatchObject({ ...content, user: "root", uid: 0, workdir: "/", entrypoint: [] });
    expect(image(`${name}:debug`)).toMatchObject({ ...content, user: "root", entrypoint: ["/busybox/sh"] });
    expect(image(`${name}:debug-nonroot`)).toMatchObject({ ...content, user: "nonroot", workdir: "/home/nonroot" });
    expect(image(`${name}:nonroot-amd64`)).toEqual(image(`${name}:nonroot`));
    expect({ ...image("gcr.io/distroless/static"), name }).toEqual(image(name));
    expect(image("gcr.io/distroless/base-debian13")).toMatchObject({
      libc: "glibc",
      glibc: "2.41",
      libraries: ["ssl", "z"],
    });
    expect(image("gcr.io/distroless/cc-debian12")).toMatchObject({
      glibc: "2.36",
      libraries: ["ssl", "gcc", "stdc++", "gomp"],
    });
    expect(image("gcr.io/distroless/java21-debian13:nonroot")).toMatchObject({
      entrypoint: ["/usr/bin/java", "-jar"],
      languageVersion: "21.0.12.1",
    });
    expect(image("gcr.io/distroless/nodejs24-debian13")).toMatchObject({ entrypoint: ["/nodejs/bin/node"] });
    expect(image("gcr.io/distroless/java17-debian11")).toMatchObject({ eol: "2024-09-03", updated: false });
  });

  test("knows scratch", () => {
    expect(image("scratch")).toMatchObject({
      role: "scratch",
      libc: "none",
      shell: false,
      caCerts: false,
      tzdata: false,
      tmp: false,
      users: [],
      unpacked: 0,
    });
    expect(unpackedSize(image("scratch"))).toMatchObject({ bytes: 0, source: "catalog" });
  });

  test("knows what builders are", () => {
    expect(image("golang:1.22")).toMatchObject({
      role: "sdk",
      ecosystem: "go",
      languageVersion: "1.22",
      workdir: "/go",
      glibc: "2.36",
      eol: "2025-02-11",
      distroEol: "2028-06-30",
    });
    expect(image("mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled")).toMatchObject({
      user: "app",
      uid: 1654,
      shell: false,
      unpacked: 107_739_112,
    });
    expect(image("ubuntu/jre:17-22.04_edge")).toMatchObject({ role: "distroless", shell: false });
  });

  test("is quick, for known and for hostile names", () => {
    const start = performance.now();
    for (const name of allNames())
      for (const tag of ["latest", "1.2.3-alpine3.21", `${"1.".repeat(60)}1`, "-".repeat(128).replace(/^-/, "a")])
        findImage({ path: name, familiar: name, tag });
    for (const tag of [
      "9".repeat(1_000_000),
      "1.".repeat(500_000),
      "-20240612".repeat(110_000),
      "a-alpine3.1".repeat(90_000),
    ])
      findImage({ path: "golang", familiar: "golang", tag });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("unpackedSize", () => {
  test("is the catalog's figure where it has one", () => {
    expect(unpackedSize(image("ubuntu:24.04"))).toEqual({
      bytes: 78_160_000,
      kind: "unpacked",
      source: "catalog",
      platform: "linux/amd64",
      asOf: "2026-08-17",
    });
  });

  test("is an estimate of the release line for a patch", () => {
    const size = unpackedSize(image("golang:1.27.3"));
    expect(size).toMatchObject({ source: "estimate", bytes: 885_160_000 });
    expect(size?.low).toBeLessThan(size?.bytes ?? 0);
    expect(size?.high).toBeGreaterThan(size?.bytes ?? 0);
  });

  test("is an estimate from the compressed bytes otherwise, with bounds around it", () => {
    for (const text of [
      "golang:1.22",
      "golang:1.21-alpine",
      "node:20",
      "node:18-slim",
      "rust:1",
      "python:3.12",
      "maven:3.9-eclipse-temurin-21",
      "nginx:latest",
      "php:8.4-apache",
      "eclipse-temurin:11-jre-alpine",
    ]) {
      const size = unpackedSize(image(text));
      expect(size, text).toMatchObject({ kind: "unpacked", source: "estimate" });
      const { bytes = null, low = 0, high = 0 } = size ?? {};
      expect(bytes, text).toBeGreaterThan(low);
      expect(bytes, text).toBeLessThan(high);
      expect(high / low, text).toBeLessThan(2.6);
    }
  });

  test("is unknown where nothing is", () => expect(unpackedSize(image("cgr.dev/chainguard/jre"))).toBeUndefined());

  test("of distroless' Java is what Temurin's image has beside its system, on java-base", () => {
    const size = unpackedSize(image("gcr.io/distroless/java21-debian13"));
    const [temurin, system, base] = [
      "eclipse-temurin:21-jre",
      "ubuntu:resolute",
      "gcr.io/distroless/java-base-debian13",
    ].map((name) => unpackedSize(image(name))?.bytes ?? 0) as [number, number, number];
    expect(size).toMatchObject({ source: "estimate", high: base + temurin - system });
    expect(size?.low).toBeGreaterThan(base);
  });

  test("errs by a tenth at most in the median, and its bounds hold mostly, for rows left out", () => {
    const rows = pairedRows();
    const tries = rows.flatMap((row) => {
      const others = rows.filter((other) => other !== row);
      const role = row.role ?? "runtime";
      const key = ratioKeys({ ...row, tag: row.tag ?? "", role }).find((each) =>
        others.some((other) => keysOf(other).includes(each)),
      );
      const group = others.filter((other) => key !== undefined && keysOf(other).includes(key));
      const distance = ({ day }: { readonly day: number }) => Math.abs(day - Date.parse(row.asOf));
      const least = Math.min(...group.map(distance));
      const near = group.filter((other) => distance(other) === least);
      const ofItsTime = group.filter((other) => distance(other) <= 3 * 365 * 86_400_000);
      const ratios = (ofItsTime.length > 0 ? ofItsTime : group).map(({ ratio }) => ratio);
      const guess = near.reduce((total, { ratio }) => total + ratio, 0) / near.length;
      const bounds = [Math.min(...ratios) * 0.92, Math.max(...ratios) * 1.08] as const;
      return group.length === 0
        ? []
        : [{ error: Math.abs(guess / row.ratio - 1), inside: bounds[0] <= row.ratio && row.ratio <= bounds[1] }];
    });
    const errors = tries.map(({ error }) => error).sort((a, b) => a - b);
    expect(tries.length).toBeGreaterThan(100);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.1);
    expect(tries.filter(({ inside }) => inside).length / tries.length).toBeGreaterThan(0.85);
  });
});

function keysOf(row: ReturnType<typeof pairedRows>[number]): readonly string[] {
  return ratioKeys({ ...row, tag: row.tag ?? "", role: row.role ?? "runtime" });
}
