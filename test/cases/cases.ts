import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The Dockerfiles that people learn multi-stage builds and distroless images from, by their number. */
export interface Case {
  readonly number: number;
  readonly dockerfile: string;
}

export const CALCULATOR = readFileSync(join(import.meta.dirname, "../../examples/calculator/calculator.go"), "utf8");
export const GO_MOD = "module example.com/calculator\n\ngo 1.16\n";

const APT = "RUN apt-get update && apt-get install -y";

export const CASES: readonly Case[] = [
  {
    number: 1,
    dockerfile: `FROM golang:1.17
WORKDIR /app
COPY calculator.go .
RUN go build -o calculator .
CMD ["/app/calculator"]
`,
  },
  {
    number: 2,
    dockerfile: `FROM ubuntu:latest
WORKDIR /app
${APT} golang
COPY calculator.go .
RUN go build -o calculator calculator.go
CMD ["./calculator"]
`,
  },
  { number: 3, dockerfile: readFileSync(join(import.meta.dirname, "../../examples/calculator/Dockerfile"), "utf8") },
  {
    number: 4,
    dockerfile: `FROM ubuntu:latest
${APT} golang
ENV GO111MODULE=on
COPY calculator.go /app/
RUN go build -o calculator /app/calculator.go
ENTRYPOINT ["/app/calculator"]
`,
  },
  {
    number: 5,
    dockerfile: `FROM ubuntu AS build
${APT} golang
COPY calculator.go /app/calculator.go
WORKDIR /app
RUN go build -o calculator calculator.go
ENTRYPOINT ["./calculator"]
`,
  },
  {
    number: 6,
    dockerfile: `FROM ubuntu:22.04
${APT} curl
CMD ["bash"]
`,
  },
  {
    number: 7,
    dockerfile: `FROM golang:1.16 AS build
WORKDIR /app
COPY go.mod ./
COPY . .
RUN go build -o calculator .

FROM gcr.io/distroless/base
WORKDIR /app
COPY --from=build /app/calculator .
ENTRYPOINT ["./calculator"]
`,
  },
  {
    number: 8,
    dockerfile: `FROM golang:1.21 AS builder
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /calculator .

FROM gcr.io/distroless/base-debian11
COPY --from=builder /calculator /calculator
ENTRYPOINT ["/calculator"]
`,
  },
  {
    number: 9,
    dockerfile: `FROM golang:1.16 AS builder
COPY . .
RUN go build -o calculator .

FROM scratch
COPY --from=builder /app/calculator /app/calculator
WORKDIR /app
CMD ["/app/calculator"]
`,
  },
  {
    number: 10,
    dockerfile: `FROM ubuntu AS builder
${APT} golang
COPY calculator.go /app/
RUN go build -o calculator /app/calculator.go

FROM scratch
COPY --from=builder /app/calculator /calculator
ENTRYPOINT ["/calculator"]
`,
  },
  {
    number: 11,
    dockerfile: `FROM ubuntu AS build
${APT} golang
COPY calculator.go /app/calculator.go
WORKDIR /app
RUN go build -o calculator calculator.go

FROM scratch
COPY --from=build /app/calculator /calculator
ENTRYPOINT ["/calculator"]
`,
  },
  {
    number: 12,
    dockerfile: `FROM golang:1.16 as builder
WORKDIR /app
COPY go.mod ./
COPY . .
RUN go build -o myapp .

FROM alpine:latest
WORKDIR /root/
COPY --from=builder /app/myapp .
CMD ["./myapp"]
`,
  },
  {
    number: 13,
    dockerfile: `FROM golang:1.18 as builder
WORKDIR /app
COPY go.mod ./
COPY . .
RUN go build -o myapp .

FROM gcr.io/distroless/base
COPY --from=builder /app/myapp /
CMD ["/myapp"]
`,
  },
  {
    number: 14,
    dockerfile: `FROM gcr.io/distroless/base
COPY myapp /myapp
CMD ["/myapp"]
`,
  },
  {
    number: 15,
    dockerfile:
      'FROM gcr.io/distroless/java:11\nCOPY your-java-app.jar /app.jar\nENTRYPOINT ["java","-jar","/app.jar"]\n',
  },
  {
    number: 16,
    dockerfile:
      'FROM gcr.io/distroless/java11\nCOPY your-java-app.jar /app.jar\nENTRYPOINT ["java","-jar","/app.jar"]\n',
  },
  {
    number: 17,
    dockerfile: `FROM maven:3.8.4-openjdk-11 AS builder
WORKDIR /app
COPY . .
RUN mvn clean package

FROM gcr.io/distroless/java11-debian10
COPY --from=builder /app/target/myapp.jar .
CMD ["myapp.jar"]
`,
  },
  {
    number: 18,
    dockerfile: `FROM maven:3.8.5-openjdk-17 AS build
WORKDIR /app
COPY . .
RUN mvn clean package

FROM openjdk:17-jre-slim
COPY --from=build /app/target/myapp.jar /app/myapp.jar
CMD ["java","-jar","/app/myapp.jar"]
`,
  },
  {
    number: 19,
    dockerfile: `FROM node:20 AS build
WORKDIR /app
COPY package*.json ./
RUN npm install
COPY . .
RUN npm run build

FROM node:20-slim
COPY --from=build /app/build /app/build
CMD ["node","/app/build/index.js"]
`,
  },
];

export function caseOf(number: number): Case {
  const found = CASES.find((each) => each.number === number);
  if (!found) throw new Error(`no case ${number}`);
  return found;
}
