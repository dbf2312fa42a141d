import { describe, expect, it } from "vitest";
import { type TarEntry, TarError, TarReader } from "../../../../server/src/host/docker/layers/tar-reader";
import { archive, END, rawEntry } from "./archives";

/** The entries of an archive that comes in pieces of so many bytes, and the content of its files. */
async function read(bytes: Buffer, step = bytes.length) {
  const entries: TarEntry[] = [];
  const contents: Record<string, string> = {};
  const reader = new TarReader((entry) => {
    entries.push(entry);
    contents[entry.name] = "";
    return {
      write: (piece) => {
        contents[entry.name] += piece.toString("latin1");
      },
      end: () => {
        contents[entry.name] += "$";
      },
    };
  });
  for (let at = 0; at < bytes.length; at += step) await reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { entries, contents };
}

const names = async (bytes: Buffer) => (await read(bytes)).entries.map(({ name, bytes: size }) => [name, size]);

describe("an archive", () => {
  it("is read the same whatever the pieces are that it comes in", async () => {
    const bytes = await archive(
      { name: "./etc/", type: "directory" },
      { name: "./etc/one", text: "1".repeat(700), mode: 0o4755 },
      { name: "etc/none" },
      { name: `etc/${"long/".repeat(60)}name`, text: "deep" },
      { name: "etc/link", type: "symlink", linkname: "../one" },
      { name: "etc/hard", type: "link", linkname: "etc/one" },
      { name: "pipe", type: "fifo" },
    );
    const whole = await read(bytes);
    expect(whole.entries.map(({ name, kind, bytes: size }) => [name, kind, size])).toEqual([
      ["etc", "directory", 0],
      ["etc/one", "file", 700],
      ["etc/none", "file", 0],
      [`etc/${"long/".repeat(60)}name`, "file", 4],
      ["etc/link", "symlink", 0],
      ["etc/hard", "link", 0],
      ["pipe", "other", 0],
    ]);
    expect(whole.entries[1]?.mode).toBe(0o4755);
    expect(whole.entries[4]?.target).toBe("../one");
    expect(whole.contents["etc/one"]).toBe(`${"1".repeat(700)}$`);
    expect(whole.contents["etc/none"]).toBe("$");
    for (const step of [1, 7, 511, 512, 513, 1000]) expect(await read(bytes, step)).toEqual(whole);
  });

  it("may have GNU's long names and links", async () => {
    const long = "n".repeat(300);
    const bytes = Buffer.concat([
      rawEntry("././@LongLink", { type: "L", size: 301, content: `${long}\0` }),
      rawEntry("././@LongLink", { type: "K", size: 301, content: `${"t".repeat(300)}\0` }),
      rawEntry("cut", { type: "2" }),
      rawEntry("next", { size: 1, content: "x" }),
      END,
    ]);
    const { entries } = await read(bytes);
    expect(entries.map(({ name, target }) => [name, target.length])).toEqual([
      [long, 300],
      ["next", 0],
    ]);
  });

  it("may have sparse files, of GNU's old way and of pax", async () => {
    const map = Buffer.alloc(512);
    const bytes = Buffer.concat([
      rawEntry("old", { type: "S", size: 3, at: { 482: "\x01", 483: "00000100000\0" } }),
      map,
      Buffer.concat([Buffer.from("abc"), Buffer.alloc(509)]),
      rawEntry("attributes", { type: "x", size: 28, content: "28 GNU.sparse.realsize=9999\n" }),
      rawEntry("new", { size: 3, content: "abc" }),
      rawEntry("after", { size: 1, content: "x" }),
      END,
    ]);
    expect(await names(bytes)).toEqual([
      ["old", 0o100000],
      ["new", 9999],
      ["after", 1],
    ]);
    expect((await read(bytes, 100)).contents).toEqual({ old: "abc$", new: "abc$", after: "x$" });
  });

  it("may have sizes in base 256, names that are no UTF-8, and no version of its format", async () => {
    const bytes = Buffer.concat([
      rawEntry("big", { at: { 124: "\x80\0\0\0\0\0\0\0\0\0\x02\x01", 156: "2" } }),
      rawEntry("caf\xe9", { at: { 257: "\0\0\0\0\0\0\0\0" } }),
      rawEntry("folder/", { size: 0 }),
      END,
    ]);
    const { entries } = await read(bytes);
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ["big", "symlink"],
      ["caf\xe9", "file"],
      ["folder", "directory"],
    ]);
  });

  it("ends with two empty blocks, whatever follows", async () => {
    expect(await names(Buffer.concat([rawEntry("a"), END, Buffer.from("rubbish")]))).toEqual([["a", 0]]);
  });

  it("is refused where it is none, damaged, or cut short", async () => {
    const good = await archive({ name: "a", text: "a".repeat(600) });
    const damaged = Buffer.from(good);
    damaged.writeUInt8(0x41, 3);
    await expect(read(damaged)).rejects.toThrow(TarError);
    await expect(read(Buffer.from("no archive at all".repeat(100)))).rejects.toThrow(TarError);
    for (const length of [100, 600, 1100]) await expect(read(good.subarray(0, length))).rejects.toThrow(TarError);
    const endless = rawEntry("././@LongLink", { type: "L", size: 1e9 });
    await expect(read(endless)).rejects.toThrow("too long");
  });
});
