import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ImageArchive } from "../../../../server/src/host/docker/layers/image-archive";
import { TarError } from "../../../../server/src/host/docker/layers/tar-reader";
import { archive, type Item } from "./archives";

const sha = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
const blob = (bytes: Buffer | string): Item => ({ name: `blobs/sha256/${sha(bytes)}`, text: bytes });
const descriptor = (bytes: Buffer | string) => ({ digest: `sha256:${sha(bytes)}` });

async function read(...items: readonly Item[]) {
  const image = new ImageArchive();
  const bytes = await archive(...items);
  for (let at = 0; at < bytes.length; at += 1000) await image.push(bytes.subarray(at, at + 1000));
  return image.end("linux/amd64");
}

const first = await archive({ name: "one", text: "1234567" });
const second = await archive({ name: "two", text: "123" });
function configOf(layers: readonly Buffer[], architecture = "amd64"): string {
  const diff_ids = layers.map((layer) => `sha256:${sha(layer)}`);
  const history = [{}, { empty_layer: true }, ...layers.slice(1).map(() => ({}))];
  return JSON.stringify({ os: "linux", architecture, rootfs: { diff_ids }, history });
}
const config = configOf([first, second]);
const expected = {
  layers: [
    { diffId: `sha256:${sha(first)}`, facts: { bytes: 7, paths: ["fone"], packages: {}, details: {} } },
    { diffId: `sha256:${sha(second)}`, facts: { bytes: 3, paths: ["ftwo"], packages: {}, details: {} } },
  ],
  history: [{ empty: false }, { empty: true }, { empty: false }],
};

describe("a saved image", () => {
  it("of Docker's older layout, with a layer that comes twice as a link", async () => {
    const three = configOf([first, second, first]);
    const Layers = ["b/layer.tar", "a/layer.tar", "c/layer.tar"];
    const image = await read(
      { name: "a/", type: "directory" },
      { name: "a/VERSION", text: "1.0" },
      { name: "a/json", text: "{}" },
      { name: "a/layer.tar", text: second },
      { name: "b/layer.tar", text: first },
      { name: "c/layer.tar", type: "symlink", linkname: "../b/layer.tar" },
      { name: "0123.json", text: three },
      { name: "manifest.json", text: JSON.stringify([{ Config: "0123.json", RepoTags: null, Layers }]) },
    );
    expect(image.layers).toEqual([...expected.layers, expected.layers[0]]);
  });

  it("of OCI's layout, packed, for the platform that is asked for", async () => {
    const [packed, other] = [gzipSync(second), configOf([second], "arm64")];
    const manifest = JSON.stringify({ config: descriptor(config), layers: [first, packed].map(descriptor) });
    const foreign = JSON.stringify({ config: descriptor(other), layers: [descriptor(packed)] });
    const inner = JSON.stringify({ manifests: [foreign, manifest].map(descriptor) });
    const attestation = JSON.stringify({ _type: "https://in-toto.io/Statement/v0.1" });
    const blobs = [first, packed, config, other, manifest, foreign, inner, attestation].map(blob);
    const index = { name: "index.json", text: JSON.stringify({ manifests: [descriptor(inner)] }) };
    expect(await read(...blobs, index)).toEqual(expected);
  });

  it("is refused where a layer is missing, damaged or no archive, or there is no image", async () => {
    const Layers = [first, second].map((layer) => `blobs/sha256/${sha(layer)}`);
    const manifest = { name: "manifest.json", text: JSON.stringify([{ Config: "c.json", Layers }]) };
    const rest = [{ name: "c.json", text: config }, manifest];
    expect(await read(blob(first), blob(second), ...rest)).toEqual(expected);
    await expect(read(blob(first), ...rest)).rejects.toThrow("the archive does not hold all layers");
    const odd = { name: Layers[1] ?? "", text: "encrypted ".repeat(100) };
    await expect(read(blob(first), odd, ...rest)).rejects.toThrow("the archive does not hold all layers");
    await expect(read(blob(first), { ...odd, text: gzipSync(second).subarray(0, 40) }, ...rest)).rejects.toThrow(
      "a layer of the archive is damaged",
    );
    await expect(read(blob(first), { ...odd, text: gzipSync(second.subarray(0, 514)) }, ...rest)).rejects.toThrow(
      TarError,
    );
    await expect(read(blob(first))).rejects.toThrow("the archive holds no image");
    await expect(read({ name: "manifest.json", text: "[{" })).rejects.toThrow("the archive holds no image");
  });
});
