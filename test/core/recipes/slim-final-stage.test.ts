import { expect, test } from "vitest";
import { CALCULATOR, caseOf, GO_MOD } from "../../cases/cases";
import { testRecipe } from "../../kit/rule";

const { rewrites, refuses, offer } = testRecipe("slim-final-stage");

const FOLDER = `#- calculator.go\n${CALCULATOR}\n#- go.mod\n${GO_MOD}`;
const withFolder = (dockerfile: string) => `${dockerfile.trimEnd()}\n${FOLDER}`;
const BUILD = `FROM golang:1.26 AS build
WORKDIR /src
COPY calculator.go .
RUN go build -o /calculator calculator.go
`;
const STRIPPED = BUILD.replace("go build", 'CGO_ENABLED=0 go build -trimpath -ldflags="-s -w"');
/** A final stage of these lines behind the build. */
const final = (lines: string) => withFolder(`${BUILD}\n${lines}`);

rewrites(
  "case 12: a whole Alpine around one program, in root's own folder",
  "distroless",
  withFolder(caseOf(12).dockerfile),
  `FROM golang:1.16 as builder
WORKDIR /app
COPY go.mod ./
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o myapp .

FROM gcr.io/distroless/static-debian13
WORKDIR /root/
COPY --from=builder /app/myapp .
CMD ["./myapp"]
`,
);
rewrites(
  "case 7: distroless base, where static is enough",
  "distroless",
  withFolder(caseOf(7).dockerfile),
  `FROM golang:1.16 AS build
WORKDIR /app
COPY go.mod ./
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o calculator .

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /app/calculator .
ENTRYPOINT ["./calculator"]
`,
);
rewrites(
  "packages of data, comments and settings",
  "distroless",
  final(`FROM debian:trixie-slim
# certificates and zones
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates tzdata \\
 && rm -rf /var/lib/apt/lists/*
LABEL org.opencontainers.image.title="calculator"
ENV LEVEL=info
EXPOSE 8080
COPY --from=build /calculator /usr/local/bin/
# it starts here
CMD calculator --verbose`),
  `${STRIPPED}
FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
# certificates and zones
LABEL org.opencontainers.image.title="calculator"
ENV LEVEL=info
EXPOSE 8080
COPY --from=build /calculator /usr/local/bin/
# it starts here
CMD ["calculator", "--verbose"]
`,
);
rewrites(
  "a user by number, a folder of its own",
  "scratch",
  final(`FROM alpine:3.22
WORKDIR /data
COPY --from=build --chown=1000:1000 /calculator ./calculator
USER 1000
ENTRYPOINT ["./calculator"]`),
  `${STRIPPED}
FROM scratch
WORKDIR /data
COPY --from=build --chown=1000:1000 /calculator ./calculator
USER 1000
ENTRYPOINT ["./calculator"]
`,
);

