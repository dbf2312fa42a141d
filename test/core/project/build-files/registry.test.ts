import { expect, test } from "vitest";
import { isBuildFile, readBuildFile } from "../../../../server/src/core/project/build-files/registry";
import { PARSERS } from "../../../kit/parsers";

function keeps(path: string, text: string): boolean | undefined {
  return readBuildFile(path, text, PARSERS)?.keeps;
}

test("files that rule what a build writes are read, those of installed packages are not", () => {
  expect(isBuildFile("web/package.json")).toBe(true);
  expect(isBuildFile("src/app.csproj")).toBe(true);
  expect(isBuildFile("node_modules/a/package.json")).toBe(false);
  expect(isBuildFile("main.go")).toBe(false);
});

test("a package.json without scripts of its own keeps to the modules", () => {
  expect(keeps("package.json", '{ "scripts": { "build": "tsc" }, "dependencies": { "express": "^5" } }')).toBe(true);
  expect(keeps("package.json", '{ "scripts": { "postinstall": "node setup.js" } }')).toBe(false);
  expect(keeps("package.json", '{ "workspaces": ["a"] }')).toBe(false);
  expect(keeps("package.json", '{ "dependencies": { "a": "file:../a" } }')).toBe(false);
  expect(keeps("package.json", '{ "devDependencies": { "msw": "^2" } }')).toBe(false);
  expect(keeps("package.json", '{ "scripts": ')).toBe(false);
  expect(keeps("package.json", "null")).toBe(false);
});

test("a Cargo.toml names its programs, and the packages beside it", () => {
  const read = readBuildFile(
    "Cargo.toml",
    '[package]\nname = "shop"\n[[bin]]\nname = "shop-admin"\npath = "src/admin.rs"\n[dependencies]\ncommon = { path = "../common" }\n',
    PARSERS,
  );
  expect(read).toEqual({ keeps: true, names: ["shop", "shop-admin"], parts: ["../common"] });
  expect(keeps("Cargo.toml", '[package]\nname = "a"\nbuild = "make.rs"\n')).toBe(false);
  expect(keeps("Cargo.toml", 'package = { name = "a" }\n')).toBe(false);
});

const pom = (build: string, more = "") =>
  `<project><artifactId>shop</artifactId><version>1.0</version>${more}<dependencies><dependency><artifactId>x</artifactId><version>9</version></dependency></dependencies><build>${build}</build></project>`;

test("a pom.xml of known plugins keeps to target, and its artifact names what it packs", () => {
  const read = readBuildFile(
    "pom.xml",
    pom("<plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins>"),
    PARSERS,
  );
  expect(read).toEqual({ keeps: true, names: ["shop-1.0"], parts: [] });
  expect(readBuildFile("pom.xml", pom("<finalName>app</finalName>"), PARSERS)?.names).toEqual(["shop-1.0", "app"]);
  expect(readBuildFile("pom.xml", pom("<finalName>$" + "{x}</finalName>"), PARSERS)?.names).toBeUndefined();
  const exec = (inner: string) =>
    pom(`<plugins><plugin><artifactId>exec-maven-plugin</artifactId>${inner}</plugin></plugins>`);
  expect(keeps("pom.xml", exec("<executions><execution></execution></executions>"))).toBe(false);
  expect(keeps("pom.xml", exec("<extensions>true</extensions>"))).toBe(false);
  // What no phase runs does nothing.
  expect(keeps("pom.xml", exec(""))).toBe(true);
  expect(keeps("pom.xml", pom("<outputDirectory>out</outputDirectory>"))).toBe(false);
  expect(keeps("pom.xml", pom("", "<parent><artifactId>own-parent</artifactId></parent>"))).toBe(false);
  expect(keeps("pom.xml", pom("", "<parent><artifactId>spring-boot-starter-parent</artifactId></parent>"))).toBe(true);
});

const project = (inside: string) => `<Project Sdk="Microsoft.NET.Sdk.Web">${inside}</Project>`;

test("a project of .NET without steps of its own is named for its assembly", () => {
  expect(readBuildFile("src/Shop.Api.csproj", project(""), PARSERS)).toEqual({
    keeps: true,
    names: ["Shop.Api"],
    parts: [],
  });
  expect(readBuildFile("a.csproj", project("<AssemblyName>shop</AssemblyName>"), PARSERS)?.names).toEqual(["shop"]);
  expect(readBuildFile("a.csproj", project('<Content Include="tool" />'), PARSERS)?.names).toBeUndefined();
  expect(keeps("a.csproj", project('<Target Name="After" />'))).toBe(false);
  expect(keeps("a.csproj", project("<OutputPath>out</OutputPath>"))).toBe(false);
  expect(keeps("a.csproj", project('<PackageReference Include="Npgsql" Version="9" />'))).toBe(true);
  expect(keeps("a.csproj", project('<PackageReference Include="Somebody.Tool" Version="1" />'))).toBe(false);
});

test("requirements that are names install no folder of the project", () => {
  expect(keeps("requirements.txt", "flask==3.1 # web\n\nuvicorn[standard]>=0.3\n")).toBe(true);
  expect(keeps("requirements.txt", "a==1 \\\n  --hash=sha256:00\n")).toBe(true);
  expect(keeps("requirements.txt", "-e .\n")).toBe(false);
  expect(keeps("requirements.txt", "-r base.txt\n")).toBe(false);
  expect(keeps("requirements.txt", "./lib\n")).toBe(false);
});
