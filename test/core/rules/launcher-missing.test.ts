import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("launcher-missing");

finds(
  "npm behind the entrypoint of distroless node",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  WORKDIR /app
  COPY . .
  CMD ["npm", "start"]
  #    ^^^^^ CMD gives npm to the entrypoint /nodejs/bin/node of gcr.io/distroless/nodejs24-debian13, which takes it for a file. Name the file that its script runs.
  `,
);
finds(
  "npm as the ENTRYPOINT",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  COPY server.js /app/
  ENTRYPOINT ["npm", "start"]
  #           ^^^^^ ENTRYPOINT starts npm, which gcr.io/distroless/nodejs24-debian13 does not have, and no step installs it. Name the file that its script runs.
  `,
);
finds(
  "node is not on PATH of distroless node",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  COPY server.js /app/server.js
  ENTRYPOINT ["node", "/app/server.js"]
  #           ^^^^^^ ENTRYPOINT starts node, which gcr.io/distroless/nodejs24-debian13 does not have, and no step installs it.
  `,
);
finds(
  "an init that was never installed",
  `
  FROM debian:trixie-slim
  COPY app /app
  ENTRYPOINT ["tini", "--", "/app"]
  #           ^^^^^^ ENTRYPOINT starts tini, which debian:trixie-slim does not have, and no step installs it. \`docker run --init\` brings an init.
  `,
);
finds(
  "behind an init",
  `
  FROM debian:trixie-slim
  COPY tini /usr/bin/tini
  ENTRYPOINT ["/usr/bin/tini", "-g", "--"]
  CMD ["gunicorn", "app:app"]
  #    ^^^^^^^^^^ CMD starts gunicorn, which debian:trixie-slim does not have, and no step installs it. Python can start it as a module, by -m.
  `,
);
finds(
  "shell form, whose shell is there",
  `
  FROM alpine:3.22
  COPY app.py /app.py
  CMD exec python3 /app.py --port $PORT
  #        ^^^^^^^ CMD starts python3, which alpine:3.22 does not have, and no step installs it.
  `,
);
finds(
  "behind gosu and its user",
  `
  FROM node:24-slim
  COPY gosu /usr/local/bin/gosu
  ENTRYPOINT ["gosu", "node", "gunicorn", "app"]
  #                           ^^^^^^^^^^ ENTRYPOINT starts gunicorn, which node:24-slim does not have, and no step installs it. Python can start it as a module, by -m.
  `,
);

ignores("npm of node's image", 'FROM node:24\nCMD ["npm", "start"]\n');
ignores(
  "the interpreter itself, which is repeated",
  'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["node", "a.js"]\n',
);
ignores("an image that the catalog does not know", 'FROM example.com/own\nENTRYPOINT ["npm", "start"]\n');
ignores("an entrypoint that is a script", 'FROM nginx\nCMD ["npm", "start"]\n');
ignores(
  "a tool that is installed",
  'FROM debian:trixie-slim\nRUN apt-get install -y tini\nENTRYPOINT ["tini", "--", "ls"]\n',
);
ignores(
  "what pip may install",
  'FROM python:3.13-slim\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "a:b"]\n',
);
ignores(
  "a folder of PATH that was copied",
  'FROM python:3.13-slim\nCOPY --from=build /venv /venv\nENV PATH=/venv/bin:$PATH\nCMD ["uvicorn", "a:b"]\n',
);
ignores(
  "a folder of PATH that is not known",
  'FROM debian:trixie-slim\nARG TOOLS\nENV PATH=$TOOLS:$PATH\nCMD ["npm", "start"]\n',
);
ignores("shell form without a shell", "FROM scratch\nCMD npm start\n");
ignores("a command that may fail", "FROM debian:trixie-slim\nCMD npm run migrate || true\n");
ignores(
  "a program of that name that the file builds",
  `
  FROM golang:1.26 AS build
  COPY main.go /src/
  RUN go build -o /out/serve /src/main.go
  FROM scratch
  COPY --from=build /out/serve /serve
  ENTRYPOINT ["serve"]
  `,
);

test("a known tool has one finding, a program of the file's own is command-path-missing's", () => {
  const idsOf = (text: string) =>
    new Analysis(text).findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule.id);
  expect(idsOf('FROM scratch\nCOPY a.js /a.js\nENTRYPOINT ["node", "/a.js"]\n')).toEqual(["launcher-missing"]);
  expect(idsOf('FROM scratch\nCOPY a.js /a.js\nENTRYPOINT ["mine", "/a.js"]\n')).toEqual(["command-path-missing"]);
});

fixes(
  "a script of a Python package",
  "Start it as a module: -m uvicorn",
  'FROM gcr.io/distroless/python3-debian13\nCOPY . /app\nCMD ["uvicorn", "main:app"]\n',
  'FROM gcr.io/distroless/python3-debian13\nCOPY . /app\nCMD ["-m", "uvicorn", "main:app"]\n',
);
fixes(
  "the same as the ENTRYPOINT",
  "Start it as a module: -m django",
  'FROM gcr.io/distroless/python3-debian13\nCOPY src /app\nENTRYPOINT ["django-admin", "runserver"]\n',
  'FROM gcr.io/distroless/python3-debian13\nCOPY src /app\nENTRYPOINT ["python3", "-m", "django", "runserver"]\n',
);
fixes(
  "node of distroless by its path",
  "Start /nodejs/bin/node",
  'FROM gcr.io/distroless/nodejs24-debian13\nCOPY server.js /app/server.js\nENTRYPOINT ["node", "/app/server.js"]\n',
  'FROM gcr.io/distroless/nodejs24-debian13\nCOPY server.js /app/server.js\nENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]\n',
);
ignores(
  "an environment that the start activates",
  `
  FROM debian:trixie-slim
  COPY venv /venv
  CMD . /venv/bin/activate && gunicorn app:app
  `,
);
