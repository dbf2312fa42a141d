import { describe, expect, test } from "vitest";
import { installSize } from "../../../server/src/core/catalog/install-size";
import { osPackage, packageKind, packageOfLibrary, runtimeOf } from "../../../server/src/core/catalog/packages";

const RELEASES = ["bullseye", "bookworm", "trixie"];

describe("runtimeOf", () => {
  // apt-cache depends of each, read on 2026-11-22.
  test.each([
    ["trixie", "libpq-dev", ["libpq5"]],
    ["trixie", "libsqlite3-dev", ["libsqlite3-0"]],
    ["trixie", "libssl-dev", ["libssl3t64"]],
    ["bookworm", "libssl-dev", ["libssl3"]],
    ["bullseye", "libssl-dev", ["libssl1.1"]],
    ["trixie", "libcurl4-openssl-dev", ["libcurl4t64"]],
    ["bookworm", "libcurl4-openssl-dev:amd64", ["libcurl4"]],
    ["trixie", "libz-dev", ["zlib1g"]],
    ["bookworm", "gfortran", ["libgfortran5"]],
    ["trixie", "libeigen3-dev", []],
    ["trixie", "libc6-dev", []],
  ] as const)("%s %s", (release, name, expected) => {
    expect(runtimeOf(release, name)).toEqual(expected);
  });

  test("leads through packages that stand for others", () => {
    for (const release of RELEASES) {
      expect(runtimeOf(release, "default-libmysqlclient-dev")).toEqual(["libmariadb3"]);
      expect(runtimeOf(release, "libjpeg-dev")).toEqual(["libjpeg62-turbo"]);
    }
  });

  test("is unknown of other releases, other packages, and collections of many libraries", () => {
    expect(runtimeOf("noble", "libpq-dev")).toBeUndefined();
    expect(runtimeOf("constructor", "libpq-dev")).toBeUndefined();
    expect(runtimeOf("trixie", "libnobody-dev")).toBeUndefined();
    expect(runtimeOf("trixie", "libboost-all-dev")).toBeUndefined();
    expect(runtimeOf("trixie", "make")).toBeUndefined();
  });

  test("names packages of the same release, that bring libraries", () => {
    for (const release of RELEASES)
      for (const name of ["libxml2-dev", "libicu-dev", "libvips-dev", "librdkafka-dev", "unixodbc-dev"])
        for (const library of runtimeOf(release, name) ?? [undefined])
          expect(osPackage(release, library ?? name)?.libraries?.length, `${release} ${name}`).toBeGreaterThan(0);
  });
});

describe("osPackage", () => {
  test("says what a package is for, and what it brings", () => {
    expect(osPackage("trixie", "libpq5")).toMatchObject({
      kind: "runtime",
      inBase: false,
      libraries: ["libpq.so.5"],
      commands: [],
    });
    expect(osPackage("bookworm", "procps=2:4.0.2-3")).toMatchObject({ kind: "tool", inBase: false });
    expect(osPackage("bookworm", "procps")?.commands).toEqual(expect.arrayContaining(["ps", "pgrep", "top"]));
    expect(osPackage("trixie", "gcc")).toMatchObject({ kind: "build", commands: undefined });
    expect(osPackage("trixie", "zlib1g")).toMatchObject({ inBase: true, libraries: ["libz.so.1"] });
    expect(osPackage("bullseye", "g++:native")?.name).toBe("g++");
  });

  test("knows the libraries of packages whose names do not say them", () => {
    expect(osPackage("trixie", "libssl3t64")?.libraries).toEqual(["libcrypto.so.3", "libssl.so.3"]);
    expect(packageOfLibrary("bookworm", "libsqlite3.so.0")).toBe("libsqlite3-0");
    expect(packageOfLibrary("bookworm", "libcrypto.so.3")).toBe("libssl3");
    expect(packageOfLibrary("trixie", "libcrypto.so.3")).toBe("libssl3t64");
    expect(packageOfLibrary("trixie", "libnobody.so.1")).toBeUndefined();
  });

  test("is unknown where the release or the package is not in the table", () => {
    expect(osPackage("noble", "curl")).toBeUndefined();
    expect(osPackage("trixie", "libssl1.1")).toBeUndefined();
    expect(packageKind("libssl1.1")).toBe("runtime");
    expect(packageKind("nobody-knows-it")).toBeUndefined();
  });

  test.each([
    ["build", "build-essential g++ cmake pkg-config libpq-dev default-jdk golang-go cargo maven python3-dev"],
    ["tool", "git curl wget vim procps unzip gnupg"],
    ["runtime", "libpq5 ffmpeg fonts-dejavu python3 nginx ca-certificates tzdata openjdk-17-jre-headless locales"],
  ])("%s packages", (kind, names) => {
    for (const name of names.split(" ")) expect(packageKind(name), name).toBe(kind);
  });
});

