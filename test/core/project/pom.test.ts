import { expect, test } from "vitest";
import { readPom } from "../../../server/src/core/project/pom";
import { PARSERS } from "../../kit/parsers";

const read = (inside: string) => readPom(`<project>${inside}</project>`, PARSERS.xml);

test("what a pom.xml says of its archive", () => {
  const pom = read(`<!-- <artifactId>old</artifactId> --><artifactId> shop </artifactId><version>1.0</version>
    <packaging>war</packaging><modules><module>a</module><module>b</module></modules>
    <build><finalName>\${project.artifactId}</finalName><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build>`);
  expect(pom).toMatchObject({
    artifact: "shop",
    version: "1.0",
    packaging: "war",
    finalName: "${project.artifactId}",
    modules: ["a", "b"],
  });
  expect(pom?.plugins.map(({ artifact }) => artifact)).toEqual(["maven-shade-plugin"]);
  expect(read("")?.packaging).toBe("jar");
});

test("its parent, and where that may stand", () => {
  const path = (parent: string) => read(`<parent><artifactId>p</artifactId>${parent}</parent>`)?.parent?.path;
  expect(path("")).toBe("../pom.xml");
  expect(path("<relativePath>../../base</relativePath>")).toBe("../../base/pom.xml");
  expect(path("<relativePath/>")).toBe("");
});

test("libraries that it is run with", () => {
  const dependency = (name: string, scope = "") =>
    `<dependency><artifactId>${name}</artifactId>${scope && `<scope>${scope}</scope>`}</dependency>`;
  const pom = read(
    `<dependencies>${dependency("gson")}${dependency("junit", "test")}${dependency("servlet", "provided")}${dependency("h2", "runtime")}</dependencies>`,
  );
  expect(pom?.dependencies.map(({ artifact }) => artifact)).toEqual(["gson", "h2"]);
});

test("what is no pom.xml says nothing", () => {
  for (const text of ["", "<html/>", "<project>", "<project><a></b></project>", `${"<a>".repeat(5000)}`])
    expect(readPom(text, PARSERS.xml)).toBeUndefined();
});
