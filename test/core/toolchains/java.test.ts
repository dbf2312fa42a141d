import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs on the JVM, built in the stage that ships them. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const pom = (inside = "", more = "") => `#- pom.xml
<project><artifactId>hello</artifactId><version>1.0</version>${more}<build><finalName>hello</finalName>${inside}</build></project>`;
const SOURCE = `#- src/main/java/Hello.java
class Hello { public static void main(String[] args) { System.out.println("hello"); } }`;
const dependency = (artifact: string) =>
  `<dependencies><dependency><groupId>g</groupId><artifactId>${artifact}</artifactId></dependency></dependencies>`;
const plugin = (artifact: string, inside = "") =>
  `<plugins><plugin><artifactId>${artifact}</artifactId>${inside}</plugin></plugins>`;
const goal = (name: string) => `<executions><execution><goals><goal>${name}</goal></goals></execution></executions>`;

/** A program of Maven; what stands between the build and the start, and the files of the folder. */
const maven = (start: string, files = `${pom()}\n${SOURCE}`, base = "maven:3.9-eclipse-temurin-21", between = "") =>
  `FROM ${base}
WORKDIR /app
COPY . .
RUN mvn -q package
${between}${start}
${files}`;
const built = (final: string, base = "maven:3.9-eclipse-temurin-21", between = "") => `FROM ${base} AS build
WORKDIR /app
COPY . .
RUN mvn -q package
${between}
${final}`;
const java21 = (lines: string, base?: string, between?: string) =>
  built(`FROM gcr.io/distroless/java21-debian13:nonroot\nWORKDIR /app\n${lines}\n`, base, between);
const START = 'CMD ["java", "-jar", "target/hello.jar"]';
const JAR = "COPY --from=build /app/target/hello.jar /app/target/hello.jar";

