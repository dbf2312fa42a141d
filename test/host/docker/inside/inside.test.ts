import { describe, expect, it } from "vitest";
import { ImageFiles } from "../../../../server/src/host/docker/inside/image-files";
import { lookInside, type Start } from "../../../../server/src/host/docker/inside/inside";
import type { ElfFacts } from "../../../../server/src/host/docker/layers/elf";
import type { FileDetails } from "../../../../server/src/host/docker/layers/file-details";
import type { Kind } from "../../../../server/src/host/docker/layers/layer-scan";
import { seenIn } from "../../../../server/src/host/docker/layers/seen";

/** A file of an image: its kind, and what is to be known of it. */
type File = readonly [kind: Kind, details?: FileDetails];

const glibc = { machine: 62, bits: 64 } as const;
const LOADER = "/lib64/ld-linux-x86-64.so.2";
const program = (needed: readonly string[] = ["libc.so.6"], more: Partial<ElfFacts> = {}): File => [
  "x",
  { elf: { ...glibc, interpreter: LOADER, needed, ...more } },
];
const library = (needed: readonly string[] = [], more: Partial<ElfFacts> = {}): File => [
  "f",
  { elf: { ...glibc, needed, ...more } },
];
const script = (line: string): File => ["x", { script: line }];
const link = (to: string): File => ["l", { to }];
const rights = (mode: number, uid = 0, gid = 0): Pick<FileDetails, "rights"> => ({ rights: [mode, uid, gid] });

/** Debian's C library, as it lies there. */
const DEBIAN: Readonly<Record<string, File>> = {
  lib: link("usr/lib"),
  lib64: link("usr/lib64"),
  "usr/lib64/ld-linux-x86-64.so.2": link("../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"),
  "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": library(),
  "usr/lib/x86_64-linux-gnu/libc.so.6": library(["ld-linux-x86-64.so.2"]),
  "etc/passwd": ["f", { text: "root:x:0:0::/root:/bin/sh\nweb:x:33:40::/srv:/bin/false\n" }],
  "etc/group": ["f", { text: "root:x:0:\nweb:x:40:\nstaff:x:50:web,other\n" }],
};

function look(files: Readonly<Record<string, File>>, start: Partial<Start> = {}, base = DEBIAN) {
  const layers = [base, files].map((each) => ({
    bytes: 0,
    packages: {},
    paths: Object.entries(each).map(([path, [kind]]) => kind + path),
    details: Object.fromEntries(Object.entries(each).map(([path, [, details = {}]]) => [path, details])),
  }));
  const config = { command: ["/app"], folder: "/", env: {}, user: "", ...start };
  return lookInside(new ImageFiles(seenIn(layers)), config, (layer) => layer === 1);
}

const says = (...given: Parameters<typeof look>) => look(...given).faults.map((fault) => fault.says);

describe("what is started", () => {
  it("is found by its path, from WORKDIR, in PATH, and through links", () => {
    const files = { "srv/app": program(), app: link("/srv/app"), "opt/bin/app": link("../../app") };
    const found = (command: string, more: Partial<Start> = {}) => look(files, { command: [command], ...more });
    expect(found("/app")).toEqual({ program: "/srv/app", looked: { libraries: 2, scripts: 0 }, faults: [] });
    expect(found("./app", { folder: "/srv" }).program).toBe("/srv/app");
    expect(found("app", { env: { PATH: "/nowhere:/opt/bin" } }).program).toBe("/srv/app");
    expect(says(files, { command: ["app"] })).toEqual(["The image starts app, which is in no folder of its PATH."]);
    expect(says(files, { command: ["/opt/app"] })).toEqual(["The image starts /opt/app, which is not in the image."]);
    expect(says(files, { command: [] })).toEqual(["The image has neither ENTRYPOINT nor CMD."]);
    expect(says({ app: link("/a"), a: link("app") })).toEqual(["The image starts /app, which is not in the image."]);
    expect(says({ "app/x": program() })).toEqual(["The image starts /app, which is a folder."]);
  });

  it("must be a program that its user may execute", () => {
    const plain: File = ["f", { ...program()[1] }];
    expect(says({ app: plain })).toEqual(["root may not execute /app (mode 644, owner 0:0)."]);
    expect(says({ app: ["x"] })).toEqual(["/app is neither a program nor a script with #! at its beginning."]);
    const mine = { app: ["x", { ...program()[1], ...rights(0o710, 0, 50) }] as const };
    expect(says(mine, { user: "web" })).toEqual([]);
    expect(says(mine, { user: "web:web" })).toEqual(["web:web may not execute /app (mode 710, owner 0:50)."]);
    expect(says(mine, { user: "65532" })).toEqual(["65532 may not execute /app (mode 710, owner 0:50)."]);
    expect(says(mine, { user: "65532:50" })).toEqual([]);
    expect(says(mine, { user: "nobody" })).toEqual([
      "The image runs as nobody, a name that its /etc/passwd and /etc/group do not have.",
    ]);
    const hidden = { secret: ["d", rights(0o700, 7)] as const, "secret/app": program() };
    expect(says(hidden, { command: ["/secret/app"], user: "8" })).toEqual([
      "8 cannot enter /secret (mode 700, owner 7:0), where /secret/app is.",
    ]);
    expect(says(hidden, { command: ["/secret/app"], user: "7" })).toEqual([]);
    expect(says(hidden, { command: ["/secret/app"] })).toEqual([]);
  });

  it("may be a script, for what is there", () => {
    const files = { app: script("/usr/bin/env -S node --x"), "usr/bin/env": program(), "bin/node": program() };
    expect(look(files)).toMatchObject({ program: "/app", faults: [] });
    const { "bin/node": _, ...less } = files;
    expect(says(less)).toEqual(["/app is a script for node, which is not in the image."]);
    expect(says({ app: script("/bin/sh -e") })).toEqual(["/app is a script for /bin/sh, which is not in the image."]);
    expect(says({ app: script("/bin/sh"), "bin/sh": program(["libtinfo.so.6"]) })).toEqual([
      "/bin/sh needs libtinfo.so.6, which its loader does not find.",
    ]);
    const unreadable = { app: ["x", { ...script("/b")[1], ...rights(0o711) }] as const, b: program() };
    expect(says(unreadable, { user: "5" })).toEqual(["5 may not execute /app (mode 711, owner 0:0)."]);
  });
});

