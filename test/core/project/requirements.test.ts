import { expect, test } from "vitest";
import { readRequirement, readRequirements } from "../../../server/src/core/project/requirements";

test("packages by their names, as all ways to write them are compared", () => {
  const { packages } = readRequirements(
    "Flask==3.1 # web\n\n  uvicorn[standard,x] >= 0.3 ; python_version > '3.8'\nzope.interface\n",
  );
  expect(packages).toEqual([
    { name: "flask", extras: [], elsewhere: false },
    { name: "uvicorn", extras: ["standard", "x"], elsewhere: false },
    { name: "zope-interface", extras: [], elsewhere: false },
  ]);
});

test("hashes on lines of their own belong to the line before", () => {
  expect(
    readRequirements("a==1 \\\n  --hash=sha256:00 \\\n  --hash=sha256:01\nb\n").packages.map(({ name }) => name),
  ).toEqual(["a", "b"]);
});

test.each(["C:\\lib", "git+https://x/y", "a.tar.gz"])("%s is no name", (line) => {
  expect(readRequirements(line).packages).toEqual([{ name: "", extras: [], elsewhere: true }]);
});

test.each([
  ["-e .", "."],
  ["--editable=./lib[web]", "./lib[web]"],
  ["./lib", "./lib"],
  ["/wheels/a.whl", "/wheels/a.whl"],
])("%s is no name, and stands in a folder", (line, folder) => {
  expect(readRequirements(line).packages).toEqual([{ name: "", extras: [], elsewhere: true, folder }]);
});

test("an address may say its name", () => {
  expect(readRequirement("thing @ https://x/thing.zip")).toEqual({ name: "thing", extras: [], elsewhere: true });
  expect(readRequirement("git+https://x/y#egg=Some_Thing")).toEqual({
    name: "some-thing",
    extras: [],
    elsewhere: true,
  });
});

test("other files and options", () => {
  const { includes, options, packages } = readRequirements(
    "-r base.txt\n--requirement=more.txt\n-c limits.txt\n--index-url https://x\n",
  );
  expect({ includes, options, packages }).toEqual({
    includes: ["base.txt", "more.txt"],
    options: ["-c limits.txt", "--index-url https://x"],
    packages: [],
  });
});
