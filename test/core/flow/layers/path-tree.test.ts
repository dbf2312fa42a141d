import { describe, expect, test } from "vitest";
import { PathTree } from "../../../../server/src/core/flow/layers/path-tree";

function tree(...paths: readonly string[]): PathTree<string> {
  const made = new PathTree<string>();
  for (const path of paths) made.add(path, path);
  return made;
}

describe("a tree of paths", () => {
  test.each([
    ["/a", ["/a", "/a/b", "/a/b/c"]],
    ["/a/b", ["/a/b", "/a/b/c"]],
    ["/", ["/a", "/a/b", "/a/b/c", "/x.zip", "/y.zip", "/.z.zip"]],
    ["/*.zip", ["/x.zip", "/y.zip"]],
    ["/?.zip", ["/x.zip", "/y.zip"]],
    ["/a/*", ["/a/b", "/a/b/c"]],
    ["/*/b/c", ["/a/b/c"]],
    ["/.*", ["/.z.zip"]],
    ["/none", []],
    ["/a/b/c/d", []],
  ])("%s finds what stands there and below, hidden files aside", (pattern, wanted) => {
    expect(tree("/a", "/a/b", "/a/b/c", "/x.zip", "/y.zip", "/.z.zip").find(pattern)).toEqual(wanted);
  });

  test("a pattern that was copied is found where all that it stands for is", () => {
    expect(tree("/tmp/*.deb").find("/tmp/*.deb")).toEqual(["/tmp/*.deb"]);
    expect(tree("/tmp/*.deb").find("/tmp/*")).toEqual(["/tmp/*.deb"]);
    expect(tree("/tmp/*.deb").find("/tmp/a*.deb")).toEqual([]);
    expect(tree("/tmp/*.deb").find("/tmp/?.deb")).toEqual([]);
  });

  test("what is taken is gone", () => {
    const made = tree("/a/b", "/a/c");
    expect(made.take("/a/b")).toEqual(["/a/b"]);
    expect(made.take("/a/*")).toEqual(["/a/c"]);
    expect(made.find("/")).toEqual([]);
  });

  test("the nearest folder above, and the latest of what stands there", () => {
    const made = tree("/", "/a", "/a/b/c");
    made.add("/a", "again");
    expect(made.above("/a/b/x")).toBe("again");
    expect(made.above("/a")).toBe("/");
    expect(made.at("/a")).toEqual(["again", "/a"]);
    expect(tree("/a").above("/b")).toBeUndefined();
  });

  test("a folder is known by what is in it, or by its name", () => {
    const made = tree("/a/b");
    made.makeFolder("/c");
    expect(["/", "/a", "/a/b", "/c", "/d"].map((path) => made.hasFolder(path))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test("hostile trees are given up, not waited for", () => {
    const made = new PathTree<number>();
    for (let at = 0; at < 20_000; at++) made.add(`/a/${at}`, at);
    made.add(`/${"x/".repeat(20_000)}`, -1);
    const start = process.cpuUsage();
    for (let at = 0; at < 20_000; at++) made.find("/a/*.zip");
    for (let at = 0; at < 1_000; at++) made.find("/x");
    const { user } = process.cpuUsage(start);
    expect(user / 1000).toBeLessThan(1_000);
  });
});
