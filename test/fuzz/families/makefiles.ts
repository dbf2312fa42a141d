import { BUILD, type Family, inFolder, lines, RUNS } from "./family";

const MAKE = BUILD.replace("RUN go build -o /app a.go", "RUN make");
const makefile = (name: string, most: number, text: (size: number) => string, dockerfile = MAKE): Family =>
  inFolder(name, most, (size) => ({ Makefile: text(size) }), dockerfile);

/** A Makefile that the build calls. */
export const MAKEFILES: readonly Family[] = [
  makefile("lines of a Makefile that runs", 4_900, (size) => `a:\n${lines(size, (at) => `\techo ${at}`)}`),
  makefile(
    "variables of a Makefile that double",
    40,
    (size) => `A0 = a\n${lines(size, (at) => `A${at + 1} = $(A${at})$(A${at})`)}a:\n\techo $(A${size})\n`,
  ),
  makefile(
    "a variable of a Makefile, again and again",
    100_000,
    (size) => `A = ${"a".repeat(size)}\nB = ${"$(A)".repeat(size)}\na:\n\techo $(B)\n`,
  ),
  makefile(
    "targets of a Makefile that need all",
    100_000,
    (size) => `${"a ".repeat(size)}: ${"b ".repeat(size)}\n\techo $^\n`,
  ),
  makefile("prerequisites of a Makefile", 300_000, (size) => `a: ${"b ".repeat(size)}\n\techo $^\nb:\n`),
  makefile("a Makefile that calls itself", 4_900, (size) => `a:\n${"\tmake\n".repeat(size)}`),
  makefile("exports of a Makefile", 200_000, (size) => `export ${lines(1, () => "A ".repeat(size))}a:\n\techo $A\n`),
  makefile("a comment of a Makefile", 500_000, (size) => `a:\n\techo\n${"#".repeat(size)}\r#x\n`),
  makefile("brackets of a Makefile", 300_000, (size) => `a:\n\techo ${"$(".repeat(size)}\n`),
  {
    ...makefile("RUN lines that call make", RUNS, () => ""),
    make: (size) => ({
      text: `FROM debian:trixie\nCOPY . .\n${"RUN make\n".repeat(size)}CMD ["/a"]\n`,
      files: { Makefile: `a:\n${lines(150, (at) => `\techo ${at}`)}` },
    }),
  },
];
