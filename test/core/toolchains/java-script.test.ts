import { expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRecipe } from "../../kit/rule";

/** Programs on the JVM that a script of the shell starts. */
const { refuses, offer } = testRecipe("split-build-stage");

const app = (script: string, { run = "", from = "maven:3.9-eclipse-temurin-21" } = {}) => `FROM ${from}
WORKDIR /app
COPY . .
RUN ${run}mvn package
ENTRYPOINT ["./start.sh"]
CMD ["java", "-jar", "target/tide-1.0.jar"]
#- start.sh
#!/bin/sh
${script}
#- pom.xml
<project><artifactId>tide</artifactId><version>1.0</version></project>
#- src/main/java/Main.java
class Main { public static void main(String[] args) {} }
`;

function finalStage(source: string): readonly string[] {
  const lines = applyEdits(fixture(source).text, offer(source, "slim").change().edits).trimEnd().split("\n");
  return lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
}

test("the folder comes along with the script, and what that waits with is installed", () => {
  const run = "apt-get update && apt-get install -y netcat-openbsd && ";
  expect(finalStage(app('while ! nc -z db 5432; do sleep 1; done\nexec "$@"', { run }))).toEqual([
    "FROM eclipse-temurin:21-jre-noble",
    "RUN apt-get update \\",
    " && apt-get install -y netcat-openbsd \\",
    " && rm -rf /var/lib/apt/lists/*",
    "WORKDIR /app",
    "COPY --from=build /app /app",
    'ENTRYPOINT ["./start.sh"]',
    'CMD ["java", "-jar", "target/tide-1.0.jar"]',
  ]);
});

test("so does one that names java itself", () => {
  expect(finalStage(app("set -e\nexec java -jar target/tide-1.0.jar")).slice(0, 3)).toEqual([
    "FROM eclipse-temurin:21-jre",
    "WORKDIR /app",
    "COPY --from=build /app /app",
  ]);
});

refuses("on distroless", "distroless", app('exec "$@"'), /start\.sh is a script of the shell/);
refuses(
  "one that calls what nobody is seen to install",
  "slim",
  app('wait-for-it db:5432\nexec "$@"'),
  /The script that starts the program calls wait-for-it, which eclipse-temurin:21-jre may not have/,
);
refuses(
  "one that calls what only a JDK has",
  "slim",
  app('jps\nexec "$@"', { from: "eclipse-temurin:21-jdk" }),
  /calls jps/,
);
refuses(
  "one that reads a file among the sources",
  "slim",
  app('cat src/main/resources/banner.txt\nexec "$@"'),
  /reads .* among its own sources/,
);

refuses(
  "a class without a name",
  "slim",
  'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", ""]',
  /./,
);