rewrites(
  "one jar: the image starts it by its own entrypoint",
  "distroless",
  maven('CMD ["java", "-jar", "target/hello.jar"]'),
  java21(`${JAR}\nCMD ["target/hello.jar"]`),
);
rewrites(
  "an ENTRYPOINT of java stays as it is",
  "distroless",
  maven('ENTRYPOINT ["java", "-Xmx64m", "-jar", "/app/target/hello.jar"]\nCMD ["--port=80"]'),
  java21(`${JAR}\nENTRYPOINT ["java", "-Xmx64m", "-jar", "/app/target/hello.jar"]\nCMD ["--port=80"]`),
);
rewrites(
  "flags of the JVM in CMD take an ENTRYPOINT without -jar",
  "distroless",
  maven('CMD ["java", "-Xmx64m", "-jar", "target/hello.jar", "serve"]'),
  java21(`${JAR}\nENTRYPOINT ["/usr/bin/java"]\nCMD ["-Xmx64m", "-jar", "target/hello.jar", "serve"]`),
);
rewrites(
  "flags between -jar and the archive",
  "distroless",
  maven('CMD ["java", "-jar", "-Dx=y", "target/hello.jar"]'),
  java21(`${JAR}\nENTRYPOINT ["/usr/bin/java"]\nCMD ["-jar", "-Dx=y", "target/hello.jar"]`),
);
rewrites(
  "a shell form of plain words",
  "distroless",
  maven("CMD java -jar target/hello.jar"),
  java21(`${JAR}\nCMD ["target/hello.jar"]`),
);
rewrites(
  "the place of Java in the author's image is not that of the final one",
  "distroless",
  maven('ENTRYPOINT ["/opt/java/openjdk/bin/java", "-jar", "target/hello.jar"]'),
  java21(`${JAR}\nENTRYPOINT ["/usr/bin/java", "-jar", "target/hello.jar"]`),
);
rewrites(
  "the archive moves",
  "distroless",
  maven('CMD ["java", "-jar", "/srv/app.jar"]', undefined, undefined, "RUN cp target/*.jar /srv/app.jar\n"),
  java21(
    'COPY --from=build /srv/app.jar /srv/app.jar\nCMD ["/srv/app.jar"]',
    undefined,
    "RUN cp target/*.jar /srv/app.jar\n",
  ),
);
rewrites(
  "variables of Maven stay behind, those of the program come along",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    undefined,
    undefined,
    "ENV MAVEN_OPTS=-Xmx1g JAVA_HOME=/opt/java/openjdk JAVA_TOOL_OPTIONS=-Xss1m\n",
  ),
  java21(
    `${JAR}\nENV JAVA_TOOL_OPTIONS=-Xss1m\nCMD ["target/hello.jar"]`,
    undefined,
    "ENV MAVEN_OPTS=-Xmx1g JAVA_HOME=/opt/java/openjdk JAVA_TOOL_OPTIONS=-Xss1m\n",
  ),
);
rewrites(
  "files of the folder that are no sources come along, what is for people and builds does not",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    `${pom()}\n${SOURCE}\n#- service.yml\na: b\n#- conf/log.xml\n<x/>\n#- README.md\nhello\n#- .gitignore\ntarget\n#- mvnw\n#!/bin/sh\n#- docker-compose.yml\nservices: {}`,
  ),
  java21(`${JAR}
COPY --from=build /app/service.yml /app/service.yml
COPY --from=build /app/conf /app/conf
CMD ["target/hello.jar"]`),
);
rewrites(
  "a file among the sources that the program reads",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    `${pom()}\n#- src/main/java/Hello.java\nclass Hello { Object o = new java.io.File("src/main/resources/words.txt"); }\n#- src/main/resources/words.txt\na`,
  ),
  java21(`${JAR}
COPY --from=build /app/src/main/resources/words.txt /app/src/main/resources/words.txt
CMD ["target/hello.jar"]`),
);
rewrites(
  "a class path: its jars and folders",
  "distroless",
  maven('CMD ["java", "-cp", "target/classes:lib/*", "Hello"]', `${pom()}\n${SOURCE}\n#- lib/a.jar\nx`),
  java21(`COPY --from=build /app/target/classes /app/target/classes
COPY --from=build /app/lib /app/lib
ENTRYPOINT ["/usr/bin/java"]
CMD ["-cp", "target/classes:lib/*", "Hello"]`),
);
rewrites(
  "libraries that the pom puts beside the jar",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    `${pom(plugin("maven-dependency-plugin", `${goal("copy-dependencies")}<configuration><outputDirectory>\${project.build.directory}/lib</outputDirectory></configuration>`), dependency("gson"))}\n${SOURCE}`,
  ),
  java21(`${JAR}
COPY --from=build /app/target/lib /app/target/lib
CMD ["target/hello.jar"]`),
);
for (const [name, files] of [
  ["a shaded jar", pom(plugin("maven-shade-plugin", goal("shade")), dependency("gson"))],
  [
    "a jar of Spring Boot",
    pom(
      plugin("spring-boot-maven-plugin"),
      `<parent><artifactId>spring-boot-starter-parent</artifactId><version>3.5.7</version><relativePath/></parent>${dependency("spring-boot-starter-web")}`,
    ),
  ],
] as const)
  rewrites(
    `${name} has its libraries in it`,
    "distroless",
    maven('CMD ["java", "-jar", "target/hello.jar"]', `${files}\n${SOURCE}`),
    java21(`${JAR}\nCMD ["target/hello.jar"]`),
  );
for (const [name, files] of [
  ["libraries that nobody packs", pom("", dependency("gson"))],
  ["a parent that is elsewhere", pom("", "<parent><artifactId>corporate</artifactId><version>1</version></parent>")],
  [
    "a shaded jar of another name",
    pom(
      plugin("maven-shade-plugin", `${goal("shade")}<configuration><finalName>x</finalName></configuration>`),
      dependency("gson"),
    ),
  ],
] as const)
  rewrites(
    `${name}: what stands beside the jar comes along`,
    "distroless",
    maven('CMD ["java", "-jar", "target/hello.jar"]', `${files}\n${SOURCE}`),
    java21('COPY --from=build /app/target /app/target\nCMD ["target/hello.jar"]'),
  );
