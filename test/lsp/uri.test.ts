import { expect, test } from "vitest";
import { documentId, pathOf, placeOf } from "../../server/src/lsp/uri";

test.each([
  ["file:///home/a%20b/Dockerfile", "linux", "/home/a b/Dockerfile"],
  ["file:///home/%C3%BC/Dockerfile", "darwin", "/home/ü/Dockerfile"],
  ["file://localhost/home/Dockerfile", "linux", "/home/Dockerfile"],
  ["file://server/share/Dockerfile", "linux", undefined],
  ["file:///c%3A/app/Dockerfile", "win32", "c:\\app\\Dockerfile"],
  ["file:///C:/app/Dockerfile", "win32", "c:\\app\\Dockerfile"],
  ["file:///d%3A", "win32", "d:\\"],
  ["file://server/share/a/Dockerfile", "win32", "\\\\server\\share\\a\\Dockerfile"],
  ["file:///no-drive/Dockerfile", "win32", undefined],
  ["untitled:Untitled-1", "linux", undefined],
  ["vscode-vfs://github/owner/name/Dockerfile", "linux", undefined],
  ["vscode-remote://wsl%2BUbuntu/home/Dockerfile", "win32", undefined],
  ["no uri at all", "linux", undefined],
  ["", "linux", undefined],
] as const)("%s on %s is %s", (uri, platform, path) => {
  expect(pathOf(uri, platform)).toBe(path);
});

test("a document stands in the folder of its file", () => {
  expect(placeOf("file:///c%3A/app/Dockerfile", "win32")).toEqual({
    file: "c:\\app\\Dockerfile",
    folder: "c:\\app",
  });
  expect(placeOf("file:///Dockerfile", "linux")).toEqual({ file: "/Dockerfile", folder: "/" });
  expect(placeOf("file://server/share/Dockerfile", "win32").folder).toBe("\\\\server\\share\\");
  expect(placeOf("untitled:Untitled-1", "linux")).toEqual({});
});

test("all ways to write a URI are one document", () => {
  const ways = ["file:///c%3A/a%20b/Dockerfile", "file:///C:/a%20b/Dockerfile", "file:///c:/a b/Dockerfile"];
  expect(new Set(ways.map(documentId)).size).toBe(1);
  expect(documentId("file:///c%3A/Dockerfile")).not.toBe(documentId("file:///d%3A/Dockerfile"));
  expect(documentId("no uri at all")).toBe("no uri at all");
});
