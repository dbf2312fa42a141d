import { describe, expect, it } from "vitest";
import { compareServers } from "../../server/src/app/answers";
import type { HttpAnswer, NoAnswer, ServeOutcome } from "../../server/src/ports";

const asked = {
  ask: [{ port: 80, requests: [{ method: "GET", path: "/" }] }],
  named: false,
  required: [],
  guessed: false,
};

function answer(head: string, more: Partial<HttpAnswer> = {}): HttpAnswer {
  return { status: 200, contentType: "text/plain", bytes: head.length, digest: `of ${head}`, head, ...more };
}

function serving(first: HttpAnswer | NoAnswer, second = first): ServeOutcome {
  return { ports: [{ port: 80, answers: [[first, second]] }], waited: 10, log: "" };
}

const dead: ServeOutcome = { ports: [], waited: 10, exitCode: 2, log: "one\ntwo\nthree\nlast" };
const silent: ServeOutcome = { ports: [], waited: 10, log: "" };
const verdict = (before: ServeOutcome, after: ServeOutcome, named = false) => {
  const { same, why } = compareServers(before, after, { ...asked, named });
  return [same, why];
};

describe("two servers", () => {
  it("are the same by status, type, body, and where they lead", () => {
    const hello = answer("hello");
    expect(compareServers(serving(hello), serving(hello), asked)).toEqual({
      same: true,
      checks: [{ name: "GET /", before: "200 text/plain\nhello", after: "200 text/plain\nhello", same: true }],
    });
    const moved = answer("", { status: 302, location: "/a" });
    const others: [HttpAnswer, HttpAnswer][] = [
      [hello, answer("hullo")],
      [hello, answer("hello", { status: 201 })],
      [hello, answer("hello", { contentType: "text/html" })],
      [moved, { ...moved, location: "/b" }],
      [answer("x".repeat(2048), { bytes: 9000 }), answer("x".repeat(2048), { bytes: 9000, digest: "other" })],
    ];
    for (const [one, other] of others)
      expect(verdict(serving(one), serving(other))).toEqual([false, "They answer differently to GET /."]);
  });

  it("show a long body by its digest and its beginning, one that is no text by its digest", () => {
    const long = serving(answer("x".repeat(2048), { bytes: 9000, digest: "abc" }));
    expect(compareServers(long, long, asked).checks[0]?.before).toBe(
      `200 text/plain, 9000 bytes, sha256 abc\n${"x".repeat(500)}`,
    );
    const { head: _, ...binary } = answer("", { bytes: 9, digest: "def", contentType: "image/png" });
    expect(compareServers(serving(binary), serving(binary), asked).checks[0]?.before).toBe(
      "200 image/png, 9 bytes, sha256 def",
    );
  });

  it("differ where the one after is not there, and why is said", () => {
    const fine = serving(answer("hello"));
    expect(verdict(fine, silent)).toEqual([false, "The version after does not answer at port 80."]);
    expect(verdict(fine, dead)).toEqual([
      false,
      "The version after does not answer at port 80. The version after ended with exit code 2 (two / three / last).",
    ]);
    expect(verdict(fine, { ...silent, notStarted: "no such file." })).toEqual([
      false,
      "The version after could not be started: no such file.",
    ]);
    expect(verdict(fine, serving({ failed: "hangs up" }))).toEqual([false, "They answer differently to GET /."]);
  });

  it("cannot be told apart where the one before says nothing", () => {
    const fine = serving(answer("hello"));
    expect(verdict(silent, fine)).toEqual([null, "The version before does not answer at port 80."]);
    expect(verdict(dead, fine)).toEqual([
      null,
      "The version before ended with exit code 2 (two / three / last) before it answered at port 80.",
    ]);
    expect(verdict({ ...silent, notStarted: "no." }, fine)).toEqual([
      null,
      "The version before could not be started: no.",
    ]);
    expect(verdict({ ...silent, unreachable: "It is far." }, fine)).toEqual([null, "It is far."]);
    expect(verdict(serving(answer("1"), answer("2")), fine)).toEqual([
      null,
      "The version before does not answer GET / alike twice itself.",
    ]);
    expect(compareServers(fine, fine, { ...asked, required: [80, 81] })).toEqual({
      same: null,
      why: "The version before does not answer at port 81.",
      checks: [],
    });
    const halfWay = { ...dead, ports: [{ port: 80, answers: [] }] };
    expect(verdict(halfWay, fine)[0]).toBeNull();
    const broken = serving(answer("oh", { status: 500 }));
    expect(verdict(broken, broken)).toEqual([
      null,
      "Both answered with errors only: name requests that the server can answer.",
    ]);
  });

  it("say that they refused all they were asked", () => {
    const missing = serving(answer("404 page not found", { status: 404 }));
    expect(verdict(missing, missing)).toEqual([
      true,
      "Both refused what they were asked: name requests that say more.",
    ]);
  });

  it("of another protocol are held to accept connections, unless requests were named", () => {
    const other = serving({ failed: "speaks no HTTP" });
    expect(compareServers(other, other, asked)).toEqual({
      same: true,
      checks: [
        {
          name: "port 80",
          before: "accepts connections, speaks no HTTP",
          after: "accepts connections, speaks no HTTP",
          same: true,
        },
      ],
    });
    expect(verdict(other, serving(answer("hello")))[0]).toBe(false);
    expect(verdict(other, other, true)).toEqual([
      null,
      "The version before gives no answer to GET / (speaks no HTTP).",
    ]);
  });

  describe("of which one changes by itself", () => {
    const page = (time: string, id: string, word = "hello") => answer(`at ${time} <b>${id}</b>: ${word}`);
    const before = serving(page("06:01:02", "a1"), page("06:01:03", "b2"));
    const same = (after: ServeOutcome, again?: ServeOutcome) => compareServers(before, after, asked, again).same;

    it("are held to all in which its answers agree", () => {
      expect(same(serving(page("06:01:59", "c3"), page("06:02:00", "d4")))).toBe(true);
      expect(same(serving(page("06:01:59", "c3", "hellp")))).toBe(false);
      expect(same(serving(page("06:01:59", "c3"), page("06:01:59", "c3", "")))).toBe(false);
      expect(same(serving({ ...page("06:01:59", "c3"), contentType: "text/html" }))).toBe(false);
      expect(same(serving({ ...page("06:01:59", "c3"), status: 201 }))).toBe(false);
    });

    it("tell what changes with each start by another start", () => {
      const [one, two, three] = ["a1", "b2", "c3"].map((id) => serving(page("06:01", id)));
      if (!one || !two || !three) throw new Error("There are three.");
      expect(compareServers(one, two, asked).same).toBe(false);
      expect(compareServers(one, two, asked, three).same).toBe(true);
      expect(compareServers(one, serving(page("06:01", "b2", "hellp")), asked, three).same).toBe(false);
      expect(compareServers(one, two, asked, one).same).toBe(false);
      expect(compareServers(one, two, asked, silent)).toMatchObject({
        same: null,
        why: "The version before did not answer at port 80 when it was started again.",
      });
    });

    it("cannot be told where only their digests are known, or their status changes", () => {
      const long = (digest: string): HttpAnswer => ({
        status: 200,
        contentType: "image/png",
        bytes: 9_000,
        digest,
      });
      const odd = serving(long("a"), long("b"));
      expect(compareServers(odd, odd, asked).same).toBeNull();
      const moody = serving(answer("hello"), answer("hello", { status: 503 }));
      expect(compareServers(moody, serving(answer("hello")), asked).same).toBeNull();
    });
  });

  it("show a long body where it begins to differ", () => {
    const long = (word: string) => {
      const body = `${"x".repeat(3_000)} ${word} ${"y".repeat(3_000)}`;
      return serving(answer("x".repeat(2_048), { bytes: body.length, digest: word, body }));
    };
    const [check] = compareServers(long("here"), long("hare"), asked).checks;
    expect([check?.same, check?.before, check?.after]).toEqual([
      false,
      expect.stringMatching(/^200 text\/plain, 6006 bytes, sha256 here\n…x{98} here y{3}/),
      expect.stringMatching(/^200 text\/plain, 6006 bytes, sha256 hare\n…x{98} hare y{3}/),
    ]);
  });

  it("says the error that the version after ended with, whatever it printed behind", () => {
    const log =
      "node:internal\n  throw err;\nError: Cannot find module 'ms'\n  code: 'MODULE_NOT_FOUND'\n}\nNode.js v24";
    const [same, why] = verdict(serving(answer("hello")), { ...dead, exitCode: 1, log });
    expect(same).toBe(false);
    expect(why).toContain("exit code 1 (Error: Cannot find module 'ms' /   code: 'MODULE_NOT_FOUND' / })");
  });
});
