import { describe, expect, it } from "vitest";
import { BuildKitLog } from "../../server/src/host/docker/buildkit-log";
import { ClassicLog } from "../../server/src/host/docker/classic-log";
import { ContainerOutput } from "../../server/src/host/docker/output";
import { PodmanLog } from "../../server/src/host/docker/podman-log";
import { statusResponse, type Vertex } from "../../server/src/host/docker/schema";
import { cleanLine, LineSplitter } from "../../server/src/host/docker/text";
import { recorder } from "../kit/engine";

const now = Buffer.from([8, 1]);
const never = Buffer.alloc(0);

describe("BuildKit's log", () => {
  function reading() {
    const listener = recorder();
    const log = new BuildKitLog(listener);
    const vertex = (digest: string, name: string, state: Partial<Vertex> = {}): Vertex => {
      return { digest, name, cached: false, started: now, completed: never, error: "", ...state };
    };
    const status = (vertexes: Vertex[], output: readonly [string, string][] = []) => {
      const logs = output.map(([vertex, text]) => ({ vertex, stream: 1, msg: Buffer.from(text) }));
      const aux = statusResponse.encode({ vertexes, logs, warnings: [] }).toString("base64");
      log.read({ id: "moby.buildkit.trace", aux });
    };
    return { ...listener, log, vertex, status };
  }

  it.each([
    ["[2/5] RUN make", { index: 2, total: 5, text: "RUN make" }],
    ["[ 2/15] RUN make", { index: 2, total: 15, text: "RUN make" }],
    ["[build  2/15] RUN a  &&\n  b", { stage: "build", index: 2, total: 15, text: "RUN a  && b" }],
    [
      "[stage-1 1/2] FROM docker.io/library/busybox@sha256:1",
      { stage: "stage-1", index: 1, total: 2, text: "FROM docker.io/library/busybox@sha256:1" },
    ],
    ["[linux/amd64 3/4] COPY . .", { index: 3, total: 4, text: "COPY . ." }],
    ["[linux/arm/v7 my.stage_1 3/4] COPY . .", { stage: "my.stage_1", index: 3, total: 4, text: "COPY . ." }],
    ["[linux/amd64->arm64 build 3/4] COPY . .", { stage: "build", index: 3, total: 4, text: "COPY . ." }],
    ["[internal] load build definition from Dockerfile", undefined],
    ["[auth] library/busybox:pull token for registry-1.docker.io", undefined],
    ["exporting to image", undefined],
  ])("reads %j", (name, step) => {
    const { steps, status, vertex } = reading();
    status([vertex("a", name)]);
    expect(steps).toEqual(step ? [{ builder: "buildkit", ...step }] : []);
  });

  it("shows whose lines they are, when steps run side by side", () => {
    const { lines, status, vertex } = reading();
    status([vertex("a", "[one 2/2] RUN a"), vertex("b", "[two 2/2] RUN b")]);
    status(
      [],
      [
        ["a", "a1\na"],
        ["b", "b1\n"],
        ["a", "2\nlast"],
      ],
    );
    status([
      vertex("a", "[one 2/2] RUN a", { completed: now }),
      vertex("c", "[3/3] RUN c", { completed: now, cached: true }),
    ]);
    expect(lines).toEqual(
      ["[one 2/2] RUN a", "[two 2/2] RUN b"].concat([
        "[one 2/2] RUN a",
        "  a1",
        "[two 2/2] RUN b",
        "  b1",
        "[one 2/2] RUN a",
        "  a2",
        "  last",
        "CACHED [3/3] RUN c",
      ]),
    );
  });

  it("blames the step that failed, not those that were cancelled for it", () => {
    const { log, lines, status, vertex } = reading();
    status([vertex("a", "[one 2/2] RUN a"), vertex("b", "[two 2/3] RUN b")], [["b", "why\n"]]);
    status([
      vertex("a", "[one 2/2] RUN a", {
        completed: now,
        error: 'process "a" did not complete successfully: context canceled',
      }),
    ]);
    const error = 'process "/bin/sh -c b" did not complete successfully: exit code: 2';
    status([vertex("b", "[two 2/3] RUN b", { completed: now, error })]);
    log.read({ error: `failed to solve: ${error}`, errorDetail: { message: `failed to solve: ${error}` } });
    const step = { builder: "buildkit", stage: "two", index: 2, total: 3, text: "RUN b" };
    expect(log.failure()).toEqual({ step, message: "RUN b ended with exit code 2.", log: "why" });
    expect(lines.at(-1)).toBe("ERROR [two 2/3] RUN b: exit code: 2.");
  });

  it("reads the words of engines of several ages", () => {
    const message = (words: string, name = "[2/2] COPY nope /x") => {
      const { log, status, vertex } = reading();
      status([vertex("a", name, { completed: now, error: words })]);
      log.read({ errorDetail: { message: `failed to solve with frontend dockerfile.v0: ${words}` } });
      return log.failure()?.message;
    };
    const missing = "nope is not in the build context, or is ignored there.";
    expect(message('failed to compute cache key: "/nope" not found: not found')).toBe(missing);
    expect(
      message('failed to compute cache key: failed to calculate checksum of ref abc::def: "/nope": not found'),
    ).toBe(missing);
    expect(
      message(
        "failed to compute cache key: failed to walk /tmp/buildkit-mount123/nope: lstat /tmp/buildkit-mount123/nope: no such file or directory",
      ),
    ).toBe(missing);
    const from = 'failed to calculate checksum of ref abc::def: "/a/b": not found';
    expect(message(from, "[2/2] COPY --from=build /a/b /x")).toBe("a/b is not in build.");
    const denied = "pull access denied, repository does not exist or may require authorization";
    expect(message(denied, "[internal] load metadata for docker.io/library/nope:1")).toBe(
      `docker.io/library/nope:1 cannot be had: ${denied}.`,
    );
    const { log } = reading();
    log.read({
      errorDetail: {
        message: "failed to solve: dockerfile parse error on line 12: unknown instruction: FOO (did you mean FROM?)",
      },
    });
    expect(log.failure()).toEqual({ line: 12, message: "unknown instruction: FOO (did you mean FROM?).", log: "" });
  });
});

