/** What the fuzzer feeds: a Dockerfile with what is known of its folder, a function of a seed and a number alone. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { rules } from "../../server/src/core";
import { CALCULATOR, CASES, GO_MOD } from "../cases/cases";
import { fixture } from "../kit/fixture";
import { dockerfile, instruction } from "./grammar";
import { type Mutation, mutate, mutation } from "./mutations";

export interface Input {
  readonly text: string;
  /** The files of the folder; undefined where nothing is known of it. */
  readonly files: Readonly<Record<string, string>> | undefined;
}

const tests = join(import.meta.dirname, "..");
const texts = (folder: string, wanted: RegExp) =>
  readdirSync(join(tests, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => wanted.test(file))
    .sort()
    .map((file) => readFileSync(join(tests, folder, file), "utf8"));

/** Our own files: cases, apps, what the rules' docs show. */
const OWN: readonly string[] = [
  ...CASES.map(({ dockerfile }) => dockerfile),
  ...texts("apps", /(?:^|[\\/])Dockerfile$/),
  ...texts("syntaxes/cases", /\.dockerfile$/),
  ...rules.flatMap(({ docs }) => docs.examples.map(({ before }) => fixture(before).text)),
];

const COMPOSE = `services:
  web:
    build: { context: ., target: build }
    volumes: [data:/data]
    ports: ["8080:8080"]
    healthcheck: { test: [CMD, curl, localhost] }
`;
const FILES: Readonly<Record<string, readonly string[]>> = {
  "go.mod": [GO_MOD, "module x\n\ngo 1.26\n\nrequire (\n\tgithub.com/mattn/go-sqlite3 v1.14.0\n)\n", ""],
  "main.go": [CALCULATOR, 'package main\n\nimport "net/http"\n\nfunc main() { http.Get("https://example.com") }\n'],
  "go.work": ["go 1.26\n\nuse (\n\t./a\n\t./b\n)\n"],
  Makefile: [
    "build: gen\n\tgo build -o bin/app .\ngen:\n\t@echo $(X)\n.PHONY: build\n",
    "X := $(shell go env)\nall:; CGO_ENABLED=0 go build -o $(X) ./...\n",
  ],
  "compose.yaml": [COMPOSE],
  "docker-bake.hcl": ['target "app" {\n  target = "build"\n}\n'],
  "docker-bake.json": ['{"target":{"app":{"target":"build"}}}'],
  "ci.sh": ["docker build --target build .\n"],
};

const damage = fc.array(mutation, { maxLength: 4 });
const damaged = (text: string, mutations: readonly Mutation[], other: string) =>
  mutations.reduce((so_far, each) => mutate(so_far, each, other), text);

const own = fc.constantFrom(...OWN);
const bytes = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString("latin1")),
  fc.uint16Array({ maxLength: 200 }).map((all) => String.fromCharCode(...all)),
  fc
    .array(fc.oneof(instruction, fc.string({ unit: "grapheme", maxLength: 20 })), { maxLength: 20 })
    .map((all) => all.join("\n")),
);
const text = fc.oneof(
  { weight: 5, arbitrary: dockerfile },
  { weight: 4, arbitrary: fc.tuple(dockerfile, damage, own).map((parts) => damaged(...parts)) },
  { weight: 4, arbitrary: fc.tuple(own, damage, fc.oneof(own, dockerfile)).map((parts) => damaged(...parts)) },
  { weight: 1, arbitrary: bytes },
);
const files = fc.option(
  fc.record(
    Object.fromEntries(
      Object.entries(FILES).map(([path, all]) => [
        path,
        fc
          .tuple(fc.constantFrom(...all), fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, damage), own)
          .map((parts) => damaged(...parts)),
      ]),
    ),
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 3 },
);
/** Not biased to small ones: each number stands for itself. */
const inputs: fc.Arbitrary<Input> = fc.noBias(
  fc.record({ text, files }).map(({ text, files }) => ({ text, files: files as Input["files"] })),
);

/** The input of that number, the same whenever it is asked for. */
export function inputOf(seed: number, number: number): Input {
  const [input] = fc.sample(inputs, { seed: (Math.imul(seed, 0x9e3779b1) + number) | 0, numRuns: 1 });
  return input as Input;
}
