import { expect, test } from "vitest";
import { CASES } from "../cases/cases";
import { ask } from "../fuzz/ask";

test.each(CASES.map(({ number, dockerfile }) => [number, dockerfile] as const))(
  "no prefix of case %i throws",
  (_number, dockerfile) => {
    for (let end = 0; end <= dockerfile.length; end++) ask({ text: dockerfile.slice(0, end) });
  },
);

/** Shapes that no size grows. */
const SHAPES: readonly (readonly [string, () => string])[] = [
  ["an empty file", () => ""],
  ["no FROM", () => "RUN echo\n"],
  ["white space", () => " \t\r\n\n"],
  ["a stage name that never ends", () => `FROM alpine:3.20 AS ${"a".repeat(40)}=\n`],
  ["95 kB in one RUN", () => `FROM a\nRUN ${"echo x && ".repeat(9_500)}true\n`],
  ["60 kB in one RUN, within BuildKit's limit", () => `FROM a\nRUN ${"echo x && ".repeat(6_000)}true\n`],
  ["2,000 $(", () => `FROM a\nRUN ${"$(".repeat(2_000)}\n`],
  ["a heredoc of 6,000 lines", () => `FROM a\nRUN <<EOF\n${"echo x\n".repeat(6_000)}EOF\n`],
  [
    "random bytes",
    () =>
      Array.from({ length: 200_000 }, (_, at) => String.fromCharCode((at * 7919 + (at >> 3) * 104_729) % 256)).join(""),
  ],
  ["5,000 installs of Python", () => `FROM python:3.13\n${"RUN pip install flask\n".repeat(5_000)}CMD ["flask"]\n`],
  [
    "2,000 copies of what 5,000 commands made",
    () =>
      `FROM python:3.13 AS a\n${"RUN pip list\n".repeat(5_000)}RUN pip install flask\nFROM python:3.13\nWORKDIR /app\n${"COPY --from=a /usr/local /usr/local\n".repeat(2_000)}CMD ["flask"]\n`,
  ],
  ["100,000 lines", () => `FROM a\n${"RUN apt-get update\nENV A=b\nCOPY a b\nWORKDIR /x\nLABEL a=b\n".repeat(20_000)}`],
];

test.each(SHAPES)("%s answers within a second", (_name, shape) => {
  const text = shape();
  ask({ text: "FROM a\n" });
  const began = performance.now();
  ask({ text });
  const took = performance.now() - began;
  // The promise is one second, and the bench measures it; here a machine may be busy, and a hang is what is caught.
  expect(took).toBeLessThan(10_000);
});
