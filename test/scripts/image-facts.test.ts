import { expect, test } from "vitest";

const script = new URL("../../scripts/images/image-facts.mts", import.meta.url).href;

/** What the tests use of the script, which is no part of what they are compiled with. */
interface Script {
  readonly ImageFacts: new () => {
    add(path: string, folder: boolean, content: string): void;
    set(): Readonly<Record<string, unknown>>;
  };
  readonly refusalOf: (
    name: string,
    labels: Readonly<Record<string, string>>,
    digests: readonly string[],
  ) => string | undefined;
}

test("facts of an image: programs, libraries, users and certificates, in order", async () => {
  const { ImageFacts } = (await import(/* @vite-ignore */ script)) as Script;
  const facts = new ImageFacts();
  facts.add("etc/passwd", false, "root:x:0:0:root:/root:/bin/sh\napp:x:10:10::/:/sbin/nologin\n");
  facts.add("etc/ssl/certs/ca-certificates.crt", false, "");
  facts.add("usr/bin/", true, "");
  for (const path of ["usr/bin/tool", "bin/ls", "usr/sbin/useradd", "opt/bin/own"]) facts.add(path, false, "");
  for (const path of ["usr/lib/x86_64-linux-gnu/libz.so.1", "lib64/ld-linux-x86-64.so.2", "usr/lib/own/libown.so.1"])
    facts.add(path, false, "");
  expect(facts.set()).toEqual({
    bin: "ls tool",
    sbin: "useradd",
    users: "app root",
    libraries: "ld-linux-x86-64.so.2 libz.so.1",
    caCerts: true,
  });
});

test("a published image alone is a source", async () => {
  const { refusalOf } = (await import(/* @vite-ignore */ script)) as Script;
  const digest = ["debian@sha256:0"];
  expect(refusalOf("debian", {}, digest)).toBeUndefined();
  expect(refusalOf("debian", { "stand-in": "true" }, digest)).toMatch(/^debian was made on this machine/);
  expect(refusalOf("debian", {}, [])).toMatch(/no digest of a registry/);
});
