import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar-stream";
import { describe, expect, it } from "vitest";
import { archivedDockerfile, packContext } from "../../server/src/host/docker/archive";
import { type BuildContext, openContext } from "../../server/src/host/docker/context";
import { ignoreRules } from "../../server/src/host/docker/ignore";
import { walkContext } from "../../server/src/host/docker/walk";
import { folder, until } from "./world";

async function walked(root: string, rules: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of walkContext(root, ignoreRules(rules))) paths.push(entry.path);
  return paths;
}

/** The files of an archive, with their text or what they link to. */
async function unpacked(context: BuildContext, podman = false): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const { stream } = packContext(context, podman);
  for await (const entry of stream.pipe(extract() as unknown as NodeJS.WritableStream) as unknown as AsyncIterable<
    AsyncIterable<Buffer> & { header: { name: string; linkname: string | null; type: string } }
  >) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(Buffer.from(piece));
    const { name, linkname, type } = entry.header;
    files[name] = type === "symlink" ? `-> ${linkname}` : Buffer.concat(pieces).toString();
  }
  return files;
}

describe("the walk", () => {
  it("lists a folder before what is in it, in the order of bytes", async () => {
    const root = folder({ "a/x": "", "a.txt": "", "a-b": "", B: "", é: "", z: "", "\u{1F600}": "", "\uFF5E": "" });
    expect(await walked(root, "")).toEqual(
      ["B", "a", "a/x", "a-b", "a.txt", "z", "é", "\uFF5E", "\u{1F600}"].sort(byBytes),
    );
    expect((await walked(root, "")).indexOf("a/x")).toBe((await walked(root, "")).indexOf("a") + 1);
  });

  it("goes into an ignored folder only where a pattern could bring something back", async () => {
    const root = folder({
      "a/b/keep": "",
      "a/b/drop": "",
      "a/c/drop": "",
      "node_modules/x/y": "",
      "docs/deep/er/r.md": "",
    });
    expect(await walked(root, "*\n!a/b/keep")).toEqual(["a", "a/b", "a/b/keep"]);
    expect(await walked(root, "*\n!**/*.md")).toEqual(["docs", "docs/deep", "docs/deep/er", "docs/deep/er/r.md"]);
    const { reaches } = ignoreRules("*\n!a/b/keep\n!src/*/x");
    expect([reaches("a"), reaches("a/b"), reaches("a/c"), reaches("src/any"), reaches("node_modules")]).toEqual([
      ...[true, true, false, true, false],
    ]);
  });

  it.skipIf(process.platform === "win32")(
    "leaves out what is neither file, folder nor link, and follows no link",
    async () => {
      const root = folder({ "real/file": "" });
      execFileSync("mkfifo", [join(root, "pipe")]);
      symlinkSync("real", join(root, "link"));
      symlinkSync("/nowhere", join(root, "dangling"));
      expect(await walked(root, "")).toEqual(["dangling", "link", "real", "real/file"]);
    },
  );

  function byBytes(a: string, b: string): number {
    if (b.startsWith(`${a}/`) || a.startsWith(`${b}/`)) return a.length - b.length;
    const own = (path: string) => Buffer.from(path.split("/")[0] ?? "");
    return Buffer.compare(own(a), own(b));
  }
});

describe("the rules", () => {
  const ignored = (rules: string, paths: readonly string[]) => paths.filter((path) => ignoreRules(rules).ignores(path));

  it("are those of Docker, with signs that mean something to a regular expression only", () => {
    const paths = ["a+b", "aab", "(group)/page.tsx", "group/page.tsx", "{x}", "a|b", "a", "c++/x"];
    expect(ignored("a+b\n(group)\n{x}\na|b\nc++", paths)).toEqual(["a+b", "(group)/page.tsx", "{x}", "a|b", "c++/x"]);
    expect(ignored("\ufeffA.txt\n# a comment\n\n  b.txt  \n", ["A.txt", "a.txt", "b.txt", "# a comment"])).toEqual([
      "A.txt",
      "b.txt",
    ]);
  });
});

