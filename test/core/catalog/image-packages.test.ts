import { describe, expect, test } from "vitest";
import { type BaseImage, findImage } from "../../../server/src/core/catalog/catalog";
import {
  holdsLibrary,
  holdsPackage,
  imagePackages,
  lackingPackages,
} from "../../../server/src/core/catalog/image-packages";
import { installSize } from "../../../server/src/core/catalog/install-size";
import { parseReference } from "../../../server/src/core/catalog/reference";

function image(name: string): BaseImage {
  const reference = parseReference(name);
  const found = reference && findImage(reference);
  if (!found) throw new Error(`${name} is not in the catalog`);
  return found;
}

describe("holdsLibrary", () => {
  // The packages of each by the build files of distroless and Debian, their libraries by Debian's lists of files.
  test.each([
    ["gcr.io/distroless/static-debian13", "", "libc.so.6 libssl.so.3 libz.so.1"],
    ["gcr.io/distroless/base-debian12", "libc.so.6 libssl.so.3 libcrypto.so.3 libm.so.6", "libz.so.1 libgcc_s.so.1"],
    ["gcr.io/distroless/base-debian13", "libz.so.1 libzstd.so.1 libssl.so.3", "libgcc_s.so.1 libstdc++.so.6"],
    ["gcr.io/distroless/cc:nonroot", "libgcc_s.so.1 libstdc++.so.6 libgomp.so.1", "libpq.so.5 libsqlite3.so.0"],
    ["gcr.io/distroless/java21-debian13", "libfreetype.so.6 libz.so.1", "libssl.so.3"],
    ["gcr.io/distroless/nodejs24-debian13", "libstdc++.so.6", "libatomic.so.1"],
    ["gcr.io/distroless/nodejs26-debian13", "libstdc++.so.6 libatomic.so.1", "libpq.so.5"],
    ["gcr.io/distroless/python3-debian13", "libffi.so.8 libsqlite3.so.0 libbz2.so.1.0", "libpq.so.5 libxml2.so.2"],
    ["debian:trixie-slim", "libssl.so.3 libsqlite3.so.0 ld-linux-x86-64.so.2", "libpq.so.5 libcurl.so.4"],
    ["debian:bookworm", "libz.so.1 libgnutls.so.30", "libssl.so.3 libsqlite3.so.0"],
    ["debian:bullseye-slim", "libcrypto.so.1.1 libffi.so.7", "libcrypto.so.3"],
    ["scratch", "", "libc.so.6"],
  ])("%s", (name, there, absent) => {
    const held = (list: string) => list.split(" ").flatMap((each) => (each ? [holdsLibrary(image(name), each)] : []));
    expect(new Set(held(there)), there).toEqual(new Set(there ? ["there"] : []));
    expect(new Set(held(absent)), absent).toEqual(new Set(["absent"]));
  });

  test("is unknown beside the base of an image that is made on Debian, and on other systems", () => {
    expect(holdsLibrary(image("python:3.13-slim"), "libz.so.1")).toBe("there");
    expect(holdsLibrary(image("python:3.13-slim"), "libpq.so.5")).toBe("unknown");
    expect(holdsLibrary(image("ubuntu:24.04"), "libz.so.1")).toBe("unknown");
    expect(holdsLibrary(image("alpine:3.21"), "libz.so.1")).toBe("unknown");
    expect(holdsLibrary(image("gcr.io/distroless/nodejs20-debian12"), "libz.so.1")).toBe("unknown");
  });
});

describe("imagePackages", () => {
  test.each([
    ["debian:bookworm", { release: "bookworm", slim: false }],
    ["node:24-slim", { release: "bookworm", slim: true }],
    ["python:3.13", { release: "trixie", slim: false, stack: "full" }],
    ["golang:1.25", { release: "trixie", slim: false, stack: "golang" }],
    ["buildpack-deps:bookworm-scm", { release: "bookworm", slim: false, stack: "scm" }],
    ["nginx", undefined],
    ["ubuntu:24.04", undefined],
    ["node:24-alpine", undefined],
    ["gcr.io/distroless/cc-debian13", undefined],
  ])("%s", (name, expected) => {
    expect(imagePackages(image(name))).toEqual(expected);
  });
});

test("what an image was made with is there", () => {
  expect(holdsPackage(image("python:3.13"), "libpq-dev")).toBe("there");
  expect(holdsPackage(image("python:3.13-slim"), "libpq-dev")).toBe("unknown");
  expect(holdsPackage(image("golang:1.25"), "git")).toBe("there");
  expect(holdsPackage(image("debian:trixie-slim"), "curl")).toBe("absent");
  expect(holdsPackage(image("debian:trixie-slim"), "zlib1g")).toBe("there");
});

test("run-time packages that an image lacks are those of whose libraries one may be missing", () => {
  const packages = ["libssl3t64", "zlib1g", "libpq5", "ffmpeg"];
  const lacking = (name: string) => lackingPackages(image(name), "trixie", packages);
  expect(lacking("gcr.io/distroless/cc-debian13")).toEqual(["libpq5", "ffmpeg"]);
  expect(lacking("gcr.io/distroless/static-debian13")).toEqual(packages);
  expect(lacking("debian:trixie-slim")).toEqual(["libpq5", "ffmpeg"]);
  expect(lacking("ubuntu:24.04")).toEqual(packages);
});

test("what an image has is not added to it again", () => {
  const bytes = (stack: string, names: readonly string[]) =>
    installSize("bookworm", names, { recommends: false, slim: false, stack })?.bytes ?? -1;
  expect(bytes("scm", ["git", "curl"])).toBe(0);
  expect(bytes("curl", ["git"])).toBeGreaterThan(80e6);
  expect(bytes("full", ["build-essential"])).toBeLessThan(12e6);
  expect(bytes("golang", ["ffmpeg"])).toBeGreaterThan(bytes("full", ["ffmpeg"]));
});
