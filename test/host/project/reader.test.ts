import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectReader } from "../../../server/src/host/project/reader";

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