describe("what programs need", () => {
  it("is looked for in the folders of the loader, and nowhere else", () => {
    const app = program(["liba.so"]);
    const missing = "/app needs liba.so, which its loader does not find.";
    const at = (path: string, more: Partial<Start> = {}, first = app) => says({ app: first, [path]: library() }, more);
    expect(at("usr/lib/x86_64-linux-gnu/liba.so")).toEqual([]);
    expect(at("usr/lib/liba.so")).toEqual([]);
    expect(at("usr/local/lib/liba.so")).toEqual([missing]);
    expect(at("usr/lib64/liba.so")).toEqual([missing]);
    expect(at("usr/local/lib/liba.so", { env: { LD_LIBRARY_PATH: "/x:/usr/local/lib" } })).toEqual([]);
    expect(at("opt/liba.so", {}, program(["liba.so"], { runpath: "/x:$ORIGIN/opt" }))).toEqual([]);
    expect(at("opt/liba.so", {}, program(["/opt/liba.so"]))).toEqual([]);
    const listed = { "etc/ld.so.cache": ["f", { libraries: ["/usr/local/lib/liba.so"] }] as const };
    expect(says({ app, ...listed, "usr/local/lib/liba.so": library() })).toEqual([]);
    expect(says({ app, ...listed })).toEqual([missing]);
    expect(says({ app, "usr/lib/liba.so": library([], { machine: 183 }) })).toEqual([missing]);
    expect(says({ app, "usr/lib/liba.so": ["f", { elf: null }] })).toEqual([]);
  });

  it("is what its libraries need, too; RPATH serves them all, RUNPATH the one that has it", () => {
    const files = { "opt/liba.so": library(["libb.so"]), "opt/libb.so": library(["libc.so.6", "liba.so"]) };
    expect(says({ ...files, app: program(["liba.so"], { rpath: "/opt" }) })).toEqual([]);
    expect(says({ ...files, app: program(["liba.so"], { runpath: "/opt" }) })).toEqual([
      "/opt/liba.so needs libb.so, which its loader does not find.",
    ]);
    expect(look({ ...files, app: program(["liba.so"], { rpath: "/opt" }) }).looked.libraries).toBe(4);
  });

  it("is the loader first", () => {
    expect(says({ app: program([], { interpreter: "/lib/ld-musl-x86_64.so.1" }) })).toEqual([
      "/app needs the loader /lib/ld-musl-x86_64.so.1, which is not in the image.",
    ]);
    const musl = {
      "lib/ld-musl-x86_64.so.1": library(),
      app: program(["libc.musl-x86_64.so.1", "liba.so"], { interpreter: "/lib/ld-musl-x86_64.so.1" }),
    };
    expect(says(musl, {}, {})).toEqual(["/app needs liba.so, which its loader does not find."]);
    expect(says({ ...musl, "usr/local/lib/liba.so": library() }, {}, {})).toEqual([]);
    const elsewhere: File = ["f", { text: "/opt/lib\n" }];
    expect(says({ ...musl, "etc/ld-musl-x86_64.path": elsewhere, "opt/lib/liba.so": library() }, {}, {})).toEqual([]);
    expect(says({ app: ["x", { elf: { ...glibc, needed: [] } }] }, {}, {})).toEqual([]);
  });

  it("is looked at in the layers of the author alone, but for what is started", () => {
    const broken = { ...DEBIAN, "usr/lib/libodd.so": library(["libx.so"]), "bin/odd": program(["libx.so"]) };
    expect(says({ app: program() }, {}, broken)).toEqual([]);
    expect(says({ app: program(["libodd.so"]) }, {}, broken)).toEqual([
      "/usr/lib/libodd.so needs libx.so, which its loader does not find.",
    ]);
    const plugins = {
      app: program(),
      "plugins/a.node": library(["libc.so.6", "libx.so"]),
      other: program(["liby.so"]),
    };
    expect(says(plugins).sort()).toEqual([
      "/other needs liby.so, which its loader does not find.",
      "/plugins/a.node needs libx.so, which its loader does not find.",
    ]);
  });
});

it("scripts that can be called need what reads them", () => {
  const files = { app: program(), "usr/bin/run": script("/bin/bash"), "lib/run": script("/bin/bash") };
  expect(look(files)).toMatchObject({
    looked: { scripts: 1 },
    faults: [{ check: "scripts", says: "/usr/bin/run is a script for /bin/bash, which is not in the image." }],
  });
});

it("the user can enter WORKDIR, which is made where it is not there", () => {
  const files = { app: program(), "srv/data": ["d", rights(0o750, 33, 40)] as const, file: ["f"] as const };
  expect(says(files, { folder: "/srv/data", user: "33" })).toEqual([]);
  expect(says(files, { folder: "/srv/data/new", user: "5" })).toEqual([]);
  expect(says(files, { folder: "/srv/data" })).toEqual([]);
  expect(says(files, { folder: "/srv/data", user: "5" })).toEqual([
    "5 cannot enter WORKDIR /srv/data: /srv/data has mode 750, owner 33:40.",
  ]);
  expect(says(files, { folder: "/file" })).toEqual(["WORKDIR /file is no folder."]);
});