rewrites(
  "a mode that the program has already",
  "distroless",
  final(`FROM ubuntu:24.04
WORKDIR /opt
COPY --from=build /calculator .
RUN chmod +x /opt/calculator
RUN apt-get update && apt-get install -y ca-certificates && chmod 755 calculator
CMD ["./calculator"]`),
  `${STRIPPED}
FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /opt
COPY --from=build /calculator .
CMD ["./calculator"]
`,
);
rewrites(
  "a system without WORKDIR starts in its root",
  "distroless",
  final('FROM busybox\nCOPY --from=build /calculator bin/calculator\nENTRYPOINT ["calculator"]'),
  `${STRIPPED}
FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /calculator bin/calculator
ENTRYPOINT ["calculator"]
`,
);
for (const [name, lines] of [
  ["a mode for its owner alone", "COPY --from=build /calculator /calculator\nRUN chmod 700 /calculator"],
  ["another file", "COPY --from=build /calculator /calculator\nRUN chmod +x /calculator /x"],
  ["a COPY that took the mode away", "COPY --chmod=600 --from=build /calculator /calculator\nRUN chmod +x /calculator"],
] as const)
  refuses(
    name,
    "distroless",
    final(`FROM ubuntu:24.04\n${lines}\nCMD ["/calculator"]`),
    /^`RUN chmod .* needs a shell/,
  );

const START = `COPY --from=build /calculator /calculator\nCMD ["/calculator"]`;
refuses(
  "a final stage on scratch",
  "distroless",
  final(`FROM scratch\n${START}`),
  /^The final stage stands on scratch: there is nothing smaller\.$/,
);
refuses(
  "a final stage on the smallest image already",
  "distroless",
  final(`FROM gcr.io/distroless/static-debian13:nonroot\n${START}`),
  /stands on gcr\.io\/distroless\/static-debian13:nonroot already/,
);
refuses(
  "a step that needs a shell",
  "distroless",
  final(`FROM alpine:3.22\nRUN mkdir /data\n${START}`),
  /^`RUN mkdir \/data` needs a shell, which gcr\.io\/distroless\/static-debian13:nonroot has not\.$/,
);
refuses(
  "a tool",
  "distroless",
  final(`FROM alpine:3.22\nRUN apk add --no-cache ca-certificates curl\n${START}`),
  /installs curl, which .* has not; a slim system can have it\.$/,
);
refuses(
  "data that scratch has not",
  "scratch",
  final(`FROM alpine:3.22\nRUN apk add ca-certificates\n${START}`),
  /installs ca-certificates, which scratch has not; distroless static has them\.$/,
);
refuses(
  "an owner of its own making",
  "distroless",
  final(`FROM alpine:3.22\n${START.replace("=build", "=build --chown=app")}`),
  /names an owner that .* does not know; numbers work on any image\.$/,
);
refuses(
  "a server's image",
  "distroless",
  final(`FROM nginx\nENTRYPOINT ["/calculator"]\n${START}`),
  /^What nginx brings beside a system, and the program may use, is not known\.$/,
);
refuses(
  "a program that another image made",
  "distroless",
  final('FROM alpine:3.22\nCOPY --from=busybox /bin/httpd /httpd\nCMD ["/httpd"]'),
  /^No build stage is seen to make the program that the image starts; made in a stage of this file, it could ship alone\.$/,
);
refuses(
  "case 9, whose build fails",
  "distroless",
  caseOf(9).dockerfile,
  /^Its own build fails as it stands: the stage works in \/go, which is GOPATH/,
);
refuses(
  "case 10, whose COPY takes what is not made",
  "distroless",
  caseOf(10).dockerfile,
  /^No step of stage builder makes \/app\/calculator; its build makes \/calculator\.$/,
);
refuses(
  "a single stage",
  "distroless",
  withFolder(`${BUILD}CMD ["/calculator"]`),
  /a build stage of its own comes first\.$/,
);

refuses(
  "another COPY that takes what is not made",
  "distroless",
  final(
    'FROM alpine:3.22\nCOPY --from=build /src/conf /conf\nCOPY --from=build /calculator /calculator\nCMD ["/calculator"]',
  ),
  /^No step of stage build makes \/src\/conf/,
);
test.each([
  ["of the folder", "COPY key.json /"],
  ["by wildcards", "COPY *.json /keys/"],
  ["of the build stage", "COPY --from=build /src/key.json /key.json"],
  ["by its flag", "COPY --chmod=600 open.json /"],
])("a copy that its owner alone may read stays root's: %s", (_name, copy) => {
  const source = final(
    `FROM debian:trixie-slim\n${copy}\nCOPY --from=build /calculator /calculator\nENTRYPOINT ["/calculator"]\n`,
  ).replace("COPY calculator.go .", "COPY calculator.go *.json ./");
  const answer = (mode: string) => offer(`${source}\n#- key.json${mode}\nx\n#- open.json\nx\n`, "distroless").assumes;
  expect(answer(" private").join()).toMatch(/stays root: \S+ has a file that its owner alone may read/);
  if (!copy.includes("chmod")) expect(answer("").join()).not.toContain("stays root");
});

rewrites(
  "a variable that may come from the old base",
  "scratch",
  final(
    'FROM gcr.io/distroless/base-debian12\nCOPY --from=build /calculator /calculator\nEXPOSE ${PORT}\nCMD ["/calculator"]',
  ),
  `${STRIPPED}
FROM scratch
COPY --from=build /calculator /calculator
EXPOSE \${PORT}
CMD ["/calculator"]
`,
);

refuses(
  "a variable of the base on scratch",
  "scratch",
  final(
    'FROM alpine:3.22\nENV PATH=$PATH:/opt\nCOPY --from=build /calculator /opt/calculator\nCMD ["/opt/calculator"]',
  ),
  /^`ENV PATH=\$PATH:\/opt` builds on a variable of the base, which scratch has not\.$/,
);

refuses(
  "a variable that golang's images set",
  "distroless",
  final('FROM golang:1.26\nLABEL go="$GOLANG_VERSION"\nCOPY --from=build /calculator /calculator\nCMD ["/calculator"]'),
  /^`LABEL go="\$GOLANG_VERSION"` builds on a variable of the base, which gcr\.io\S+ has not\.$/,
);
