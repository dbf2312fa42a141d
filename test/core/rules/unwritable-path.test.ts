import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("unwritable-path");

const writes = (call: string) => `#- main.go
  package main
  import "os"
  func main() { ${call} }`;
const JOURNAL = writes('os.WriteFile("/data/journal.txt", nil, 0o644)');
const two = (final: string, source: string) => `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN CGO_ENABLED=0 go build -o /out/app main.go && mkdir -p /data
  ${final.split("\n").join("\n  ")}
  ${source}
  `;
const STATIC = "FROM gcr.io/distroless/static-debian13:nonroot";
const APP = "COPY --from=build /out/app /app";
const START = 'CMD ["/app"]';
const message = (path: string, folder: string, user = "nonroot") =>
  `#    ^^^^^^ The program writes ${path} (os.WriteFile in main.go), and ${folder} belongs to root: user ${user} may not.`;

finds(
  "a folder that COPY made",
  two(`${STATIC}\n${APP}\nCOPY --from=build /data /data\n${START}\n${message("/data/journal.txt", "/data")}`, JOURNAL),
);
finds("a folder that is not there", two(`${STATIC}\n${APP}\n${START}\n${message("/data/journal.txt", "/")}`, JOURNAL));
finds(
  "the folder that it starts in",
  two(
    `FROM scratch\nWORKDIR /srv\n${APP}\nUSER 1000\n${START}\n${message("/srv/journal.txt", "/srv", "1000")}`,
    writes('os.WriteFile("journal.txt", nil, 0o644)'),
  ),
);

ignores("root", two(`FROM scratch\n${APP}\n${START}`, JOURNAL));
ignores(
  "a folder of the user",
  two(`${STATIC}\n${APP}\nCOPY --from=build --chown=65532:65532 /data /data\n${START}`, JOURNAL),
);
ignores("a volume", two(`${STATIC}\n${APP}\nVOLUME /data\n${START}`, JOURNAL));
ignores("/tmp", two(`${STATIC}\n${APP}\n${START}`, writes('os.WriteFile("/tmp/journal.txt", nil, 0o644)')));
ignores(
  "a system in which a command may have changed it",
  two(`FROM debian:trixie-slim\n${APP}\nRUN mkdir /data && chown 1000 /data\nUSER 1000\n${START}`, JOURNAL),
);
ignores(
  "a path that whoever starts it names",
  two(`${STATIC}\n${APP}\n${START}`, writes("os.WriteFile(os.Args[1], nil, 0o644)")),
);
ignores("an image whose user is not known", two(`FROM example.com/own\n${APP}\n${START}`, JOURNAL));
ignores("sources that were not seen", two(`${STATIC}\n${APP}\n${START}`, ""));
