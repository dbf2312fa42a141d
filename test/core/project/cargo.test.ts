import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { readCargoManifest } from "../../../server/src/core/project/cargo";

const read = (text: string) => readCargoManifest(text, parse);

test("a package names its programs, and the crates of its own by their folders", () => {
  const manifest = read(`
[package]
name = "web"
[[bin]]
name = "server"
path = "src/server.rs"
[[bin]]
name = "extra"
required-features = ["x"]
[dependencies]
serde = "1"
pages = { path = "../pages" }
sql = { package = "rusqlite", version = "0.37", features = ["bundled"] }
shared = { workspace = true }
[target.'cfg(windows)'.dependencies]
winreg = "0.5"
[target.'cfg(unix)'.dependencies]
nix = "0.29"
`);
  expect(manifest?.name).toBe("web");
  expect(manifest?.bins).toEqual([
    { name: "server", path: "src/server.rs", isOptional: false },
    { name: "extra", path: undefined, isOptional: true },
  ]);
  expect([...(manifest?.dependencies.keys() ?? [])]).toEqual(["serde", "pages", "rusqlite", "shared", "nix"]);
  expect(manifest?.dependencies.get("pages")?.path).toBe("../pages");
  expect(manifest?.dependencies.get("rusqlite")?.features).toEqual(["bundled"]);
  expect(manifest?.dependencies.get("shared")?.isShared).toBe(true);
});

test("a workspace names its members", () => {
  const manifest = read('[workspace]\nmembers = ["crates/*", "tool"]\nexclude = ["crates/old"]\n');
  expect(manifest?.name).toBeUndefined();
  expect(manifest?.workspace).toEqual({ members: ["crates/*", "tool"], defaults: undefined, exclude: ["crates/old"] });
});

test("a broken file says nothing", () => expect(read("[package\nname =")).toBeUndefined());
