import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs of C and C++, and the rung and the libraries that each needs. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const HELLO = '#include <stdio.h>\nint main(void) { puts("hello"); }\n';
const SQLITE = '#include <sqlite3.h>\nint main(void) { sqlite3 *db; return sqlite3_open(":memory:", &db); }\n';

function program(
  source: string,
  options: { readonly from?: string; readonly build?: string; readonly files?: string } = {},
): string {
  const { from = "debian:trixie", build = "gcc -O2 -o app main.c", files = "" } = options;
  return `FROM ${from}
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN ${build}
CMD ["./app"]
#- main.c
${source}${files}`;
}

rewrites(
  "plain C, which needs glibc alone",
  "distroless",
  program(HELLO),
  `FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN gcc -O2 -o app main.c

FROM gcr.io/distroless/base-debian13:nonroot
WORKDIR /app
COPY --from=build /app/app /app/app
CMD ["./app"]
`,
);

rewrites(
  "a static program",
  "scratch",
  program(HELLO, { build: "gcc -static -o app main.c" }),
  `FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN gcc -static -o app main.c

FROM scratch
WORKDIR /app
COPY --from=build /app/app /app/app
CMD ["./app"]
`,
);

const MAKEFILE = "#- Makefile\nLDLIBS = -lsqlite3\n\napp: main.o\n\t$(CC) -o $@ $^ $(LDLIBS)\n";

rewrites(
  "a library, which is gathered in the build stage",
  "distroless",
  program(SQLITE, { build: "make", files: MAKEFILE }),
  `FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN make

RUN mkdir /libs && ldd /app/app | awk '$2 == "=>" && $1 !~ /^lib((c|m|mvec|dl|pthread|rt|resolv|util|anl)\\.so|(z|zstd)\\.so|(ssl|crypto)\\.so\\.3|(gcc_s|stdc\\+\\+|gomp)\\.so)/ { print $3 }' | sort -u | xargs -r cp -Lt /libs

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /app
COPY --from=build /app/app /app/app
COPY --from=build /libs/ /usr/lib/
CMD ["./app"]
`,
);

rewrites(
  "a library, which is installed on the smallest system",
  "slim",
  program(SQLITE, { build: "make", files: MAKEFILE }),
  `FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN make

FROM debian:trixie-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends libsqlite3-0 \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/app /app/app
CMD ["./app"]
`,
);

test.each<[string, string, RegExp]>([
  [
    "C++",
    program("#include <iostream>\nint main() { std::cout << 1; }\n", { build: "g++ -o app *.c" }),
    /distroless cc \(/,
  ],
  ["C that unwinds", program("#include <pthread.h>\nint main() { pthread_exit(0); }\n"), /distroless cc \(/],
  ["C with a library of glibc", program(HELLO, { build: "gcc -o app main.c -lm -pthread" }), /distroless base \(/],
  [
    "a later libstdc++",
    program("#include <iostream>\nint main() {}\n", { from: "gcc:15", build: "g++ -o app main.c" }),
    /distroless base \(/,
  ],
  ["an older Debian", program(HELLO, { from: "debian:bookworm" }), /distroless base \(/],
])("the rung of %s", (_name, source, title) => {
  expect(offer(source, "distroless").title).toMatch(title);
});

refuses(
  "a glibc that is newer than that of distroless",
  "distroless",
  program(HELLO, { from: "ubuntu:26.04" }),
  /built with glibc 2\.43, and distroless base-debian13 has 2\.41/,
);
refuses(
  "a system where nothing is wanted of it",
  "slim",
  program(HELLO, { build: "gcc -o app main.c" }).replace(" libsqlite3-dev", ""),
  "distroless base has all that the program needs of its image: a system would add nothing that it uses.",
);
refuses(
  "libraries that it loads by their names",
  "distroless",
  program('#include <dlfcn.h>\nint main() { dlopen("x.so", 0); }\n'),
  "The program loads libraries at run time (dlopen), and which ones cannot be told.",
);
refuses(
  "other programs",
  "distroless",
  program('#include <stdlib.h>\nint main() { system("ls"); }\n'),
  "The program starts other programs (system in main.c), which a minimal image has not; a slim image can have them.",
);
refuses(
  "a library with data of its own",
  "distroless",
  program("#include <ncurses.h>\nint main() { initscr(); }\n", { build: "gcc -o app main.c -lncurses" }),
  /may need libncurses \(-lncurses\), and files beside it/,
);
refuses(
  "a file whose name is not known",
  "distroless",
  program('#include <stdio.h>\nint main() { char n[9]; scanf("%8s", n); fopen(n, "r"); }\n'),
  /reads files at run time, and which ones cannot be told \(fopen in main\.c\)/,
);

test("a file that the user names is no part of the image", () => {
  const source = '#include <stdio.h>\nint main(int argc, char **argv) { return fopen(argv[1], "r") != 0; }\n';
  expect(offer(program(source), "distroless").assumes.join(" ")).toContain(
    "opens files that whoever starts it names (fopen in main.c)",
  );
});

test("a file that the sources name comes along", () => {
  const source = '#include <fstream>\n#define NAME "data/a.txt"\nint main() { std::ifstream in(NAME); }\n';
  const { change } = offer(
    program(source, { build: "g++ -o app main.cpp", files: `#- main.cpp\n${source}#- data/a.txt\na\n` }),
    "distroless",
  );
  expect(
    change()
      .edits.map(({ text }) => text)
      .join(""),
  ).toContain("COPY --from=build /app/data/a.txt /app/data/a.txt");
});

const CMAKE = `#- CMakeLists.txt
project(app CXX)
add_executable(tool main.cpp)
target_link_libraries(tool PRIVATE SQLite::SQLite3)
install(TARGETS tool DESTINATION bin)
#- main.cpp
#include <sqlite3.h>
int main() { sqlite3_open(":memory:", nullptr); }
`;

test("what CMake installs is found on PATH, with the libraries that it names", () => {
  const file = `FROM debian:trixie
RUN apt-get update && apt-get install -y g++ cmake make libsqlite3-dev
WORKDIR /src
COPY . .
RUN cmake -B build && cmake --build build && cmake --install build
CMD ["tool"]
${CMAKE}`;
  const text = offer(file, "distroless")
    .change()
    .edits.map((each) => each.text)
    .join("");
  expect(text).toContain("ldd /usr/local/bin/tool");
  expect(text).toContain("COPY --from=build /usr/local/bin/tool /usr/local/bin/tool");
});
