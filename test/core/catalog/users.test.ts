import { describe, expect, test } from "vitest";
import { programsNotBrought } from "../../../server/src/core/catalog/package-programs";
import { parseReference } from "../../../server/src/core/catalog/reference";
import { isPackageUser, isPlainApk, userOfImage } from "../../../server/src/core/catalog/users";

describe("users that packages make", () => {
  test.each(["redis", "postgres", "mysql", "messagebus", "systemd-network", "_apt", "guixbuilder3"])(
    "%s is one",
    (name) => expect(isPackageUser(name)).toBe(true),
  );
  test.each(["app", "web", "nonroot", "appuser"])("%s is none", (name) => expect(isPackageUser(name)).toBe(false));

  test("a package of Alpine is plain where it was looked at", () => {
    expect(["git", "squid"].map(isPlainApk)).toEqual([true, false]);
  });
});

describe("users of images", () => {
  test.each([
    ["openjdk:17-slim", "app", "absent"],
    ["openjdk:17-slim", "www-data", "unknown"],
    ["openjdk:17-windowsservercore", "app", "unknown"],
    ["maven:3.9-eclipse-temurin-21", "app", "absent"],
    ["maven:3.9-microsoft-openjdk-21", "app", "unknown"],
    ["maven:3-jdk-8-onbuild", "app", "unknown"],
    ["gradle:9-jdk25", "gradle", "unknown"],
    ["mcr.microsoft.com/dotnet/sdk:10.0", "app", "unknown"],
    ["example.com/own:1", "app", "unknown"],
  ])("%s: %s is %s", (reference, name, held) => {
    const parsed = parseReference(reference);
    expect(parsed && userOfImage(parsed, name)).toBe(held);
  });
});

describe("programs that packages do not bring", () => {
  test("curl is not behind certificates, but behind devscripts", () => {
    expect(programsNotBrought("apt", ["ca-certificates"])?.has("curl")).toBe(true);
    expect(programsNotBrought("apt", ["ca-certificates", "devscripts"])?.has("curl")).toBe(false);
  });

  test("a program that nobody looked for, and a package that is not in the table, are unknown", () => {
    expect(programsNotBrought("apt", ["ca-certificates"])?.has("my-program")).toBe(false);
    expect(programsNotBrought("apt", ["ca-certificates", "some-tool"])).toBeUndefined();
    expect(programsNotBrought("apt", [])).toBeUndefined();
  });

  test("of Alpine's packages the same is known", () => {
    expect(programsNotBrought("apk", ["ca-certificates", "nodejs"])?.has("curl")).toBe(true);
    expect(programsNotBrought("apk", ["ca-certificates", "nodejs"])?.has("node")).toBe(false);
    expect(programsNotBrought("apk", ["libcurl"])?.has("curl")).toBe(true);
    expect(programsNotBrought("apk", ["curl"])?.has("curl")).toBe(false);
    expect(programsNotBrought("apk", ["alpine-sdk"])).toBeUndefined();
  });
});