rewrites(
  "a module of several",
  "distroless",
  maven(
    'CMD ["java", "-jar", "web/target/web-1.0.jar"]',
    `#- pom.xml
<project><artifactId>all</artifactId><version>1.0</version><packaging>pom</packaging><modules><module>web</module></modules></project>
#- web/pom.xml
<project><parent><artifactId>all</artifactId><version>1.0</version></parent><artifactId>web</artifactId></project>
#- web/src/main/java/Web.java
class Web {}`,
  ),
  java21(`COPY --from=build /app/web/target/web-1.0.jar /app/web/target/web-1.0.jar
CMD ["web/target/web-1.0.jar"]`),
);
rewrites(
  "a program that writes beside itself gets its folder",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    `${pom()}\n#- src/main/java/Hello.java\nclass Hello { void save(String name) throws Exception { new java.io.FileWriter(name); } }`,
  ),
  java21('COPY --from=build --chown=65532:65532 /app /app\nCMD ["target/hello.jar"]')
    .replace(
      "WORKDIR /app\nCOPY --from=build --chown=65532:65532 /app /app\n",
      "COPY --from=build --chown=65532:65532 /app /app\nWORKDIR /app\n",
    )
    .replace("\n\nFROM", "\n\nRUN rm -rf src\n\nFROM"),
);
rewrites(
  "a database in a folder of its own",
  "distroless",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    `${pom()}\n${SOURCE}\n#- src/main/resources/application.properties\nspring.datasource.url=jdbc:h2:./data/shop`,
  ),
  built(
    `FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /app
${JAR}
COPY --from=build --chown=65532:65532 /app/data /app/data
CMD ["target/hello.jar"]
`,
    undefined,
    "\nRUN mkdir -p /app/data\n",
  ),
);
rewrites(
  "classes of javac",
  "distroless",
  `FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY . .
RUN javac -d out src/*.java
CMD ["java", "-cp", "out", "Hello"]
#- src/Hello.java
class Hello {}`,
  `FROM eclipse-temurin:21-jdk AS build
WORKDIR /app
COPY . .
RUN javac -d out src/*.java

FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /app
COPY --from=build /app/out /app/out
ENTRYPOINT ["/usr/bin/java"]
CMD ["-cp", "out", "Hello"]
`,
);
rewrites(
  "Gradle: the folder of its archives",
  "distroless",
  `FROM gradle:8-jdk21
WORKDIR /src
COPY . .
RUN gradle build --no-daemon
CMD ["java", "-jar", "build/libs/hello.jar"]
#- build.gradle
plugins { id 'java' }
#- settings.gradle
rootProject.name = "hello"
${SOURCE}`,
  `FROM gradle:8-jdk21 AS build
WORKDIR /src
COPY . .
RUN gradle build --no-daemon

FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /src
COPY --from=build /src/build/libs /src/build/libs
CMD ["build/libs/hello.jar"]
`,
);
rewrites(
  "without a folder all of the project comes along",
  "distroless",
  `FROM maven:3.9-eclipse-temurin-21
WORKDIR /app
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/hello.jar"]`,
  `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn package

RUN rm -rf src

FROM gcr.io/distroless/java21-debian13
WORKDIR /app
COPY --from=build /app /app
CMD ["target/hello.jar"]
`,
);
rewrites(
  "a step whose files are not known: all of the project",
  "distroless",
  maven(START, undefined, undefined, "RUN touch started.txt\n"),
  java21(
    'COPY --from=build /app /app\nCMD ["target/hello.jar"]',
    undefined,
    "RUN touch started.txt\n\nRUN rm -rf src\n",
  ),
);

const JLINK = "--no-man-pages --no-header-files";
rewrites(
  "a runtime of the modules that jdeps finds",
  "jlink",
  maven('CMD ["java", "-jar", "target/hello.jar"]'),
  built(
    `FROM gcr.io/distroless/java-base-debian13:nonroot
WORKDIR /app
COPY --from=build /jre /jre
${JAR}
ENTRYPOINT ["/jre/bin/java", "-jar"]
CMD ["target/hello.jar"]
`,
    undefined,
    `
RUN jlink --add-modules "$(jdeps --multi-release 21 --ignore-missing-deps --print-module-deps target/hello.jar),jdk.crypto.ec" --strip-java-debug-attributes ${JLINK} --compress=zip-6 --output /jre
`,
  ),
);
test("an agent that a variable names may want other modules than jdeps finds", () => {
  const source = maven(START).replace("WORKDIR", "ENV JAVA_TOOL_OPTIONS=-javaagent:/opt/otel.jar\nWORKDIR");
  expect(() => offer(source, "jlink")).toThrow(/-javaagent:\/opt\/otel\.jar may want modules/);
});