describe("the archive", () => {
  const files = { ".dockerignore": "Dockerfile\n*.log\n", Dockerfile: "FROM saved\n", "a.log": "", "src/a.txt": "a" };
  const dockerfile = "FROM unsaved\n";

  it("has the text that is not saved under a name of its own, which Docker takes out of the context again", async () => {
    const root = folder(files);
    symlinkSync("src/a.txt", join(root, "link"));
    expect(await unpacked(await openContext({ context: root, dockerfile }))).toEqual({
      [archivedDockerfile]: dockerfile,
      ".dockerignore": `Dockerfile\n*.log\n\n${archivedDockerfile}\n`,
      link: "-> src/a.txt",
      "src/": "",
      "src/a.txt": "a",
    });
    const bare = await unpacked(await openContext({ context: folder({ "a.txt": "a" }), dockerfile }));
    expect(bare[".dockerignore"]).toBe(`.dockerignore\n${archivedDockerfile}\n`);
  });

  it("applies the rules for Podman too, and has it leave out the Dockerfile alone", async () => {
    const root = folder({ ...files, "Dockerfile.dockerignore": "src\n" });
    const context = await openContext({ context: root, dockerfile, dockerfilePath: join(root, "Dockerfile") });
    const packed = await unpacked(context, true);
    const own = `${archivedDockerfile}.dockerignore`;
    expect(packed[own]).toBe(`${archivedDockerfile}\n${own}\n`);
    expect(packed[".dockerignore"]).toBe(files[".dockerignore"]);
    expect(Object.keys(packed)).not.toContain("src/a.txt");
  });

  it("keeps names that are long or not ASCII, and files of any size", async () => {
    const name = `${"a-long-name/".repeat(20)}é.txt`;
    const big = "x".repeat(700_000);
    const packed = await unpacked(await openContext({ context: folder({ [name]: "é", big, empty: "" }), dockerfile }));
    expect(packed).toMatchObject({ [name]: "é", big, empty: "" });
  });

  it("is never in memory as a whole", { timeout: 30_000 }, async () => {
    const root = folder({ huge: "" });
    truncateSync(join(root, "huge"), 1024 ** 3);
    const { stream } = packContext(await openContext({ context: root, dockerfile }), false);
    const before = process.memoryUsage().rss;
    let bytes = 0;
    let most = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      most = Math.max(most, process.memoryUsage.rss() - before);
    }
    expect(bytes).toBeGreaterThan(1024 ** 3);
    expect(most).toBeLessThan(200 * 1024 ** 2);
  });

  it("ends where a file cannot be read, and names it", async () => {
    const root = folder({ "a.txt": "a" });
    mkdirSync(join(root, "sub"));
    writeFileSync(join(root, "sub", "b.txt"), "b".repeat(400_000));
    const { stream, failure } = packContext(await openContext({ context: root, dockerfile }), false);
    const reading = (async () => {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        // By the time its turn comes, the file is shorter than it was when the archive promised its length.
        if (piece.includes("sub/b.txt")) truncateSync(join(root, "sub", "b.txt"), 10);
      }
    })();
    await expect(reading).rejects.toThrow();
    expect(failure()?.message).toBe(`${join(root, "sub", "b.txt")} became shorter while it was being sent.`);
  });

  it.skipIf(process.platform !== "linux")("closes the file it is at when nobody reads on", async () => {
    const root = folder({ "big.bin": "x".repeat(5_000_000) });
    const { stream, failure } = packContext(await openContext({ context: root, dockerfile }), false);
    const open = () => readdirSync("/proc/self/fd").filter((fd) => linkOf(fd).endsWith("big.bin")).length;
    for await (const piece of stream as AsyncIterable<Buffer>) if (piece.length > 100_000) break;
    await until("the file is closed", () => open() === 0, 2_000);
    expect(failure()).toBeUndefined();
  });

  function linkOf(fd: string): string {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "";
    }
  }
});
