import { expect, it } from "vitest";
import { contentsOf as count } from "../../../../server/src/host/docker/layers/contents";
import { type LayerFacts, LayerScan } from "../../../../server/src/host/docker/layers/layer-scan";
import { seenIn } from "../../../../server/src/host/docker/layers/seen";
import { archive, type Item } from "./archives";

async function scan(...items: readonly Item[]): Promise<LayerFacts> {
  const layer = new LayerScan();
  await layer.write(await archive(...items));
  layer.end();
  return layer.facts();
}

const contentsOf = (layers: readonly LayerFacts[]) => count(layers, seenIn(layers));

const file = (name: string, mode = 0o644, text = "x"): Item => ({ name, mode, text });
const link = (name: string, linkname: string, type: "link" | "symlink" = "symlink"): Item => ({ name, linkname, type });

it("counts files and the targets of links; a file of several names once, a name that comes twice as it came last", async () => {
  const { bytes, paths } = await scan(
    { name: "a/", type: "directory" },
    file("a/one", 0o644, "12345"),
    link("a/two", "./a/one", "link"),
    link("a/sym", "../target"),
    file("a/again", 0o644, "first, and longer"),
    file("a/again", 0o755, "2nd"),
    { name: "dev", type: "character-device" },
    link("a/nowhere", "not/there", "link"),
  );
  expect(bytes).toBe("12345".length + "../target".length + "2nd".length);
  expect(paths).toEqual(["da", "fa/one", "fa/two", "la/sym", "xa/again", "fdev"]);
});

it("counts nothing for what removes", async () => {
  const { bytes, paths } = await scan(
    file("a/.wh.gone", 0o644, ""),
    file("b/.wh..wh..opq", 0o644, ""),
    file(".wh..wh.plnk", 0, ""),
    file("b/new"),
  );
  expect([bytes, paths]).toEqual([1, ["wa/gone", "ob", "fb/new"]]);
});

it("counts a link's target in bytes", async () => {
  expect((await scan(link("l", "ümläut"))).bytes).toBe(8);
});

it("sees what a container sees: later layers add, replace and remove", async () => {
  const base = await scan(
    file("bin/sh", 0o755),
    file("bin/su", 0o4755),
    file("opt/tool", 0o755),
    file("opt/data/deep", 0o755),
    file("srv/old/x", 0o755),
    file("usr/lib/plain"),
  );
  expect(contentsOf([base])).toEqual({ packages: 0, executables: 5, setuid: 1, shell: true });
  const upper = await scan(
    file("bin/.wh.sh", 0, ""),
    file("opt/.wh..wh..opq", 0, ""),
    file("opt/tool", 0o644),
    link("srv/old", "/elsewhere"),
    file("bin/su", 0o755),
  );
  expect(contentsOf([base, upper])).toEqual({ packages: 0, executables: 1, setuid: 0, shell: false });
});

it("counts packages of dpkg, of distroless and of apk, and says where it cannot", async () => {
  const dpkg = "Package: a\nStatus: install ok installed\n\nPackage: b\nStatus: deinstall ok config-files\n";
  const one = await scan(file("var/lib/dpkg/status", 0o644, dpkg));
  const two = await scan(file("var/lib/dpkg/status", 0o644, `${dpkg}\nPackage: c\nStatus: install ok installed`));
  expect(contentsOf([one]).packages).toBe(1);
  expect(contentsOf([one, two]).packages).toBe(2);
  expect(contentsOf([one, await scan(file("var/lib/dpkg/.wh.status", 0, ""))]).packages).toBe(0);
  const distroless = await scan(file("var/lib/dpkg/status.d/tzdata"), file("var/lib/dpkg/status.d/tzdata.md5sums"));
  expect(contentsOf([distroless, await scan(file("var/lib/dpkg/status.d/libc6"))]).packages).toBe(2);
  const apk = await scan(file("lib/apk/db/installed", 0o644, "C:Q1\nP:musl\nV:1\n\nC:Q2\nP:zlib\n"));
  expect(contentsOf([apk]).packages).toBe(2);
  expect(contentsOf([await scan(file("var/lib/rpm/rpmdb.sqlite"))]).packages).toBeNull();
});
