import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("unknown-image");
const ELEVEN = "Java 17, 21 and 25 on Debian 13 are what there is. They run bytecode of Java 11: try it.";

finds(
  "a name that was never published",
  `
  FROM maven:3.8.5-openjdk-17 AS build
  FROM openjdk:17-jre-slim
  #    ^^^^^^^^^^^^^^^^^^^ openjdk:17-jre-slim was never published. openjdk had a JRE for Java 8 and 11 alone, and no version of it is built any more. Instead: eclipse-temurin with the same version and -jre, or gcr.io/distroless/java17-debian13 (java21, java25).
  COPY --from=build /app/target/myapp.jar /app/myapp.jar
`,
);

finds(
  "names that were dropped",
  `
  FROM gcr.io/distroless/java:11
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^ gcr.io/distroless/java:11 was dropped in 2022. ${ELEVEN} Instead: gcr.io/distroless/java17-debian13.
`,
);

finds(
  "a stage that the shipped one copies from",
  `
  FROM gcr.io/distroless/java11 AS jre
  #    ^^^^^^^^^^^^^^^^^^^^^^^^ gcr.io/distroless/java11 was dropped in 2024. ${ELEVEN} Instead: gcr.io/distroless/java17-debian13.
  FROM scratch
  COPY --from=jre /usr/lib/jvm /usr/lib/jvm
`,
);

ignores("a stage that no build runs", "FROM openjdk:17-jre-slim AS unused\nFROM scratch\n");
ignores("a name that nobody knows", "FROM example.com/never/heard:1\n");
ignores("a name that says which release is over", "FROM gcr.io/distroless/base-debian11\n");
ignores("what is published", "FROM gcr.io/distroless/java17-debian13\n");
ignores("a base that a variable hides", "ARG BASE\nFROM $BASE\n");

test("unknown-image is an error where the build stops, and a warning where it may not", () => {
  const severity = (image: string) =>
    new Analysis(`FROM ${image}\n`).findings.find(({ rule }) => rule.id === "unknown-image")?.severity;
  expect(severity("openjdk:17-jre-slim")).toBe("error");
  expect(severity("gcr.io/distroless/java:11")).toBe("warning");
});
