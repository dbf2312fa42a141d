import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { BuildEngine } from "../../server/src/ports";
import { ballast } from "../kit/cli";
import { connect, describeOnBothEngines, describeOnEngine, recorder } from "../kit/engine";
import { folder } from "./world";

const MINUTES = 60_000;
const docker = (host: string | undefined, ...args: string[]) =>
  execFileSync("docker", [...(host ? ["-H", host] : []), ...args], { encoding: "utf8", maxBuffer: 1 << 30 }).trim();

/** What makes a size hard to agree on: links, removals, modes, long names, files that came and went. */
const EVERY_KIND = `FROM busybox
RUN mkdir -p /data/sub && head -c 100000 /dev/urandom > /data/a && ln /data/a /data/b && ln -s /data/a /data/link
RUN rm /data/b && rm -r /data/sub && chmod 4755 /data/a && mkfifo /data/pipe
RUN head -c 1000 /dev/zero > "/data/$(printf '%0200d' 1)" && printf x > /data/ümläut && ln -s ümläut /data/l
WORKDIR /elsewhere
ENV A=1
RUN true
COPY . .
CMD ["true"]
`;

async function build(engine: BuildEngine, dockerfile: string, tag: string): Promise<string> {
  const context = folder({ "some.txt": "some text" });
  const outcome = await engine.build({ dockerfile, context, tag }, recorder());
  expect(outcome.failed).toBeUndefined();
  return outcome.image ?? "";
}

await describeOnEngine("the size of an image", () => {
  const tag = `ballast-test:${randomUUID()}`;
  afterAll(() => void docker(undefined, "image", "rm", "-f", tag));

  it("is the bytes of its files, per line of its history, with what a container would see", async () => {
    const engine = await connect({ builder: "buildkit" });
    const base = await engine.measure("busybox");
    await build(engine, EVERY_KIND, tag);
    const image = await engine.measure(tag);
    const own = image?.history.slice(-9).map(({ bytes }) => bytes) ?? [];
    // /data/a and its link; the copy that chmod makes; the long name, the text and its link; the context.
    expect(own).toEqual([0, 100_007, 100_000, 1_009, 0, 0, 0, 9, 0]);
    expect(image?.bytes).toBe((base?.bytes ?? 0) + 100_007 + 100_000 + 1_009 + 9);
    expect(image?.contents).toEqual({ packages: 0, executables: 2, setuid: 1, shell: true });
  });

  it("is remembered by layer, and found out again where the memory is damaged", { timeout: MINUTES }, async () => {
    const cacheFolder = folder();
    const progress: number[] = [];
    const listener = { progress: (read: number) => void progress.push(read) };
    const measure = async () => (await connect({ cacheFolder })).measure(tag, listener);
    const first = await measure();
    expect(progress.length).toBeGreaterThan(0);
    progress.length = 0;
    expect(await measure()).toEqual(first);
    expect(progress).toEqual([]);
    const files = readdirSync(cacheFolder);
    expect(files.length).toBeGreaterThan(4);
    for (const name of files) truncateSync(join(cacheFolder, name), 20);
    expect(await measure()).toEqual(first);
    expect(progress.length).toBeGreaterThan(0);
  });

  it("is not known of an image that there is not", async () => {
    const engine = await connect();
    for (const name of ["ballast-test:none", "", "../containers"]) expect(await engine.measure(name)).toBeUndefined();
  });
});

await describeOnBothEngines("the size of an image on two engines", (second) => {
  const tag = `ballast-test:${randomUUID()}`;
  const names = ["busybox", "gcr.io/distroless/static-debian13", "ubuntu:latest"];
  afterAll(() => {
    for (const host of [undefined, second]) docker(host, "image", "rm", "-f", tag);
  });

  /** Saves an image of one engine and loads it into the other. */
  function copy(name: string, from: string | undefined, to: string | undefined): void {
    const archive = join(folder(), "image.tar");
    docker(from, "save", "-o", archive, name);
    docker(to, "load", "-q", "-i", archive);
  }

  it.each(names)("is the same to the byte: %s", { timeout: 2 * MINUTES }, async (name) => {
    copy(name, undefined, second);
    const [one, other] = [await connect(), await connect({ host: second })];
    const [here, there] = [await one.measure(name), await other.measure(name)];
    expect(there?.bytes).toBe(here?.bytes);
    expect(there?.history.map(({ bytes }) => bytes)).toEqual(here?.history.map(({ bytes }) => bytes));
    const said = Number(docker(undefined, "image", "inspect", "-f", "{{.Size}}", name));
    expect(Math.abs((there?.bytes ?? 0) - said)).toBeLessThan(1024);
    const quick = await other.inspect(name);
    expect(quick?.approximate).toBe(true);
    expect(quick?.bytes).toBeGreaterThan(there?.bytes ?? 0);
  });

  it.each([
    ["built by BuildKit on the first", undefined, "buildkit"],
    ["built by the classic builder on the first", undefined, "classic"],
    ["built by BuildKit on the second", second, "buildkit"],
    ["built by the classic builder on the second", second, "classic"],
  ] as const)("is the same to the byte: one %s", { timeout: 2 * MINUTES }, async (_name, from, builder) => {
    const to = from === undefined ? second : undefined;
    const home = from === undefined ? {} : { host: from };
    await build(await connect({ builder, ...home }), EVERY_KIND, tag);
    docker(to, "image", "rm", "-f", tag);
    copy(tag, from, to);
    const [one, other] = [await connect(), await connect({ host: second })];
    const [here, there] = [await one.measure(tag), await other.measure(tag)];
    expect(there?.bytes).toBe(here?.bytes);
    expect(there?.history.map(({ bytes }) => bytes)).toEqual(here?.history.map(({ bytes }) => bytes));
    const said = Number(docker(undefined, "image", "inspect", "-f", "{{.Size}}", tag));
    expect(Math.abs((there?.bytes ?? 0) - said)).toBeLessThan(1024);
    const size = (...more: string[]) => JSON.parse(ballast(["size", tag, "--format", "json", ...more]).stdout);
    const { listed, ...same } = size("--host", second).size;
    expect(same).toEqual(size().size);
    // That engine's own figure is another one, and it is said which.
    expect(listed).toBe(Number(docker(second, "image", "inspect", "--format", "{{.Size}}", tag)));
    expect(size().size).toEqual({
      bytes: here?.bytes,
      kind: "unpacked",
      source: "measured",
      platform: here?.platform,
    });
  });

  it("stops being found out with the signal", { timeout: MINUTES }, async () => {
    const engine = await connect({ host: second });
    const abort = new AbortController();
    const reason = new Error("enough");
    const begun = performance.now();
    const measuring = engine.measure("ubuntu:latest", { progress: () => abort.abort(reason) }, abort.signal);
    await expect(measuring).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect((await engine.inspect("busybox"))?.approximate).toBe(true);
  });
});
