import { testRecipe } from "../../kit/rule";

const { refuses } = testRecipe("slim-final-stage");

const BUILD = `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q package`;
const FOLDER = `#- pom.xml
<project><artifactId>tide</artifactId><version>1</version></project>
#- src/main/java/Tide.java
public class Tide { public static void main(String[] args) { System.out.println("ebb"); } }`;
/** A final stage that starts an archive of the build. */
const on = (base: string, start: string) => `${BUILD}

FROM ${base}
WORKDIR /app
COPY --from=build /src/target/tide-1.jar app.jar
CMD ${start}
${FOLDER}`;

refuses(
  "a runtime of the same kind is no smaller one",
  "slim",
  on("eclipse-temurin:21.0.5_11-jre-jammy", '["java", "-jar", "app.jar"]'),
  /already/,
);
refuses(
  "from distroless there is no way back to a system",
  "slim",
  on("gcr.io/distroless/java21-debian13", '["app.jar"]'),
  /already/,
);

const NODE = `#- package.json
{ "name": "tide", "scripts": { "start": "node server.js" } }
#- server.js
require("node:http").createServer((_, answer) => answer.end("ebb")).listen(3000);`;

refuses(
  "a base that is a stage has packages and files of its own",
  "distroless",
  `FROM node:24 AS base
RUN apt-get update && apt-get install -y ffmpeg
FROM base AS build
WORKDIR /app
COPY . .
RUN npm install
FROM base
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "server.js"]
${NODE}`,
  /^The final stage stands on another stage, whose files/,
);

const GO = `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /tide .
FROM debian:trixie-slim
COPY --from=build /tide /tide
CMD ["/tide"]
#- go.mod
module tide
#- main.go
package main
func main() { println("ebb") }`;

refuses(
  "a program that needs no runtime has no slim image",
  "slim",
  GO,
  "No final image of slim is known for this program.",
);
