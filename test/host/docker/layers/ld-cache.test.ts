import { expect, it } from "vitest";
import { readLdCache } from "../../../../server/src/host/docker/layers/ld-cache";

/** As glibc 2.32 and later write it. */
function cache(...paths: readonly string[]): Buffer {
  const texts = Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
  const header = Buffer.alloc(48);
  header.write("glibc-ld.so.cache1.1", "latin1");
  header.writeUInt32LE(paths.length, 20);
  const start = 48 + 24 * paths.length;
  const entries = paths.map((path) => {
    const entry = Buffer.alloc(24);
    entry.writeUInt32LE(start + texts.indexOf(`${path}\0`, 0, "latin1"), 8);
    return entry;
  });
  return Buffer.concat([header, ...entries, texts]);
}

const paths = ["/usr/local/lib/libpq.so.5", "/lib/x86_64-linux-gnu/libc.so.6"];

it("lists the libraries, also behind the table of older versions", () => {
  expect(readLdCache(cache(...paths))).toEqual(paths);
  expect(readLdCache(Buffer.concat([Buffer.from("ld.so-1.7.0\0".padEnd(64, "\0")), cache(...paths)]))).toEqual(paths);
  expect(readLdCache(cache())).toEqual([]);
});

it("is unknown where it is another file, or damaged", () => {
  expect(readLdCache(Buffer.from("ld.so-1.7.0"))).toBeUndefined();
  expect(readLdCache(cache(...paths).subarray(0, 60))).toBeUndefined();
  const odd = cache(...paths);
  odd.writeUInt32LE(0xffffffff, 20);
  expect(readLdCache(odd)).toBeUndefined();
  odd.writeUInt32LE(2, 20);
  odd.writeUInt32LE(0xffffffff, 56);
  expect(readLdCache(odd)).toEqual(["", paths[1]]);
});
