import { expect, it } from "vitest";
import { cacheFolder } from "../../../server/src/host/project/cache-folder";

it("is where each system keeps what can be found out again", () => {
  expect(cacheFolder({}, "linux", "/home/me")).toBe("/home/me/.cache/ballast");
  expect(cacheFolder({ XDG_CACHE_HOME: "/cache" }, "linux", "/home/me")).toBe("/cache/ballast");
  expect(cacheFolder({ XDG_CACHE_HOME: "cache" }, "linux", "/home/me")).toBe("/home/me/.cache/ballast");
  expect(cacheFolder({}, "darwin", "/Users/me")).toBe("/Users/me/Library/Caches/ballast");
  expect(cacheFolder({ LOCALAPPDATA: "D:\\Local" }, "win32", "C:\\Users\\me")).toBe("D:\\Local\\ballast\\Cache");
  expect(cacheFolder({}, "win32", "C:\\Users\\me")).toBe("C:\\Users\\me\\AppData\\Local\\ballast\\Cache");
});
