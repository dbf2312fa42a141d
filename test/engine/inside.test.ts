import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compareVersions } from "../../server/src/app/compare";
import { elf } from "../host/docker/elves";
import { connect, describeOnEngine, recorder } from "../kit/engine";
import { folder } from "./world";

const GOOD = 'FROM debian:trixie-slim\nCMD ["/usr/bin/uname"]\n';
const DEBIAN = "FROM debian:trixie-slim AS from\n";
const BASE = "FROM gcr.io/distroless/base-debian13\n";
const MUSL = elf({ interpreter: "/lib/ld-musl-x86_64.so.1", needed: ["libc.musl-x86_64.so.1"] });

/** What is broken in the version after, by a Dockerfile for the same program; which check says it, and how. */
const BROKEN: readonly (readonly [name: string, dockerfile: string, check: string, says: string])[] = [
  [
    "a program that is not there",
    `${BASE}CMD ["/usr/bin/uname"]\n`,
    "started program",
    "The image starts /usr/bin/uname, which is not in the image.",
  ],
  [
    "a program without the right to be executed",
    `${DEBIAN}RUN cp /usr/bin/uname /app && chmod 0644 /app\n${BASE}COPY --from=from /app /app\nCMD ["/app"]\n`,
    "started program",
    "root may not execute /app (mode 644, owner 0:0).",
  ],
  [
    "a program that its user may not execute",
    `${DEBIAN}RUN cp /usr/bin/uname /app && chmod 0750 /app\n${BASE}COPY --from=from /app /app\nUSER 65532\nCMD ["/app"]\n`,
    "started program",
    "65532 may not execute /app (mode 750, owner 0:0).",
  ],
  [
    "a library that is missing",
    `${DEBIAN}${BASE}COPY --from=from /usr/bin/bash /app\nCMD ["/app", "-c", "echo Linux"]\n`,
    "needed libraries",
    "/app needs libtinfo.so.6, which its loader does not find.",
  ],
  [
    "a library where the loader does not look",
    `${DEBIAN}${BASE}COPY --from=from /usr/bin/bash /app\nCOPY --from=from /usr/lib/x86_64-linux-gnu/libtinfo.so.6 /usr/local/lib/\nCMD ["/app", "-c", "echo Linux"]\n`,
    "needed libraries",
    "/app needs libtinfo.so.6, which its loader does not find.",
  ],
  [
    "a loader that is missing",
    `${DEBIAN}FROM scratch\nCOPY --from=from /usr/bin/uname /app\nCMD ["/app"]\n`,
    "needed libraries",
    "/app needs the loader /lib64/ld-linux-x86-64.so.2, which is not in the image.",
  ],
  [
    "a program for musl on glibc",
    `${DEBIAN}COPY musl /app\nRUN chmod 0755 /app\n${BASE}COPY --from=from /app /app\nCMD ["/app"]\n`,
    "needed libraries",
    "/app needs the loader /lib/ld-musl-x86_64.so.1, which is not in the image.",
  ],
  [
    "a script without its shell",
    `${DEBIAN}COPY run.sh /run.sh\nRUN chmod 0755 /run.sh\n${BASE}COPY --from=from /run.sh /run.sh\nCMD ["/run.sh"]\n`,
    "script interpreters",
    "/run.sh is a script for /bin/sh, which is not in the image.",
  ],
  [
    "a folder that its user cannot enter",
    `${GOOD}RUN mkdir -m 0700 /data\nWORKDIR /data\nUSER 65532\n`,
    "working directory",
    "65532 cannot enter WORKDIR /data: /data has mode 700, owner 0:0.",
  ],
  [
    "a library that this run does not load",
    `${DEBIAN}${GOOD.replace("debian:trixie-slim", "busybox").replace("/usr", "")}COPY --from=from /usr/lib/x86_64-linux-gnu/libtinfo.so.6 /plugins/tinfo.so\n`,
    "needed libraries",
    "/plugins/tinfo.so needs libc.so.6, which its loader does not find.",
  ],
];

await describeOnEngine("what is inside the new image", () => {
  const compare = async (before: string, after: string) => {
    const engine = await connect();
    const context = folder({ "run.sh": "#!/bin/sh\nuname\n", musl: MUSL });
    const [first, second] = [before, after].map((dockerfile) => ({ dockerfile, context }));
    if (!first || !second) throw new Error("There are two versions.");
    const request = { before: first, after: second, args: [] };
    return compareVersions(engine, request, `test-${randomUUID()}`, recorder(), Date.now);
  };

  it("is looked at, and all is there", async () => {
    const { behaviour, inside } = await compare(
      GOOD,
      `${DEBIAN}COPY run.sh /usr/local/bin/run\nRUN chmod 0755 /usr/local/bin/run\nFROM debian:trixie-slim\nCOPY --from=from /usr/local/bin/run /usr/bin/uname /usr/local/bin/\nUSER www-data\nWORKDIR /srv/new\nCMD ["run"]\n`,
    );
    expect(behaviour).toMatchObject({ same: true });
    expect(inside?.map(({ name, after, same }) => [name, after, same])).toEqual([
      ["started program", "/usr/local/bin/run", true],
      ["needed libraries", expect.stringMatching(/^all found, of \d files$/), true],
      ["script interpreters", "all found, of 1 script", true],
      ["working directory", "its user can enter it", true],
    ]);
  });

  describe.each(BROKEN)("%s", (_name, dockerfile, check, says) => {
    it("is said with the file and what it lacks", async () => {
      const { behaviour, inside } = await compare(GOOD, dockerfile);
      expect([behaviour.same, behaviour.why], JSON.stringify(behaviour)).toEqual([
        false,
        expect.stringContaining(says),
      ]);
      const failed = inside?.filter(({ same }) => same === false).map(({ name, after }) => [name, after]);
      expect(failed).toEqual([[check, says]]);
    });

    it("is no fault of a rewrite of what had it before", async () => {
      const { behaviour, inside } = await compare(dockerfile, dockerfile);
      expect(inside?.map(({ same }) => same)).toEqual([true, true, true, true]);
      expect(inside?.find(({ name }) => name === check)).toMatchObject({ before: says, after: says });
      expect(behaviour.same).not.toBe(false);
    });
  });
});
