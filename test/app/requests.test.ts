import { expect, it } from "vitest";
import { questionsFor, readRequest } from "../../server/src/app/requests";
import type { ImageDetails } from "../../server/src/ports";

function image(ports: readonly number[], env: Readonly<Record<string, string>> = {}): ImageDetails {
  return { id: "sha256:0", platform: "linux/amd64", bytes: 0, history: [], user: "", ports, env };
}

it.each([
  ["GET /", { method: "GET", path: "/" }],
  ["post /a?b=c%20d", { method: "POST", path: "/a?b=c%20d" }],
  ["HEAD :8080/x", { method: "HEAD", path: "/x", port: 8080 }],
  ["/", undefined],
  ["GET x", undefined],
  ["GET /a b", undefined],
  ["GET /ü", undefined],
  ["GET /a\r\nX: y", undefined],
  ["CONNECT /", undefined],
  ["GET :0/", undefined],
  ["GET :70000/", undefined],
])("reads %j", (text, request) => {
  expect(readRequest(text)).toEqual(request);
});

const exposed = { guessed: false, named: false, required: [] };

it("asks each port that the version before EXPOSEs, else those of the one after", () => {
  const requests = [{ method: "GET", path: "/" }];
  const both = [
    { port: 80, requests },
    { port: 443, requests },
  ];
  expect(questionsFor(image([80, 443]), image([]), [])).toEqual({ ...exposed, ask: both });
  expect(questionsFor(image([]), image([80, 443]), [])).toEqual({ ...exposed, ask: both });
});

it("asks at usual ports where none is known, first the one that the environment names", () => {
  const { guessed, ask } = questionsFor(image([], { PORT: "7777" }), image([]), []);
  expect([guessed, ask[0]?.port, ask[1]?.port]).toEqual([true, 7777, 8080]);
  expect(questionsFor(image([], { PORT: "tcp://1" }), image([]), []).ask[0]?.port).toBe(8080);
});

it("asks what is named, where it is named", () => {
  const [one, two] = [
    { method: "GET", path: "/one" },
    { method: "GET", path: "/two", port: 81 },
  ];
  const plain = { method: "GET", path: "/two" };
  expect(questionsFor(image([80]), image([]), [one, two])).toEqual({
    ...{ guessed: false, named: true, required: [81] },
    ask: [
      { port: 81, requests: [plain] },
      { port: 80, requests: [one] },
    ],
  });
  expect(questionsFor(image([]), image([]), [two])).toMatchObject({
    guessed: false,
    ask: [{ port: 81, requests: [plain] }],
  });
});
