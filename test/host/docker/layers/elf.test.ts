import { describe, expect, it } from "vitest";
import { type ElfFacts, readElf } from "../../../../server/src/host/docker/layers/elf";
import { Gather } from "../../../../server/src/host/docker/layers/gather";
import { type Elf, elf } from "../elves";

const MiB = 1024 * 1024;

/** Reads a file that comes in pieces of a size. */
function read(file: Buffer, piece = file.length, size = file.length): ElfFacts | undefined {
  const answers: (ElfFacts | undefined)[] = [];
  const gather = new Gather(readElf(size), (facts) => void answers.push(facts));
  for (let at = 0; at < file.length; at += piece) gather.write(file.subarray(at, at + piece));
  gather.end();
  expect(answers).toHaveLength(1);
  return answers[0];
}

const PROGRAM: Elf = {
  interpreter: "/lib64/ld-linux-x86-64.so.2",
  needed: ["libc.so.6", "libm.so.6"],
  runpath: "$ORIGIN/../lib",
};
const FACTS = { machine: 62, bits: 64, ...PROGRAM };

describe("what the loader reads", () => {
  it.each<[string, Elf]>([
    ["as linkers write it", {}],
    ["with the names behind their table", { namesLast: true }],
    ["of a program at a fixed address", { kind: 2 }],
    ["of 32 bits", { bits: 32 }],
    ["of the other order of bytes", { order: "BE" }],
    ["of 32 bits in the other order", { bits: 32, order: "BE", apart: 1000 }],
  ])("%s, in pieces of every size", (_name, more) => {
    const file = elf({ ...PROGRAM, ...more });
    for (const piece of [1, 7, 64, 512, file.length])
      expect(read(file, piece)).toEqual({ ...FACTS, bits: more.bits ?? 64 });
  });

  it("of what needs nothing", () => {
    expect(read(elf())).toEqual({ machine: 62, bits: 64, needed: [] });
    expect(read(elf({ machine: 183, needed: [], rpath: "/opt" }))).toEqual({
      machine: 183,
      bits: 64,
      needed: [],
      rpath: "/opt",
    });
  });

  it("of files that are larger than what is kept of them, as far as it does not lie behind", () => {
    expect(read(elf({ ...PROGRAM, apart: 10 * MiB }), 65_536)).toEqual(FACTS);
    expect(read(elf({ ...PROGRAM, apart: 40 * MiB, namesLast: true }), 65_536)).toEqual(FACTS);
    expect(read(elf({ ...PROGRAM, apart: 40 * MiB }), 65_536)).toBeUndefined();
  });

  it("is nothing where there is no program, or it is cut short", () => {
    expect(read(elf({ kind: 1, needed: ["libc.so.6"] }))).toBeUndefined();
    expect(read(Buffer.from("#!/bin/sh\n".repeat(20)))).toBeUndefined();
    const file = elf({ ...PROGRAM, apart: 100 });
    for (let length = 0; length < file.length; length += 13)
      expect(read(file.subarray(0, length), 50, file.length)).toBeUndefined();
  });

  it("throws at no damage, and asks for no more than there is", () => {
    const file = elf({ ...PROGRAM, apart: 64 });
    for (let at = 4; at < file.length; at += 1)
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = Buffer.from(file);
        damaged[at] = value;
        read(damaged, 100);
      }
  });
});