test("an older jlink knows other words", () => {
  const start = 'ENTRYPOINT ["java", "-jar", "target/hello.jar"]';
  const text = offer(maven(start, undefined, "maven:3.9-eclipse-temurin-11"), "jlink")
    .change()
    .edits.map((edit) => edit.text)
    .join("");
  expect(text).toContain("jdeps --multi-release 11 --print-module-deps target/hello.jar");
  expect(text).toContain(`--strip-debug ${JLINK} --compress=2`);
  expect(text).toContain('ENTRYPOINT ["/jre/bin/java", "-jar", "target/hello.jar"]');
});
refuses(
  "libraries, which ask for modules by reflection",
  "jlink",
  maven(START, `${pom("", dependency("gson"))}\n${SOURCE}`),
  /not seen by jdeps/,
);
refuses(
  "a program that draws",
  "jlink",
  maven(START, `${pom()}\n#- src/main/java/Hello.java\nimport java.awt.Font;\nclass Hello {}`),
  /uses java\.awt in src\/main\/java\/Hello\.java/,
);
refuses(
  "a JDK that musl runs",
  "jlink",
  maven('CMD ["java", "-jar", "target/hello.jar"]', undefined, "maven:3.9-eclipse-temurin-21-alpine"),
  /glibc/,
);

rewrites(
  "slim: Temurin's runtime of the same version, and the author's start",
  "slim",
  maven("CMD java -jar target/hello.jar"),
  built(`FROM eclipse-temurin:21-jre\nWORKDIR /app\n${JAR}\nCMD java -jar target/hello.jar\n`),
);
rewrites(
  "slim: words that need a shell",
  "slim",
  maven("CMD java $OPTS -jar target/hello.jar"),
  built(
    `FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app /app\nCMD java $OPTS -jar target/hello.jar\n`,
    undefined,
    "\nRUN rm -rf src\n",
  ),
);
rewrites(
  "slim: the system of the build where its packages are wanted",
  "slim",
  maven(
    'CMD ["java", "-jar", "target/hello.jar"]',
    undefined,
    undefined,
    "RUN apt-get update && apt-get install -y ffmpeg\n",
  ),
  built(
    `FROM eclipse-temurin:21-jre-noble
RUN apt-get update \\
 && apt-get install -y ffmpeg \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
${JAR}
CMD ["java", "-jar", "target/hello.jar"]
`,
    undefined,
    "RUN apt-get update && apt-get install -y ffmpeg\n",
  ),
);
refuses(
  "packages of another system",
  "slim",
  `FROM openjdk:17-slim
WORKDIR /app
RUN apt-get update && apt-get install -y libvips42
COPY . .
RUN javac Hello.java
CMD ["java", "Hello"]
#- Hello.java
class Hello {}`,
  /another name on Ubuntu/,
);
test("Java 11: slim keeps it, distroless is an upgrade that says so", () => {
  const text = maven('CMD ["java", "-jar", "target/hello.jar"]', undefined, "maven:3.9-eclipse-temurin-11");
  const upgrade = offer(text, "distroless");
  expect(upgrade.title).toMatch(/^Build in its own stage, ship on distroless java17, an upgrade of Java 11/);
  expect(upgrade.preferred).toBe(false);
  expect(upgrade.assumes.join(" ")).toContain("it should be tried");
  const same = offer(text, "slim");
  expect(same.title).toContain("eclipse-temurin:11-jre");
  expect(same.preferred).toBe(true);
});
test("a version without long-term support moves to the next that has it", () => {
  const text = maven('CMD ["java", "-jar", "target/hello.jar"]', undefined, "openjdk:18-slim");
  expect(offer(text, "distroless").title).toContain("java21, an upgrade of Java 18");
});
test("the packages of a system say which Java it has", () => {
  const text = `FROM debian:bookworm
RUN apt-get update && apt-get install -y openjdk-17-jdk-headless maven
WORKDIR /app
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/hello.jar"]
${pom()}
${SOURCE}`;
  expect(offer(text, "distroless").title).toContain("distroless java17");
});

