import { expect, test } from "vitest";
import { check } from "./properties";

/** What the fuzzer has found, shrunken: each broke a property once. */
const FOUND: readonly (readonly [what: string, text: string])[] = [
  ["CRLF in a heredoc", "FROM gcr.io/distroless/java21-debian13\nRUN <<E\napt-get install git\n"],
  ["CRLF in a heredoc, an open case", "FROM gcr.io/distroless/nodejs24-debian13\nRUN <<-\ncase )apt-get install git\n"],
  ["CRLF at the end of a heredoc in a heredoc", 'FROM :\nrun <<"f"\n<<EOF\nEOF\napt-get update'],
  ["a message that quotes a line ending", "FROM \ncopy <</\n${\n"],
  ["a message that quotes a long heredoc", `FROM a\nCOPY <<E /a\n${"a line\n".repeat(500)}\${\nE\n`],
  [
    "a message that is cut with CRLF alone",
    `FROM a\nRG \\\n A\${A#\${UN ${"x".repeat(130)}\nUSER :\nVOLUME ["","a b"]\n# hadolint ignore=DL3008\nENTRYPOINT ['--flag']`,
  ],
  ["CRLF behind a redirection", "FROM \nRUN <<E\napt-get update>\n"],
];

test.each(FOUND)("%s", (_what, text) => {
  expect(() => check({ text, files: undefined })).not.toThrow();
});
