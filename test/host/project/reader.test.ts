import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectReader, readersOfOneRun } from "../../../server/src/host/project/reader";

/** Windows has no such modes; Docker gives every file of it one that all may read. */
test.skipIf(process.platform === "win32")("files that others may not read are said with the sizes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "closed/deep"), { recursive: true });
  mkdirSync(join(folder, "open"));
  for (const path of ["key", "closed/deep/a", "open/a", "open/key"]) writeFileSync(join(folder, path), "x");
  for (const path of ["closed/deep/a", "open/a"]) chmodSync(join(folder, path), 0o644);
  for (const path of ["key", "open/key"]) chmodSync(join(folder, path), 0o600);
  for (const path of ["open", "closed/deep"]) chmodSync(join(folder, path), 0o755);
  chmodSync(join(folder, "closed"), 0o700);
  const files = (await projectReader(folder).files(true)) ?? [];
  const closed = files.flatMap(({ path, isPrivate }) => (isPrivate ? [path] : [])).sort();
  expect(closed).toEqual(["closed/deep/a", "key", "open/key"]);
  expect(files.map(({ bytes }) => bytes)).toEqual([1, 1, 1, 1]);
});

test("the Dockerfiles of a folder share what one run has read, each under its own ignore rules", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ["a", "b"]) writeFileSync(join(folder, path), `text of ${path}`);
  writeFileSync(join(folder, "second.Dockerfile.dockerignore"), "b\n*.dockerignore\n");
  const open = readersOfOneRun();
  const [first, second] = ["first", "second"].map((name) => open(folder, join(folder, `${name}.Dockerfile`)));
  const pathsOf = async (reader = first) => (await reader?.files(false))?.map(({ path }) => path).sort();
  expect(await first?.read("a")).toBe("text of a");
  expect(await pathsOf()).toEqual(["a", "b", "second.Dockerfile.dockerignore"]);
  rmSync(join(folder, "a"));
  expect(await second?.read("a")).toBe("text of a");
  expect(await pathsOf(open(folder))).toEqual(["a", "b", "second.Dockerfile.dockerignore"]);
  expect(await pathsOf(second)).toEqual([]);
  expect(await readersOfOneRun()(folder).read("a")).toBeUndefined();
});
