import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import type { ServeRequest } from "../../server/src/ports";
import { ballast } from "../kit/cli";
import { connect, describeOnEngine } from "../kit/engine";
import { until, Witness } from "./world";

const MINUTES = 60_000;
const witness = new Witness();

/** A server of busybox's own: files of /www over HTTP. */
const web = (script: string, port = 8080) => `mkdir /www; ${script}; exec httpd -f -p ${port} -h /www`;

function serving(script: string, more: Partial<ServeRequest> = {}): ServeRequest {
  const ask = [{ port: 8080, requests: [{ method: "GET", path: "/" }] }];
  return { image: "busybox", args: ["sh", "-c", script], ask, anyPort: true, timeout: 10_000, ...more };
}

await describeOnEngine("serve", () => {
  it("waits for the port and gives the answer, twice", async () => {
    const engine = await connect();
    const outcome = await engine.serve(serving(web("echo hello > /www/index.html; sleep 1")));
    const hello = {
      status: 200,
      contentType: "text/html",
      bytes: 6,
      digest: "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
      head: "hello\n",
    };
    expect(outcome).toMatchObject({ ports: [{ port: 8080, answers: [[hello, hello]] }], log: "" });
    expect(outcome.waited).toBeGreaterThan(900);
    expect(outcome.exitCode).toBeUndefined();
  });

  it("keeps the beginning of a long body and the digest of all of it", async () => {
    const engine = await connect();
    const { ports } = await engine.serve(serving(web("yes | head -c 3000000 > /www/index.html")));
    expect(ports[0]?.answers[0]?.[0]).toMatchObject({ bytes: 3_000_000, head: "y\n".repeat(1024) });
  });

  it("reaches it by its own address, on the host's network, and on one of its own", async () => {
    const engine = await connect();
    const free = await freePort();
    const ask = [{ port: free, requests: [{ method: "GET", path: "/" }] }];
    const onHost = serving(web("echo host > /www/index.html", free), { network: "host", ask });
    expect((await engine.serve(onHost)).ports[0]?.answers[0]?.[0]).toMatchObject({ head: "host\n" });
    const taken = createServer().listen(free, "127.0.0.1");
    await until("the port is taken", () => taken.listening);
    expect((await engine.serve(onHost)).unreachable).toBe(`Something else listens on port ${free} of this machine.`);
    taken.close();
    const none = await engine.serve(serving("sleep 300", { network: "none" }));
    expect(none.unreachable).toBe("On the network none nothing can be asked.");
  });

  it("tells a port that speaks no HTTP, and one that is closed", async () => {
    const engine = await connect();
    const requests = [{ method: "GET", path: "/" }];
    const ask = [7001, 7002].map((port) => ({ port, requests }));
    const outcome = await engine.serve(serving("exec nc -ll -p 7001 -e echo SSH-2.0-here", { ask }));
    expect(outcome.ports).toEqual([
      { port: 7001, answers: [[{ failed: "speaks no HTTP" }, { failed: "speaks no HTTP" }]] },
    ]);
  });

  it("says what a server that died printed last", async () => {
    const engine = await connect();
    const outcome = await engine.serve(serving("echo no database >&2; exit 3"));
    expect(outcome).toMatchObject({ ports: [], exitCode: 3, log: "no database" });
    expect(outcome.waited).toBeLessThan(3_000);
    expect(await engine.serve(serving("", { args: ["/nowhere"] }))).toMatchObject({
      ports: [],
      notStarted: 'exec: "/nowhere": no such file or directory.',
    });
  });

  it("gives up in time, and ends with the signal; no container is left", async () => {
    const engine = await connect();
    const marker = randomUUID();
    const labels = { "ballast-test": marker };
    const silent = serving(`: ${marker}; sleep 333`, { timeout: 700, labels });
    expect(await engine.serve(silent)).toMatchObject({ ports: [], log: "" });
    expect(await witness.containers(marker)).toEqual([]);
    const abort = new AbortController();
    const waiting = engine.serve({ ...silent, timeout: 60_000 }, abort.signal);
    waiting.catch(() => undefined);
    await until("it runs", async () => (await witness.containers(marker)).length > 0);
    await sleep(300);
    abort.abort();
    await expect(waiting).rejects.toBe(abort.signal.reason);
    expect(await witness.containers(marker)).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await until("a port is free", () => server.listening);
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

const folder = mkdtempSync(join(tmpdir(), "ballast-serve-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Dockerfile that starts a script. */
function server(script: string, more = "EXPOSE 8080\n"): string {
  return `FROM busybox\nRUN mkdir /www && echo hello > /www/index.html\n${more}CMD ["sh", "-c", ${JSON.stringify(script)}]\n`;
}

/** A Dockerfile of a server that runs a script for each request. */
function answering(script: string): string {
  const cgi = "/www/cgi-bin/index.cgi";
  return server(
    `rm /www/index.html; mkdir /www/cgi-bin; printf '#!/bin/sh\\n${script}\\n' > ${cgi}; chmod +x ${cgi}; exec httpd -f -p 8080 -h /www`,
  );
}

await describeOnEngine("compare of servers", () => {
  const compare = (before: string, after: string, ...args: string[]) => {
    const [first, second] = [join(folder, "Dockerfile.before"), join(folder, "Dockerfile.after")];
    writeFileSync(first, before);
    writeFileSync(second, after);
    const { status, stdout, stderr } = ballast(["compare", second, "--before", first, "--format", "json", ...args]);
    return { status, behaviour: stdout === "" ? undefined : JSON.parse(stdout).behaviour, stderr };
  };
  const good = server("httpd -f -p 8080 -h /www");

  it("finds the same answers the same, and shows them", { timeout: 3 * MINUTES }, () => {
    const { status, behaviour, stderr } = compare(good, server("exec httpd -f -p 8080 -h /www"));
    expect(behaviour, stderr).toEqual({
      same: true,
      checks: [{ name: "GET /", before: "200 text/html\nhello\n", after: "200 text/html\nhello\n", same: true }],
    });
    expect(status).toBe(0);
  });

  it("asks what it is told to", { timeout: 3 * MINUTES }, () => {
    const requests = ["--request", "GET /index.html", "--request", "get :8080/none"];
    const { behaviour } = compare(good, server("echo bye > /www/index.html; httpd -f -p 8080 -h /www"), ...requests);
    expect(behaviour.checks.map(({ name, same }: { name: string; same: boolean }) => [name, same])).toEqual([
      ["GET /index.html", false],
      ["GET /none", true],
    ]);
    expect(behaviour.why).toBe("They answer differently to GET /index.html.");
    expect(behaviour.checks[0]).toMatchObject({ before: "200 text/html\nhello\n", after: "200 text/html\nbye\n" });
    expect(compare(good, good, "--request", "/").stderr).toBe(
      "ballast: --request /: it is 'METHOD /path', or 'METHOD :PORT/path'\n",
    );
  });

  it("does not mind what changes by itself, and sees one changed byte beside it", { timeout: 3 * MINUTES }, () => {
    const page = (word: string) => answering(`echo; echo "<p>$(cat /proc/sys/kernel/random/uuid)</p>"; echo ${word}`);
    const alike = compare(page("hello"), page("hello"));
    expect([alike.status, alike.behaviour.same], JSON.stringify(alike.behaviour)).toEqual([0, true]);
    const { behaviour } = compare(page("hello"), page("hellp"));
    expect([behaviour.same, behaviour.why]).toEqual([false, "They answer differently to GET /."]);
    const log = (word: string) =>
      server(
        `cat /proc/sys/kernel/random/uuid > /www/index.html; echo ${word} >> /www/index.html; httpd -f -p 8080 -h /www`,
      );
    expect(compare(log("bye"), log("bye")).behaviour.same).toBe(true);
    expect(compare(log("bye"), log("buy")).behaviour.same).toBe(false);
  });

  it("finds servers that EXPOSE nothing at a usual port", { timeout: 3 * MINUTES }, () => {
    const quiet = server("httpd -f -p 9191 -h /www", "ENV PORT=9191\n");
    expect(compare(quiet, quiet).behaviour).toMatchObject({ same: true, checks: [{ name: "GET :9191/" }] });
  });

  it.each<[string, string, string, boolean | null, RegExp]>([
    [
      "the wrong port",
      good,
      server("httpd -f -p 8081 -h /www"),
      false,
      /^The version after does not answer at port 8080\.$/,
    ],
    [
      "a server that dies",
      good,
      server("echo no certificate >&2; exit 4"),
      false,
      /^The version after does not answer at port 8080\. The version after ended with exit code 4 \(no certificate\)\.$/,
    ],
    [
      "a missing asset",
      good,
      server("rm /www/index.html; httpd -f -p 8080 -h /www"),
      false,
      /differently to GET \/\.$/,
    ],
    ["a server before that dies", server("exit 5"), good, null, /^The version before ended with exit code 5 before/],
    [
      "an answer that changes by itself",
      answering("echo; cat /proc/sys/kernel/random/uuid"),
      good,
      null,
      /alike twice itself/,
    ],
    [
      "an answer that changes with each start",
      server("cat /proc/sys/kernel/random/uuid > /www/index.html; httpd -f -p 8080 -h /www"),
      good,
      null,
      /alike twice itself/,
    ],
    [
      "errors only",
      answering("echo Status: 500 Oh; echo"),
      answering("echo Status: 500 Oh; echo"),
      null,
      /^Both answered with errors only/,
    ],
  ])("%s", { timeout: 3 * MINUTES }, (_name, before, after, same, why) => {
    const { status, behaviour } = compare(before, after);
    expect([status, behaviour.same], JSON.stringify(behaviour)).toEqual([1, same]);
    expect(behaviour.why).toMatch(why);
  });

  it("a port of another protocol is held to accept connections", { timeout: 3 * MINUTES }, () => {
    const line = server("nc -ll -p 8080 -e echo SSH-2.0-here");
    expect(compare(line, line).behaviour.checks).toEqual([
      {
        name: "port 8080",
        before: "accepts connections, speaks no HTTP",
        after: "accepts connections, speaks no HTTP",
        same: true,
      },
    ]);
    expect(compare(line, line, "--request", "GET /").behaviour).toMatchObject({
      same: null,
      why: "The version before gives no answer to GET / (speaks no HTTP).",
    });
  });
});
