import { expect, test } from "vitest";
import { parse } from "yaml";
import { readTargets } from "../../../server/src/core/project/targets";

/** `target` or `target of Dockerfile`, for each that the file names. */
function named(file: string, text: string): readonly string[] {
  return readTargets(file, text, parse).map(({ target, dockerfile }) =>
    dockerfile === undefined ? target : `${target} of ${dockerfile}`,
  );
}

test.each([
  ["services: { a: { build: { context: ., target: dev } } }", ["dev of Dockerfile"]],
  ["services: { a: { build: { target: dev } }, b: { build: . } }", ["dev of Dockerfile"]],
  [
    "services: { a: { build: { context: ./web, dockerfile: x.Dockerfile, target: dev } } }",
    ["dev of web/x.Dockerfile"],
  ],
  ["services: { a: { build: { context: .., target: dev } } }", ["dev of ../Dockerfile"]],
  ["services: { a: { build: { context: $DIR, target: dev } } }", ["dev"]],
  ["services: { a: { build: { context: https://example.com/x.git, target: dev } } }", ["dev"]],
  ["services: { a: { build: { dockerfile_inline: FROM x, target: dev } } }", []],
  ["services: {", []],
])("compose: %s", (text, expected) => {
  expect(named("compose.yaml", text)).toEqual(expected);
});

test("bake, in HCL: targets, what they inherit, and what a variable hides", () => {
  const text = `
variable "V" { default = "target = no" }
group "default" { targets = ["app", "dev"] }
target "_common" {
  dockerfile = "docker/Dockerfile"
  args = { A = "}" == "x" ? "1" : "2" }
}
target "app" {
  inherits = ["_common"]
  target = "prod" # the one
}
target "dev" {
  inherits = ["_common", "app"]
  context = "./web"
}
target "hidden" {
  dockerfile = "\${V}"
  target = "x"
}
target "last" {
  context = "."
}
target "inline" {
  dockerfile-inline = "FROM x"
  target = "y"
}
`;
  expect(named("docker-bake.hcl", text)).toEqual(["prod of docker/Dockerfile", "prod of web/docker/Dockerfile", "x"]);
});

test("bake, in JSON", () => {
  const text = '{ "target": { "a": { "inherits": ["b"], "target": "dev" }, "b": { "dockerfile": "x" } } }';
  expect(named("docker-bake.json", text)).toEqual(["dev of x"]);
  expect(named("docker-bake.json", "{")).toEqual([]);
});

test.each([
  ["docker build --target dev .", ["dev of Dockerfile"]],
  ["docker build --target=dev -t a ./web", ["dev of web/Dockerfile"]],
  ["docker buildx build -f x.Dockerfile --target dev .", ["dev of x.Dockerfile"]],
  ["docker build . \\\n  --file=docker/x \\\n  --target 'dev'", ["dev of docker/x"]],
  ["docker build --target dev -f $FILE .", ["dev"]],
  ["cd web && docker build --target dev .", ["dev"]],
  ["docker build --target a . && docker build --target b -f c .", ["a of Dockerfile", "b of c"]],
  ["cargo build --target x86_64-unknown-linux-gnu", []],
])("a script: %s", (text, expected) => {
  expect(named("build.sh", text)).toEqual(expected);
});

test("a workflow: its commands, and docker/build-push-action", () => {
  const text = `
jobs:
  a:
    steps:
      - run: docker build --target lint .
      - uses: docker/build-push-action@v6
        with: { context: ., target: test }
      - uses: docker/build-push-action@v6
        with: { file: ./web/Dockerfile, target: prod }
      - uses: docker/build-push-action@v6
        with: { target: "\${{ matrix.target }}" }
`;
  expect(named(".github/workflows/ci.yml", text)).toEqual([
    "test of Dockerfile",
    "prod of web/Dockerfile",
    "lint of Dockerfile",
  ]);
});

test("hostile text is read in linear time", () => {
  const began = Date.now();
  for (const [file, text] of [
    ["docker-bake.hcl", 'target "a" {\n'.repeat(50_000)],
    ["docker-bake.hcl", `target "a" {\n${"inherits = [\n".repeat(50_000)}`],
    ["docker-bake.hcl", `target "a" {\n${" ".repeat(500_000)}`],
    ["build.sh", `docker build ${"--target a ".repeat(40_000)}`],
    ["build.sh", `docker build${" build".repeat(80_000)} --target a`],
  ] as const)
    readTargets(file, text, parse);
  expect(Date.now() - began).toBeLessThan(3_000);
});

test("bake targets that inherit from themselves, again and again, are asked once", () => {
  const parents = '"a", "b", '.repeat(1_000);
  const text = `target "a" {\n  inherits = [${parents}]\n}\ntarget "b" {\n  target = "x"\n  inherits = [${parents}]\n}\n`;
  expect(named("docker-bake.hcl", text)).toEqual(["x of Dockerfile"]);
});
