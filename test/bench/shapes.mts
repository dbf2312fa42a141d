/** Files for timing: ordinary ones of a size, and the shapes that made other tools hang (test/core/hostile.test.ts asks them too). */

/** A small file of ten lines. */
export const SMALL = `FROM golang:1.26
WORKDIR /src
ENV CGO_ENABLED=0
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN apt-get update && apt-get install -y git
RUN go build -o /app .
EXPOSE 8080
CMD ["/app"]
`;

/** An ordinary mix of instructions in so many lines. */
export function linesOf(count: number): string {
  const block = (at: number) => [
    `ENV VALUE_${at}="some words ${at}"`,
    `COPY file-${at}.txt /srv/data/`,
    `RUN apt-get update && \\`,
    `    apt-get install -y --no-install-recommends package-${at} && \\`,
    `    rm -rf /var/lib/apt/lists/*`,
    `WORKDIR /srv/${at}`,
    `LABEL number="${at}"`,
    `# a comment`,
  ];
  const lines = Array.from({ length: Math.ceil(count / 8) }, (_, at) => block(at)).flat();
  return `FROM debian:trixie\n${lines.slice(0, count - 2).join("\n")}\nCMD ["x"]\n`;
}

export const HOSTILE: readonly (readonly [string, () => string])[] = [
  ["`AS a×40=` (62 B)", () => `FROM alpine:3.20 AS ${"a".repeat(40)}=\n`],
  ["1 MB one-line RUN", () => `FROM a\nRUN ${"echo x && ".repeat(100_000)}true\n`],
  ["20,000 `$(`", () => `FROM a\nRUN ${"$(".repeat(20_000)}\n`],
  ["50,000 continuation lines", () => `FROM a\nRUN true${" \\\n && true".repeat(50_000)}\n`],
  ["200,000-line heredoc", () => `FROM a\nRUN <<EOF\n${"echo x\n".repeat(200_000)}EOF\n`],
  ["`${` 30,000 deep, open", () => `FROM a\nENV x=${"${".repeat(30_000)}\n`],
  [
    "20,000 chained stages",
    () => `FROM a AS s0\n${Array.from({ length: 20_000 }, (_, at) => `FROM s${at} AS s${at + 1}\n`).join("")}`,
  ],
  [
    "200 kB random bytes",
    () =>
      Array.from({ length: 200_000 }, (_, at) =>
        String.fromCharCode(1 + ((at * 7919 + (at >> 3) * 104_729) % 255)),
      ).join(""),
  ],
  ["`${A:-…}` 30,000 deep, closed", () => `FROM a\nENV x=${"${A:-".repeat(30_000)}${"}".repeat(30_000)}\n`],
  ["95 kB one-line RUN", () => `FROM a\nRUN ${"echo x && ".repeat(9_500)}true\n`],
  ["2,000 `$(`", () => `FROM a\nRUN ${"$(".repeat(2_000)}\n`],
  ["8,900 continuations", () => `FROM a\nRUN true${" \\\n && true".repeat(8_900)}\n`],
  ["6,000-line heredoc", () => `FROM a\nRUN <<EOF\n${"echo x\n".repeat(6_000)}EOF\n`],
  ["4,500 stages", () => Array.from({ length: 4_500 }, (_, at) => `FROM a AS s${at}\nRUN true\n`).join("")],
  ["100,000 lines", () => linesOf(100_000)],
];
