import { describe, expect, test } from "vitest";
import { type ImageReference, parseReference } from "../../../server/src/core/catalog/reference";

const SHA = `sha256:${"a".repeat(64)}`;

const VALID: readonly (readonly [text: string, reference: ImageReference])[] = [
  ["ubuntu", { path: "ubuntu", familiar: "ubuntu" }],
  ["ubuntu:24.04", { path: "ubuntu", tag: "24.04", familiar: "ubuntu" }],
  ["docker.io/library/ubuntu", { path: "ubuntu", familiar: "ubuntu" }],
  ["index.docker.io/library/ubuntu:latest", { path: "ubuntu", tag: "latest", familiar: "ubuntu" }],
  ["docker.io/ubuntu", { path: "ubuntu", familiar: "ubuntu" }],
  ["library/ubuntu", { path: "ubuntu", familiar: "ubuntu" }],
  ["library/a/b", { path: "library/a/b", familiar: "library/a/b" }],
  ["myorg/node.js:1", { path: "myorg/node.js", tag: "1", familiar: "myorg/node.js" }],
  [
    "gcr.io/distroless/static-debian13:nonroot",
    {
      domain: "gcr.io",
      path: "distroless/static-debian13",
      tag: "nonroot",
      familiar: "gcr.io/distroless/static-debian13",
    },
  ],
  ["r:5000/a/b:1", { domain: "r:5000", path: "a/b", tag: "1", familiar: "r:5000/a/b" }],
  [`r:5000/a/b:1@${SHA}`, { domain: "r:5000", path: "a/b", tag: "1", digest: SHA, familiar: "r:5000/a/b" }],
  ["localhost/a", { domain: "localhost", path: "a", familiar: "localhost/a" }],
  ["localhost:5000/a:b", { domain: "localhost:5000", path: "a", tag: "b", familiar: "localhost:5000/a" }],
  ["[2001:db8::1]:5000/a", { domain: "[2001:db8::1]:5000", path: "a", familiar: "[2001:db8::1]:5000/a" }],
  ["127.0.0.1/a", { domain: "127.0.0.1", path: "a", familiar: "127.0.0.1/a" }],
  ["UPPER/a", { domain: "UPPER", path: "a", familiar: "UPPER/a" }],
  ["a_b/c__d/e-f--g.h", { path: "a_b/c__d/e-f--g.h", familiar: "a_b/c__d/e-f--g.h" }],
  [`ubuntu@${SHA}`, { path: "ubuntu", digest: SHA, familiar: "ubuntu" }],
  ["r:5000", { path: "r", tag: "5000", familiar: "r" }],
  [`a:${"t".repeat(128)}`, { path: "a", tag: "t".repeat(128), familiar: "a" }],
  ["a".repeat(255), { path: "a".repeat(255), familiar: "a".repeat(255) }],
];

const INVALID: readonly (readonly [why: string, text: string])[] = [
  ["empty", ""],
  ["an upper case name", "Ubuntu"],
  ["an upper case path", "gcr.io/Distroless/static"],
  ["a variable", "${BASE}:1"],
  ["a space", "ubuntu latest"],
  ["an empty tag", "ubuntu:"],
  ["a tag that starts with a dot", "ubuntu:.1"],
  ["a tag that is too long", `a:${"t".repeat(129)}`],
  ["a name that is too long", "a".repeat(256)],
  ["two slashes", "a//b"],
  ["a slash at the end", "gcr.io/"],
  ["a slash at the start", "/a"],
  ["three underscores", "a___b"],
  ["two dots", "a..b"],
  ["a dash at the end", "a-"],
  ["a short digest", "python:3.12@sha256:abc"],
  ["an unknown algorithm", `a@md5:${"a".repeat(32)}`],
  ["an upper case digest", `a@sha256:${"A".repeat(64)}`],
  ["two digests", `a@${SHA}@${SHA}`],
  [
    "an identifier",
    "a"
      .repeat(63)
      .concat("b")
      .replace(/[^a-f]/g, "a"),
  ],
  ["a port that is none", "r:x/a"],
  ["a host that ends in a dash", "r-.io/a"],
  ["a line break", "ubuntu\n"],
];

describe("parseReference", () => {
  test.each(VALID)("%s", (text, reference) => expect(parseReference(text)).toEqual(reference));
  test.each(INVALID)("refuses %s", (_why, text) => expect(parseReference(text)).toBeUndefined());

  test.each(["a", "a/", "a-", "a.", "-", ":", "@", "[", "a:b@", "A", "0", "a_", "\u{1F433}"])(
    "is quick with a megabyte of %j",
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const start = performance.now();
      parseReference(text);
      parseReference(`gcr.io/${text}`);
      parseReference(`ubuntu:${text}`);
      parseReference(`ubuntu@sha256:${text}`);
      expect(performance.now() - start).toBeLessThan(50);
    },
  );
});
