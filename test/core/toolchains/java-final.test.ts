import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRecipe } from "../../kit/rule";

/** Java in the final stage of several, or in one that only copies. */
const { rewrites, refuses, offer } = testRecipe("slim-final-stage");

// The rows 15 to 18 of what tutorials teach: see test/cases.
for (const base of ["gcr.io/distroless/java:11", "gcr.io/distroless/java11"])
  test(`${base} is gone: Java 17 is an upgrade that says so, slim keeps Java 11`, () => {
    const text = `FROM ${base}\nCOPY your-java-app.jar /app.jar\nENTRYPOINT ["java","-jar","/app.jar"]`;
    const upgrade = offer(text, "distroless");
    expect(upgrade.title).toMatch(/^Ship on distroless java17, an upgrade of Java 11/);
    expect(upgrade.assumes.join(" ")).toMatch(/Java 17 runs classes .* Java 11.*should be tried/);
    expect(upgrade.preferred).toBe(false);
    expect(offer(text, "slim").title).toContain("eclipse-temurin:11-jre");
  });
rewrites(
  "a CMD without java -jar is right on distroless, and stays so",
  "distroless",
  `FROM maven:3.8.4-openjdk-11 AS builder
WORKDIR /app
COPY . .
RUN mvn clean package
FROM gcr.io/distroless/java11-debian10
COPY --from=builder /app/target/myapp.jar .
CMD ["myapp.jar"]`,
  `FROM maven:3.8.4-openjdk-11 AS builder
WORKDIR /app
COPY . .
RUN mvn clean package
FROM gcr.io/distroless/java17-debian13
COPY --from=builder /app/target/myapp.jar .
CMD ["myapp.jar"]
`,
);
rewrites(
  "on distroless the CMD loses java -jar, for the entrypoint has it",
  "distroless",
  `FROM maven:3.8.5-openjdk-17 AS build
WORKDIR /app
COPY . .
RUN mvn clean package
FROM openjdk:17-jre-slim
COPY --from=build /app/target/myapp.jar /app/myapp.jar
CMD ["java","-jar","/app/myapp.jar"]`,
  `FROM maven:3.8.5-openjdk-17 AS build
WORKDIR /app
COPY . .
RUN mvn clean package
FROM gcr.io/distroless/java17-debian13
COPY --from=build /app/target/myapp.jar /app/myapp.jar
CMD ["/app/myapp.jar"]
`,
);
rewrites(
  "slim instead of a name that was never published",
  "slim",
  `FROM openjdk:17-jre-slim
COPY app.jar /app/myapp.jar
CMD ["java","-jar","/app/myapp.jar"]`,
  `FROM eclipse-temurin:17-jre
COPY app.jar /app/myapp.jar
CMD ["java","-jar","/app/myapp.jar"]
`,
);
rewrites(
  "Temurin's runtime becomes distroless, with a file beside the jar",
  "distroless",
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn -q package
FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/*.jar app.jar
COPY application.properties .
ENTRYPOINT ["java", "-jar", "app.jar"]
#- pom.xml
<project><artifactId>hello</artifactId><version>1.0</version></project>
#- application.properties
a=b
#- src/main/java/Hello.java
class Hello {}`,
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn -q package
FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /app
COPY --from=build /app/target/*.jar app.jar
COPY application.properties .
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
);

const template = `FROM openjdk:8-jdk-alpine
VOLUME /tmp
ARG JAVA_OPTS
ENV JAVA_OPTS=$JAVA_OPTS
COPY app.jar app.jar
EXPOSE 3000
ENTRYPOINT exec java $JAVA_OPTS -jar app.jar`;
refuses(
  "what an editor writes for Java: options from a variable",
  "distroless",
  template,
  "ENTRYPOINT expands a variable, which needs a shell; distroless and scratch have none. Java reads options from JAVA_TOOL_OPTIONS by itself; a slim image has a shell.",
);
rewrites(
  "what an editor writes for Java: a runtime of the same version and system",
  "slim",
  template,
  `${template.replace("openjdk:8-jdk-alpine", "eclipse-temurin:8-jre-alpine")}\n`,
);
refuses(
  "a war on Tomcat",
  "distroless",
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn package
FROM tomcat:11-jdk21
COPY --from=build /app/target/shop.war /usr/local/tomcat/webapps/ROOT.war`,
  /tomcat, the server of its base, which no distroless image has; a war runs in it/,
);
refuses(
  "a runtime that gets fixes: another is no gain",
  "slim",
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn package
FROM gcr.io/distroless/java21-debian13
COPY --from=build /app/target/x.jar /x.jar
CMD ["/x.jar"]`,
  "The program stands on a runtime of its Java already, with no compiler beside it.",
);
refuses(
  "a script that starts it",
  "distroless",
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn package
FROM eclipse-temurin:21-jre
COPY --from=build /app/target/x.jar /x.jar
COPY start.sh /
ENTRYPOINT ["/start.sh"]`,
  /starts the shell script \/start\.sh, which distroless and scratch cannot run; a slim system can/,
);

test("packages keep their names beside a JRE that is made on the system of the JDK", () => {
  const text = `FROM eclipse-temurin:21-jdk
RUN apt-get update && apt-get install -y maven fontconfig
WORKDIR /app
COPY pom.xml .
COPY src src
RUN mvn package
CMD ["java", "-jar", "target/tide-1.0.jar"]
#- pom.xml
<project><artifactId>tide</artifactId><version>1.0</version></project>
#- src/main/java/Main.java
class Main { public static void main(String[] args) {} }`;
  const { offer } = testRecipe("split-build-stage");
  const { edits } = offer(text, "slim").change();
  expect(edits.map(({ text }) => text).join("")).toMatch(
    /FROM eclipse-temurin:21-jre\nRUN apt-get update \\\n && apt-get install -y fontconfig/,
  );
});

describe("programs that a program of Java starts", () => {
  const source = (code: string, base = "maven:3.9-eclipse-temurin-21") => `FROM ${base}
WORKDIR /app
COPY . .
RUN javac Tide.java
CMD ["java", "Tide"]
#- Tide.java
class Tide { public static void main(String[] args) throws Exception { ${code} } }
`;
  const refusing = testRecipe("split-build-stage");
  test("are installed where the slim image may lack them", () => {
    const text = applyEdits(
      fixture(source('new ProcessBuilder("git", "log").start();')).text,
      refusing.offer(source('new ProcessBuilder("git", "log").start();'), "slim").change().edits,
    );
    expect(text).toContain("apt-get install -y --no-install-recommends ca-certificates git openssh-client");
  });
  test("are there where the images are of one kind", () => {
    const twin = source("new ProcessBuilder(args).start();", "eclipse-temurin:21-jdk");
    expect(applyEdits(fixture(twin).text, refusing.offer(twin, "slim").change().edits)).not.toContain("apt-get");
  });
  refusing.refuses(
    "cannot be told by a name that is no string",
    "slim",
    source("new ProcessBuilder(args).start();"),
    /which ones cannot be told: maven may have them, and eclipse-temurin:21-jre not/,
  );
});
