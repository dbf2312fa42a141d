import { describe, expect, test } from "vitest";
import { Analysis, applyEdits } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("apt-lists-kept");
const STAY = "The package lists that apt fetches here stay in the layer";

finds(
  "an update whose lists stay, with what they weigh",
  `
  FROM debian:trixie
  RUN apt-get update && apt-get install -y curl && apt-get clean
  #   ^^^^^^^^^^^^^^ ${STAY} (≈ 22 MB).
  CMD ["/app"]
`,
);

finds(
  "a removal that comes too late",
  `
  FROM example.com/base
  RUN apt -qq update
  #   ^^^^^^^^^^^^^^ ${STAY}; removing them in a later RUN does not make it smaller.
  RUN apt -qq install -y curl
  RUN rm -rf /var/lib/apt/lists/*
`,
);

finds(
  "a removal that comes too early, and one of something else",
  `
  FROM example.com/base
  RUN rm -rf /var/lib/apt/lists/* && apt-get update && rm -rf /var/cache/apt/* /var/lib/dpkg/info
  #                                  ^^^^^^^^^^^^^^ ${STAY}.
`,
);

finds(
  "a stage that the shipped one stands on",
  `
  FROM example.com/base AS base
  RUN apt-get update
  #   ^^^^^^^^^^^^^^ ${STAY}.
  FROM base
  CMD ["/app"]
`,
);

test("a heredoc is a script", () => {
  const text = "FROM example.com/base\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n";
  const spans = new Analysis(text).findings
    .filter(({ rule }) => rule.id === "apt-lists-kept")
    .map(({ span }) => text.slice(span.start, span.end));
  expect(spans).toEqual(["apt-get update"]);
});

finds(
  "a cache mount on the archives alone",
  `
  FROM example.com/base
  RUN --mount=type=cache,target=/var/cache/apt apt-get update
  #                                            ^^^^^^^^^^^^^^ ${STAY}.
`,
);

const UPDATE = "FROM debian:trixie\nRUN apt-get update && apt-get install -y curl";
ignores("a build stage", `${UPDATE}\nFROM scratch\n`);
ignores("an install without an update", "FROM debian:trixie\nRUN apt-get install -y curl\n");
describe("silent where the lists are gone:", () => {
  for (const way of [
    "rm -rf /var/lib/apt/lists/*",
    "rm -r /var/lib/apt/lists",
    "rm -rf /tmp/* /var/lib/apt/lists/ /var/tmp/*",
    "rm -rf /var/lib/apt",
    "rm -rf /var/lib/{apt,dpkg,cache,log}/",
    "rm -f /var/lib/apt/lists/*_*",
    "cd /var/lib/apt && rm -rf lists",
    "find /var/lib/apt/lists -type f -delete",
    "apt-get dist-clean",
    "/usr/local/sbin/cleanup.sh",
    "rm -rf $LEFT",
  ])
    ignores(way, `${UPDATE} && ${way}\n`);
  ignores(
    "a cache mount",
    "FROM debian:trixie\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update\n",
  );
  ignores("a tmpfs", "FROM debian:trixie\nRUN --mount=type=tmpfs,dst=/var/lib apt-get update\n");
  ignores("a mount that a variable hides", "FROM debian:trixie\nRUN --mount=type=cache,target=$DIR apt-get update\n");
});

/** The file with its fix, and how safe that is. */
function fixed(text: string): readonly [string, string] | undefined {
  const analysis = new Analysis(text);
  const [offer] = analysis.findings
    .filter(({ rule }) => rule.id === "apt-lists-kept")
    .flatMap((finding) => analysis.fixesOf(finding));
  return offer && [offer.safety, applyEdits(text, offer.change().edits)];
}

const RM = "rm -rf /var/lib/apt/lists/*";

describe("the fix follows the author's layout:", () => {
  test.each([
    ["one line", "RUN apt-get update", `RUN apt-get update && ${RM}`],
    ["a semicolon", "RUN set -e; apt-get update; apt-get clean", `RUN set -e; apt-get update; apt-get clean && ${RM}`],
    [
      "&& at the start of lines",
      "RUN apt-get update \\\n && apt-get install -y \\\n      curl \\\n      git",
      `RUN apt-get update \\\n && apt-get install -y \\\n      curl \\\n      git \\\n && ${RM}`,
    ],
    [
      "&& at the end of lines",
      "RUN apt-get update && \\\n    apt-get install -y curl",
      `RUN apt-get update && \\\n    apt-get install -y curl && \\\n    ${RM}`,
    ],
    [
      "words on lines of their own",
      "RUN apt-get update && apt-get install -y \\\n  curl \\\n  # a comment\n  git",
      `RUN apt-get update && apt-get install -y \\\n  curl \\\n  # a comment\n  git \\\n  && ${RM}`,
    ],
    [
      "a heredoc",
      "RUN <<EOF\napt-get update\napt-get install -y curl\nEOF",
      `RUN <<EOF\napt-get update\napt-get install -y curl && ${RM}\nEOF`,
    ],
    ["an alternative", "RUN apt-get update || true", `RUN apt-get update || true && ${RM}`],
  ])("%s", (_name, before, after) => {
    for (const end of ['\nCMD ["/app"]\n', ""]) {
      const file = (run: string) => `FROM debian:trixie\n${run}${end}`;
      expect(fixed(file(before))).toEqual(["safe", file(after)]);
      const crlf = (text: string) => text.replaceAll("\n", "\r\n");
      if (!before.includes("<<")) expect(fixed(crlf(file(before)))).toEqual(["safe", crlf(file(after))]);
    }
  });

  test("with the escape character of the file", () => {
    expect(fixed("# escape=`\nFROM debian:trixie\nRUN apt-get update `\n  && apt-get clean\n")?.[1]).toBe(
      `# escape=\`\nFROM debian:trixie\nRUN apt-get update \`\n  && apt-get clean \`\n  && ${RM}\n`,
    );
  });
});

describe("no fix where it would", () => {
  test.each([
    ["take the lists from a later install", "RUN apt-get update\nRUN apt-get install -y curl\n"],
    ["take them from a stage above", "RUN apt-get update\nFROM base\nRUN apt-get install -y curl\n"],
    ["stand in a comment", "RUN apt-get update # all of it\n"],
    ["stand behind the end", "RUN apt-get update; exit 0\n"],
    ["break the syntax", "RUN apt-get update;\n"],
    ["make the background wait", "RUN apt-get update &\n"],
    ["be no script", 'RUN ["apt-get", "update"]\n'],
  ])("%s", (_name, run) => {
    expect(new Analysis(`FROM debian AS base\n${run}`).findings.map(({ rule }) => rule.id)).toContain("apt-lists-kept");
    expect(fixed(`FROM debian AS base\n${run}`)).toBeUndefined();
  });

  test("the fix is to be looked at where a later script may install", () => {
    expect(fixed("FROM debian\nRUN apt-get update\nRUN ./install.sh\n")?.[0]).toBe("review");
    expect(
      fixed(
        "FROM debian\nRUN apt-get update\nRUN apt-get update && apt-get install -y curl && rm -r /var/lib/apt\n",
      )?.[0],
    ).toBe("safe");
  });
});