describe("the classic builder's log", () => {
  it("keeps apart the author's steps, those of labels, and what a program prints", () => {
    const { lines, steps, ...listener } = recorder();
    const log = new ClassicLog({ ...listener }, 1);
    for (const stream of ["Step 1/4 : FROM busybox", "\n", " ---> 4bcc8a06367c\n", "Step 2/4 : RUN x", "\n"])
      log.read({ stream });
    for (const stream of [" ---> Running in 0123456789ab\n", "Step 9/9 : RUN fake\nno end"]) log.read({ stream });
    expect(log.container).toBe("0123456789ab");
    for (const stream of ["Removing intermediate container 0123456789ab\n", " ---> 1111aaaa2222\n"])
      log.read({ stream });
    for (const stream of ["Step 3/4 : CMD a", "\n", " ---> Using cache\n", " ---> 3333aaaa4444\n"])
      log.read({ stream });
    for (const stream of ["Step 4/4 : LABEL a=b", "\n", " ---> Running in 1123456789ab\n", "Successfully built 5\n"])
      log.read({ stream });
    log.read({ aux: { ID: "sha256:5" } });
    expect(steps.map(({ index, total, text }) => [index, total, text])).toEqual([
      [1, 3, "FROM busybox"],
      [2, 3, "RUN x"],
      [3, 3, "CMD a"],
    ]);
    expect(lines).toEqual(
      expect.arrayContaining(["Step 2/3 : RUN x", "Step 9/9 : RUN fake", "no end", "Successfully built 5"]),
    );
    expect(lines.join("\n")).not.toContain("LABEL");
    expect([log.image, log.made, log.failure()]).toEqual(["sha256:5", ["1111aaaa2222"], undefined]);
  });
});

describe("Podman's log", () => {
  it("counts the steps of each stage, and leaves out those of labels", () => {
    const { lines, steps, ...listener } = recorder();
    const log = new PodmanLog({ ...listener }, 1);
    for (const stream of [
      "[1/2] STEP 1/2: FROM busybox AS a\n",
      "[1/2] STEP 2/2: RUN x\n",
      "open",
      "--> 0123456789a\n",
    ]) {
      log.read({ stream });
    }
    for (const stream of ["[2/2] STEP 1/4: FROM busybox\n", "[2/2] STEP 2/4: CMD a\n", "--> Using cache 1\n"])
      log.read({ stream });
    for (const stream of ["[2/2] STEP 3/4: RUN y\n", "why\n"]) log.read({ stream });
    expect(steps.map(({ stage, index, total }) => [stage, index, total])).toEqual([
      ...[
        ["stage-0", 1, 2],
        ["stage-0", 2, 2],
        ["stage-1", 1, 3],
        ["stage-1", 2, 3],
        ["stage-1", 3, 3],
      ],
    ]);
    expect([log.made, lines.includes("open")]).toEqual([["0123456789a"], true]);
    log.read({ errorDetail: { message: 'building at STEP "RUN y": while running runtime: exit status 3' } });
    expect(log.failure()).toMatchObject({ message: "RUN y ended with exit code 3.", log: "why" });
  });
});

describe("lines", () => {
  it("come whole, however they were cut", () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    for (const byte of Buffer.from("é\r\n\u001b[1;31mred\u001b[0m\nlast")) splitter.write(Buffer.from([byte]));
    splitter.end();
    splitter.end();
    expect(lines).toEqual(["é", "red", "last"]);
    splitter.write("x".repeat(100_000));
    expect(lines.slice(3).every((line) => line.length <= 16_384)).toBe(true);
    expect(cleanLine("\u001b]8;;http://x\u0007link\u001b]8;;\u0007 50%\r100%\u0008")).toBe("100%");
  });
});

describe("a container's output", () => {
  it("is taken apart in pieces of any size, in linear time", () => {
    const frame = (kind: number, text: string) => {
      const header = Buffer.alloc(8);
      header.writeUInt8(kind, 0);
      header.writeUInt32BE(Buffer.byteLength(text), 4);
      return Buffer.concat([header, Buffer.from(text)]);
    };
    const cut = new ContainerOutput();
    for (const byte of Buffer.concat([frame(1, "out é"), frame(2, "err"), frame(1, ""), frame(1, "!")]))
      cut.push(Buffer.from([byte]));
    expect([cut.stdout.text(), cut.stderr.text()]).toEqual(["out é!", "err"]);
    const many = new ContainerOutput();
    const start = Date.now();
    many.push(Buffer.concat(Array.from({ length: 200_000 }, () => frame(1, "x"))));
    expect(many.stdout.text().length).toBe(200_000);
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});
