import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs that start others: they need a system, and the packages that bring what they start. */
const { offer, refuses } = testRecipe("split-build-stage");

const go = (call: string, more = "") => `FROM golang:1.26
WORKDIR /app
COPY . .
RUN go build -o app main.go
${more}CMD ["./app"]
#- main.go
package main
import "os/exec"
func main() { ${call}.Run() }
`;
const c = (call: string) => `FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -o app main.c
CMD ["./app"]
#- main.c
#include <stdlib.h>
#include <stdio.h>
int main() { ${call}; }
`;
const after = (source: string) =>
  offer(source, "slim")
    .change()
    .edits.map(({ text }) => text)
    .join("");
const installed = (source: string) => /apt-get install -y --no-install-recommends (.*?) \\/.exec(after(source))?.[1];

test("what a slim image has is not installed", () => {
  expect(installed(go('exec.Command("sleep", "1")'))).toBe("ca-certificates");
});

for (const [name, source, packages] of [
  [
    "git, with the certificates and the ssh of the large image",
    go('exec.Command("git", "clone", url)'),
    "ca-certificates git openssh-client",
  ],
  ["a script of a shell", go('exec.Command("sh", "-c", "curl -s https://example.com | sort")'), "ca-certificates curl"],
  ["a context, the name behind it", go('exec.CommandContext(ctx, "/usr/bin/wget", url)'), "ca-certificates wget"],
  ["popen of C", c('popen("unzip -v", "r")'), "ca-certificates unzip"],
] as const)
  test(`${name}`, () => expect(installed(source)).toBe(packages));

test("a package of the author's own brings a program of its name", () => {
  const source = go('exec.Command("ffmpeg", "-i", "in/a.mp4")', "RUN apt-get update && apt-get install -y ffmpeg\n");
  expect(installed(source)).toBe("ca-certificates ffmpeg");
});

test("files that its literals name come along, and those in a script's words", () => {
  const source = `${go('exec.Command("sh", "-c", "sort data/words.txt")')}#- data/words.txt\nb\na`;
  expect(after(source)).toMatch(/^COPY --from=build \/app\/data\/words\.txt /m);
});

test("a program that starts itself needs no other", () => {
  const source = go('exec.Command(os.Args[0], "-child")').replace('import "os/exec"', 'import (\n"os"\n"os/exec"\n)');
  expect(offer(source, "distroless").title).toContain("distroless static");
});

for (const [name, source, reason] of [
  ["a program whose name is put together", go("exec.Command(os.Args[1])"), /which ones cannot be told/],
  ["a program that is given the own one's name", go("exec.Command(helper, os.Args[0])"), /which ones cannot be told/],
  [
    "a program that no known package brings",
    go('exec.Command("frobnicate")'),
    /^The program starts frobnicate \(exec\.Command in main\.go\)/,
  ],
  ["a script that runs others", go('exec.Command("sh", "-c", "xargs rm")'), /which ones cannot be told/],
  [
    "what looks at the files of the stage",
    c('system("ls -l")'),
    /^The program starts ls \(system in main\.c\), which may look at files/,
  ],
  ["a command that is made by hand", go('(&exec.Cmd{Path: "x"})'), /which ones cannot be told/],
] as const)
  refuses(name, "slim", source, reason);

refuses(
  "git in a repository of the stage",
  "slim",
  `${go('exec.Command("git", "log")')}#- .git/HEAD\nref: refs/heads/main`,
  /^The program starts git .* may look at files/,
);
