import { describe, expect, test } from "vitest";
import { programsNotBrought } from "../../../server/src/core/catalog/apt-programs";
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
    expect(programsNotBrought(["ca-certificates"])?.has("curl")).toBe(true);
    expect(programsNotBrought(["ca-certificates", "devscripts"])?.has("curl")).toBe(false);
  });

  test("a program that nobody looked for, and a package that is not in the table, are unknown", () => {
    expect(programsNotBrought(["ca-certificates"])?.has("my-program")).toBe(false);
    expect(programsNotBrought(["ca-certificates", "some-tool"])).toBeUndefined();
    expect(programsNotBrought([])).toBeUndefined();
  });
});
