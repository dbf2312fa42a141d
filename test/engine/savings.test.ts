import { afterAll, expect, test } from "vitest";
import { Analysis, applyEdits, NO_PROJECT, type RuleFinding } from "../../server/src/core";
import type { BuildEngine } from "../../server/src/ports";
import { connect, describeOnEngine, recorder } from "../kit/engine";
import { folder } from "./world";

/** A Dockerfile that a rule of the layers flags, what it should be, and what that saves. */
interface Saving {
  readonly rule: string;
  readonly name: string;
  readonly dockerfile: string;
  /** What the rule's own fix makes of it; written by hand where the rule has none. */
  readonly after: string;
  /** The bytes that the image is smaller by; where the message names a figure, it is this one. */
  readonly saves: number;
  /** The figure of the message; undefined where it has none. */
  readonly says?: string;
}

const BIG = 2_000_000;
/** The folder of all of them. */
const FILES: Readonly<Record<string, string>> = {
  "data.bin": "x".repeat(BIG),
  "go.mod": "module example.com/app\ngo 1.21\n",
  "main.go": 'package main\n\nfunc main() { println("ok") }\n',
};
const CHECK = 'CMD ["sh", "-c", "ls -ln /app 2>/dev/null; cat /*.txt 2>/dev/null | wc -c"]\n';

const SAVINGS: readonly Saving[] = [
  {
    rule: "deleted-in-later-layer",
    name: "a file that COPY brings and RUN removes",
    dockerfile: `FROM busybox\nCOPY data.bin /tmp/\nRUN cat /tmp/data.bin | head -c 9 > /head.txt && rm /tmp/data.bin\n${CHECK}`,
    after: `FROM busybox\nRUN --mount=type=bind,source=data.bin,target=/tmp/data.bin cat /tmp/data.bin | head -c 9 > /head.txt\n${CHECK}`,
    saves: BIG,
    says: "2 MB",
  },
  {
    rule: "deleted-in-later-layer",
    name: "what an archive held, gone in a RUN of its own",
    dockerfile: `FROM busybox\nRUN mkdir /opt && dd if=/dev/zero of=/big bs=1000 count=2000 && tar cf /t.tar /big && rm /big\nRUN mkdir /out && tar xf /t.tar -C /out\nRUN ls /out > /list.txt\nRUN rm -r /out\n${CHECK}`,
    after: `FROM busybox\nRUN mkdir /opt && dd if=/dev/zero of=/big bs=1000 count=2000 && tar cf /t.tar /big && rm /big\nRUN mkdir /out && tar xf /t.tar -C /out \\\n    && ls /out > /list.txt \\\n    && rm -r /out\n${CHECK}`,
    saves: BIG,
  },
  {
    rule: "recursive-chown-layer",
    name: "chown",
    dockerfile: `FROM busybox\nWORKDIR /app\nCOPY . .\nRUN chown -R 1000:1000 /app\n${CHECK}`,
    after: `FROM busybox\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nRUN chown 1000:1000 /app\n${CHECK}`,
    saves: Object.values(FILES).reduce((sum, text) => sum + text.length, 0),
    says: "2 MB",
  },
  {
    rule: "recursive-chown-layer",
    name: "chmod",
    dockerfile: `FROM busybox\nCOPY . /app\nRUN chmod -R 777 /app\n${CHECK}`,
    after: `FROM busybox\nCOPY --chmod=777 . /app\nRUN chmod 777 /app\n${CHECK}`,
    saves: Object.values(FILES).reduce((sum, text) => sum + text.length, 0),
    says: "2 MB",
  },
  {
    rule: "duplicate-content",
    name: "a file at two places",
    dockerfile: `FROM busybox\nCOPY . /app\nCOPY data.bin /srv/data.bin\n${CHECK}`,
    after: `FROM busybox\nCOPY . /app\nRUN mkdir /srv && ln -s /app/data.bin /srv/data.bin\n${CHECK}`,
    saves: BIG,
    says: "2 MB",
  },
  {
    rule: "duplicate-content",
    name: "a move",
    dockerfile: `FROM busybox\nCOPY data.bin /srv/\nRUN mkdir /app && mv /srv/data.bin /app/data.bin\n${CHECK}`,
    after: `FROM busybox\nCOPY data.bin /app/\n${CHECK}`,
    saves: BIG,
    says: "2 MB",
  },
  {
    rule: "stage-copied-whole",
    name: "the folder that a program is compiled in",
    dockerfile: `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o app .\nFROM scratch\nCOPY --from=build /src /src\nCMD ["/src/app"]\n`,
    after: `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o app .\nFROM scratch\nCOPY --from=build /src/app /src/app\nCMD ["/src/app"]\n`,
    saves: Object.values(FILES).reduce((sum, text) => sum + text.length, 0),
  },
];

const LABEL = { "ballast.test": "savings" };
const SLOW = { timeout: 300_000 };
/** Links and the like: what an edit adds of its own. */
const SMALL = 1_000;
let engine: BuildEngine | undefined;

afterAll(async () => {
  await engine?.sweep("ballast.test=savings");
});

await describeOnEngine("what a rule of the layers flags weighs what it says", () => {
  test.each(SAVINGS)("$rule: $name", SLOW, async ({ rule, dockerfile, after, saves, says }) => {
    const project = { ...NO_PROJECT, files: new Map(Object.entries(FILES).map(([path, text]) => [path, text.length])) };
    const analysis = new Analysis(dockerfile, project);
    const [finding] = analysis.findings.filter((each) => each.rule.id === rule);
    expect(finding?.message).toMatch(says ? new RegExp(`\\(${says}\\)`) : /./);
    expect(fixed(analysis, finding) ?? after).toBe(after);
    expect(new Analysis(after, project).findings.map((each) => each.rule.id)).not.toContain(rule);
    const [before, now] = [await build(dockerfile), await build(after)];
    expect(Math.abs(before.bytes - now.bytes - saves)).toBeLessThan(SMALL);
    // The image does the same.
    expect(now.output).toBe(before.output);
  });
});

function fixed(analysis: Analysis, finding: RuleFinding | undefined): string | undefined {
  const [offer] = finding ? analysis.fixesOf(finding) : [];
  return offer && applyEdits(analysis.text, offer.change().edits);
}

/** The bytes of the image, and what it prints: the files of /app with their owners and modes. */
async function build(dockerfile: string): Promise<{ readonly bytes: number; readonly output: string }> {
  engine ??= await connect({ builder: "buildkit" });
  const log = recorder();
  const { image } = await engine.build({ dockerfile, context: folder(FILES), labels: LABEL }, log);
  if (image === undefined) expect.fail(log.lines.join("\n"));
  const { stdout, stderr } = await engine.run({ image, labels: LABEL, timeout: 30_000 });
  const measured = await engine.measure(image);
  return { bytes: measured?.bytes ?? 0, output: (stdout + stderr).replace(/\w{3} +\d+ \d\d:\d\d/g, "") };
}
