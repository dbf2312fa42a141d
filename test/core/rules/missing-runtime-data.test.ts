import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
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
  marked(
    'The program calls http.Get("https://example.com") in main.go, which fails: scratch has no CA certificates.',
    CLIENT,
  ),
);
finds(
  "zones",
  marked(
    'The program calls time.LoadLocation("Europe/Berlin") in main.go, which fails: scratch has no time zones.',
    ZONES,
  ),
);
finds("temporary files", marked("The program calls os.CreateTemp in main.go, which fails: scratch has no /tmp.", TEMP));

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

describe("missing-runtime-data is certain of a call that is made at every start", () => {
  const confidence = (source: string, flags = "", final = "FROM scratch") => {
    const { text, project } = fixture(two(final, source).replace("-o /app", `${flags} -o /app`));
    return new Analysis(text, project).findings.find(({ rule }) => rule.id === "missing-runtime-data")?.confidence;
  };
  /** As most programs do: an error ends it. */
  const orDies = (source: string) =>
    source.replace(/((?:http|time|os)\.\w+\([^)]*\)) \}$/, "if _, err := $1; err != nil { panic(err) } }");
  const zones = (body: string) => confidence(program("time", body));
  const BERLIN = 'time.LoadLocation("Europe/Berlin")';

  test("zones, certificates and /tmp", () => {
    expect(confidence(orDies(ZONES))).toBe("certain");
    expect(confidence(orDies(CLIENT))).toBe("certain");
    expect(confidence(orDies(TEMP))).toBe("certain");
  });
  test("not where the program lives on", () => {
    const looked = 'zone, err := time.LoadLocation("Europe/Berlin")\n  if err != nil';
    expect(confidence(ZONES)).toBe("likely");
    expect(zones(`${looked} { panic(err) }`)).toBe("certain");
    expect(zones(`${looked} { log.Fatalf("no zone: %v", err) }`)).toBe("certain");
    expect(zones(`${looked} { zone = time.UTC }`)).toBe("likely");
    expect(zones(`${looked} { log.Print(err) }\n panic("later")`)).toBe("likely");
    expect(zones(`defer func() { recover() }()\n${looked} { panic(err) }`)).toBe("likely");
    expect(
      confidence(
        program(
          "os",
          'os.MkdirAll(os.TempDir(), 0777)\n  if _, err := os.CreateTemp("", "x"); err != nil { panic(err) }',
        ),
      ),
    ).toBe("likely");
  });
  test("in a function that main calls, by a constant", () => {
    const rest = `}\n  const place = "Europe/Berlin"\n  func clock() { if _, err := time.LoadLocation(place); err != nil { panic(err) }`;
    expect(zones(`clock() ${rest}`)).toBe("certain");
    expect(zones(`if later { clock() } ${rest}`)).toBe("likely");
  });
  test.each([
    'time.LoadLocation("UTC")',
    "time.LoadLocation(name)",
    `if later { ${BERLIN} }`,
    `os.Setenv("ZONEINFO", "/z"); ${BERLIN}`,
  ])("not: %s", (body) => expect(zones(body)).toBe("likely"));
  test("not where a package that was not read may bring them", () => {
    expect(confidence(program("time example.com/zones", BERLIN))).toBe("likely");
    expect(confidence(orDies(program("os example.com/zones", 'os.CreateTemp("", "x")')))).toBe("certain");
  });
  test("not where the program trusts others, or makes /tmp", () => {
    expect(confidence(program("net/http", 'trust(RootCAs); http.Get("https://example.com")'))).toBe("likely");
    expect(confidence(program("os", 'os.Mkdir("/tmp", 0); os.CreateTemp("", "x")'))).toBe("likely");
  });
  test("nothing where a tag or GOROOT brings zones, or a volume is mounted", () => {
    expect(confidence(ZONES, "-tags timetzdata")).toBeUndefined();
    const zip = "/usr/local/go/lib/time/zoneinfo.zip";
    expect(confidence(ZONES, "", `FROM scratch\nCOPY --from=build ${zip} ${zip}`)).toBeUndefined();
    expect(confidence(TEMP, "", "FROM scratch\nVOLUME /tmp")).toBeUndefined();
  });
});