const gone = `${pom()}\n#- src/main/java/Hello.java\nimport javax.xml.bind.JAXB;\nclass Hello {}`;
const JAVA_8 = "maven:3.9-eclipse-temurin-8";
refuses("what Java 11 has no more", "distroless", maven(START, gone, JAVA_8), /has no javax\.xml\.bind in src/);
refuses(
  "a flag that other versions may not know",
  "distroless",
  maven(
    'CMD ["java", "-XX:+UseConcMarkSweepGC", "-jar", "target/hello.jar"]',
    undefined,
    "maven:3.9-eclipse-temurin-11",
  ),
  /may not know -XX:\+UseConcMarkSweepGC; a slim image of Java 11/,
);
refuses(
  "Java 8 whose sources were not seen",
  "distroless",
  `FROM ${JAVA_8}\nWORKDIR /app\nCOPY . .\nRUN mvn package\n${START}`,
  /its sources were not seen/,
);
refuses(
  "a program that starts others",
  "distroless",
  maven(
    START,
    `${pom()}\n#- src/main/java/Hello.java\nclass Hello { Object p = new ProcessBuilder("convert", "a.png"); }`,
  ),
  "The program starts other programs (ProcessBuilder in src/main/java/Hello.java), and distroless has none; a slim image has those of its system.",
);
refuses(
  "a program that compiles",
  "slim",
  maven(START, `${pom()}\n#- src/main/java/Hello.java\nimport javax.tools.ToolProvider;\nclass Hello {}`),
  /which only a JDK has/,
);
refuses(
  "a source that is compiled at each start",
  "distroless",
  'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nCMD ["java", "Hello.java"]',
  /compiles the program at each start/,
);
for (const [name, start, reason] of [
  ["Maven", '["mvn", "spring-boot:run"]', /`mvn spring-boot:run` builds and starts the program each time/],
  ["a wrapper", '["./gradlew", "bootRun"]', /gradle bootJar/],
  ["an init", '["tini", "--", "java", "-jar", "target/hello.jar"]', /tini starts the program, and distroless has none/],
  ["a variable", "java $JAVA_OPTS -jar target/hello.jar", /Java reads options from JAVA_TOOL_OPTIONS by itself/],
  ["a pattern in exec form", '["java", "-jar", "target/*.jar"]', /Nothing expands target\/\*\.jar in exec form/],
  [
    "a prepared archive",
    '["java", "-XX:SharedArchiveFile=a.jsa", "-jar", "target/hello.jar"]',
    /very Java that made it/,
  ],
  ["another name than the pom's", '["java", "-jar", "target/other.jar"]', /which no step makes/],
] as const)
  refuses(name, "distroless", maven(`CMD ${start}`), reason);
refuses(
  "a war that wants a container",
  "distroless",
  maven('CMD ["java", "-jar", "target/hello.war"]', `${pom("", "<packaging>war</packaging>")}\n${SOURCE}`),
  /A war runs in a container of servlets/,
);
refuses(
  "the script that Gradle makes",
  "distroless",
  `FROM gradle:8-jdk21
WORKDIR /src
COPY . .
RUN gradle installDist
CMD ["build/install/hello/bin/hello"]
#- build.gradle
plugins { id 'application' }
${SOURCE}`,
  /start script that Gradle makes needs a shell/,
);
refuses(
  "a Java that changes under its tag",
  "distroless",
  maven(START, undefined, "maven:3"),
  /names no version of Java/,
);
refuses(
  "an image that is not known",
  "slim",
  maven(START, undefined, "example.com/jdk"),
  /entrypoint that starts the program: it is not known/,
);
refuses("chainguard's Java, which moves on", "chainguard", maven(START), /has Java 26 and moves on/);
