import { CALCULATOR, GO_MOD } from "../../cases/cases";
import { testRecipe } from "../../kit/rule";

/** A final stage that makes a user of its own, as most templates do: distroless has one already. */
const { rewrites, refuses } = testRecipe("slim-final-stage");

const BUILD = `FROM golang:1.26 AS build
WORKDIR /src
COPY calculator.go .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /calculator calculator.go
`;
const final = (lines: string) => `${BUILD}
${lines}
#- calculator.go
${CALCULATOR}
#- go.mod
${GO_MOD}`;

rewrites(
  "the user goes with what makes him, and files are given to the other one",
  "distroless",
  final(`FROM alpine:3.22
RUN apk add --no-cache ca-certificates
# somebody who may do little
ARG UID=10001
RUN addgroup -S app && adduser -S -G app -u "\${UID}" app
WORKDIR /app
COPY --from=build --chown=app:app /calculator /app/
USER app
ENTRYPOINT ["/app/calculator"]`),
  `${BUILD}
FROM gcr.io/distroless/static-debian13:nonroot
# somebody who may do little
WORKDIR /app
COPY --from=build --chown=65532:65532 /calculator /app/
USER nonroot
ENTRYPOINT ["/app/calculator"]
`,
);

rewrites(
  "scratch knows users by their numbers alone",
  "scratch",
  final(`FROM debian:trixie-slim
RUN useradd app
COPY --from=build /calculator /
USER app:app
ENTRYPOINT ["/calculator"]`),
  `${BUILD}
FROM scratch
COPY --from=build /calculator /
USER 65532:65532
ENTRYPOINT ["/calculator"]
`,
);

refuses(
  "who is given more than files that COPY brings",
  "distroless",
  final(`FROM debian:trixie-slim
RUN useradd app && mkdir /data && chown app /data
COPY --from=build /calculator /
USER app
ENTRYPOINT ["/calculator"]`),
  /`RUN useradd app && mkdir \/data && chown app \/data` needs a shell/,
);
refuses(
  "a group of another name",
  "distroless",
  final(`FROM debian:trixie-slim
RUN useradd -G audio app
COPY --from=build --chown=app:audio /calculator /
USER app
ENTRYPOINT ["/calculator"]`),
  /names an owner that .* does not know/,
);
refuses(
  "a comment that stands inside",
  "distroless",
  final(`FROM debian:trixie-slim
RUN useradd \\
  # nobody else
  app
COPY --from=build /calculator /
USER app
ENTRYPOINT ["/calculator"]`),
  /the comments inside it would be lost/,
);

const EXTRACT = `FROM eclipse-temurin:21-jdk AS extract
WORKDIR /build
COPY . .
RUN ./mvnw package && java -Djarmode=layertools -jar target/app.jar extract --destination target/extracted
`;
const LAYERS = `COPY --from=extract build/target/extracted/dependencies/ ./
COPY --from=extract build/target/extracted/spring-boot-loader/ ./
COPY --from=extract build/target/extracted/application/ ./
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
`;
rewrites(
  "layers of Spring Boot, which come to stand among the files of the system",
  "distroless",
  `${EXTRACT}FROM eclipse-temurin:21-jre-jammy
RUN useradd --no-create-home tide
USER tide
${LAYERS}#- pom.xml
<project><artifactId>app</artifactId></project>
#- mvnw
`,
  `${EXTRACT}FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /
USER nonroot
${LAYERS}`,
);

const CARGO = `ARG APP_NAME=tide
FROM rust:1.85-slim-bullseye AS build
ARG APP_NAME
WORKDIR /app
RUN --mount=type=bind,source=src,target=src \\
    --mount=type=bind,source=Cargo.toml,target=Cargo.toml \\
    --mount=type=cache,target=/app/target/ <<EOF
set -e
cargo build --release
cp ./target/release/$APP_NAME /bin/server
EOF
`;
rewrites(
  "sources that are mounted, and a target folder that is a cache",
  "distroless",
  `${CARGO}FROM debian:bullseye-slim AS final
RUN useradd app
USER app
COPY --from=build /bin/server /bin/
CMD ["/bin/server"]
#- Cargo.toml
[package]
name = "tide"
version = "0.1.0"
#- src/main.rs
fn main() { println!("ebb"); }
`,
  `${CARGO}FROM gcr.io/distroless/cc-debian13:nonroot AS final
WORKDIR /
USER nonroot
COPY --from=build /bin/server /bin/
CMD ["/bin/server"]
`,
);