describe("installSize", () => {
  // Layers that an engine made on 2026-11-22 of Debian's packages; they are in no table.
  test.each([
    ["trixie", ["libpq5"], { recommends: false, slim: true }, 4_033_553],
    ["trixie", ["build-essential", "libpq-dev"], { recommends: false, slim: true }, 327_106_904],
    ["trixie", ["git"], { recommends: false, slim: true }, 99_175_788],
    ["trixie", ["ffmpeg"], { recommends: false, slim: true }, 448_057_570],
    ["trixie", ["python3", "python3-pip", "python3-venv"], { recommends: false, slim: false }, 58_877_582],
    ["bookworm", ["gcc", "libpq-dev"], { recommends: false, slim: true }, 185_861_934],
    ["bookworm", ["git", "wget", "unzip"], { recommends: true, slim: true }, 105_743_467],
    ["bookworm", ["graphviz"], { recommends: true, slim: false }, 137_435_550],
    ["bookworm", ["cmake", "g++", "libssl-dev", "zlib1g-dev"], { recommends: false, slim: true }, 343_016_858],
  ] as const)("%s %j %j", (release, names, options, measured) => {
    const size = installSize(release, names, options);
    expect(Math.abs((size?.bytes ?? 0) / measured - 1)).toBeLessThan(0.08);
    expect(size?.low).toBeLessThanOrEqual(measured);
    expect(size?.high).toBeGreaterThanOrEqual(measured);
    expect(size).toMatchObject({ kind: "unpacked", source: "estimate", platform: "linux/amd64" });
  });

  const PLAIN = { recommends: false, slim: false };
  const bytes = (names: readonly string[], options = PLAIN) => installSize("bookworm", names, options)?.bytes ?? 0;

  test("counts once what packages have in common", () => {
    expect(bytes(["gcc", "g++"])).toBeLessThan(bytes(["gcc"]) * 0.5 + bytes(["g++"]));
    expect(bytes(["gcc", "gcc:amd64", "gcc=4:12.2.0-3"])).toBe(bytes(["gcc"]));
    expect(bytes(["gcc", "libpq-dev"])).toBeGreaterThan(bytes(["gcc"]));
  });

  test("what is recommended and documentation cost", () => {
    expect(bytes(["python3-pip"], { recommends: true, slim: false })).toBeGreaterThan(bytes(["python3-pip"]) * 3);
    expect(bytes(["git"], { recommends: false, slim: true })).toBeLessThan(bytes(["git"]));
  });

  test("a package of the base adds nothing, and one that is not in the table an unknown", () => {
    expect(bytes(["zlib1g"])).toBe(0);
    const size = installSize("bookworm", ["gcc", "nobody-knows-it"], PLAIN);
    expect(size).toMatchObject({ bytes: null });
    expect(size?.low).toBeGreaterThan(100e6);
    expect(installSize("noble", ["gcc"], PLAIN)).toBeUndefined();
  });
});
