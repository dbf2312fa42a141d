import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("missing-runtime-data");

const program = (imports: string, body: string) => `#- main.go
  package main
  import (
  ${imports
    .split(" ")
    .map((path) => `  "${path}"`)
    .join("\n  ")}
  )
  func main() { ${body} }`;
const CLIENT = program("net/http", 'http.Get("https://example.com")');
const ZONES = program("time", 'time.LoadLocation("Europe/Berlin")');
const TEMP = program("os", 'os.CreateTemp("", "x")');
const two = (final: string, source: string) => `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN CGO_ENABLED=0 go build -o /app main.go
  ${final.split("\n").join("\n  ")}
  COPY --from=build /app /app
  CMD ["/app"]
  ${source}
  `;
const marked = (message: string, source: string) => two(`FROM scratch\n#    ^^^^^^^ ${message}`, source);

finds(
  "a client of https on scratch",
  marked("The program wants CA certificates (it imports net/http), and scratch has none.", CLIENT),
);
finds("zones", marked("The program wants time zones (it calls time.LoadLocation), and scratch has none.", ZONES));
finds("temporary files", marked("The program wants /tmp (it calls os.CreateTemp), and scratch has none.", TEMP));

ignores("an image that has them", two("FROM gcr.io/distroless/static-debian13", CLIENT));
ignores("an image of which it is not known", two("FROM debian:trixie-slim", CLIENT));
ignores(
  "a server, which never looks at certificates",
  two("FROM scratch", program("net/http", 'http.ListenAndServe(":8080", nil)')),
);
ignores(
  "zones in the program itself",
  two("FROM scratch", program("time time/tzdata", 'time.LoadLocation("Europe/Berlin")')),
);
ignores(
  "certificates that are copied",
  two("FROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/", CLIENT),
);
ignores("certificates of the folder", two("FROM scratch\nCOPY certs/ /etc/ssl/certs/", CLIENT));
ignores("a variable that names others", two("FROM scratch\nENV SSL_CERT_FILE=/ca.pem", CLIENT));
ignores("a WORKDIR that makes it", two("FROM scratch\nWORKDIR /tmp", TEMP));
ignores("sources that were not seen", two("FROM scratch", ""));

fixes(
  "zones of Go's own",
  "Copy time zones from build",
  two("FROM scratch", ZONES),
  two(
    "FROM scratch\nCOPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip\nENV ZONEINFO=/zoneinfo.zip",
    ZONES,
  ),
);
fixes(
  "what only another base has",
  "Ship on distroless static, which has certificates, time zones, users and /tmp",
  two("FROM scratch", TEMP),
  two("FROM gcr.io/distroless/static-debian13", TEMP),
);
