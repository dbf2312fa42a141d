import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { LayerCache } from "../../../../server/src/host/docker/layers/layer-cache";

const home = mkdtempSync(join(tmpdir(), "ballast-cache-"));
afterAll(() => rmSync(home, { recursive: true }));

const id = (number: number) => `sha256:${number.toString(16).padStart(64, "0")}`;
const facts = {
  bytes: 7,
  paths: ["fone", "dümläut"],
  packages: { "var/lib/dpkg/status": 2 },
  details: { one: { elf: { machine: 62, bits: 64, needed: ["libc.so.6"] } as const } },
};

describe("what is known of layers", () => {
  it("is there the next time", async () => {
    const folder = join(home, "new", "folder");
    await new LayerCache(folder).set(id(1), facts);
    expect(await new LayerCache(folder).get(id(1))).toEqual(facts);
    expect(await new LayerCache(folder).get(id(2))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([`${id(1).slice(7)}.json.gz`]);
  });

  it("is not there where its file is damaged, or says something else", async () => {
    const folder = join(home, "damaged");
    mkdirSync(folder);
    const texts = [
      "null",
      "[]",
      '{"bytes":-0.5,"paths":[],"packages":{},"details":{}}',
      '{"bytes":1,"paths":[1],"packages":{},"details":{}}',
      '{"bytes":1,"paths":[],"packages":{}}',
    ];
    const files = [
      Buffer.from("rubbish"),
      gzipSync(JSON.stringify(facts)).subarray(0, 30),
      ...texts.map((text) => gzipSync(text)),
    ];
    for (const [at, bytes] of files.entries()) {
      writeFileSync(join(folder, `${id(at).slice(7)}.json.gz`), bytes);
      expect(await new LayerCache(folder).get(id(at))).toBeUndefined();
    }
  });

  it("lasts as long as the process where it cannot be kept", async () => {
    const file = join(home, "file");
    writeFileSync(file, "");
    for (const cache of [new LayerCache(join(file, "below")), new LayerCache(undefined)]) {
      await cache.set(id(1), facts);
      expect(await cache.get(id(1))).toEqual(facts);
    }
    const odd = new LayerCache(join(home, "odd"));
    await odd.set("sha256:../../x", facts);
    expect(readdirSync(home)).not.toContain("odd");
  });

  it("is bounded: what was not asked for the longest goes first", async () => {
    const folder = join(home, "full");
    mkdirSync(folder);
    for (let at = 0; at < 1_000; at += 1) {
      const file = join(folder, `${id(at).slice(7)}.json.gz`);
      writeFileSync(file, gzipSync(JSON.stringify(facts)));
      utimesSync(file, at, at);
    }
    expect(await new LayerCache(folder).get(id(0))).toEqual(facts);
    await new LayerCache(folder).set(id(5_000), facts);
    const left = new LayerCache(folder);
    expect(readdirSync(folder).length).toBeLessThan(1_000);
    expect(await left.get(id(0))).toEqual(facts);
    expect(await left.get(id(1))).toBeUndefined();
    expect(await left.get(id(5_000))).toEqual(facts);
  });
});
