import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("unwritable-path");

const writes = (call: string) => `#- main.go
  package main
  import "os"
  func main() { ${call} }`;
const JOURNAL = writes('os.WriteFile("/data/journal.txt", nil, 0o644)');
const two = (final: string, source: string) => `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN CGO_ENABLED=0 go build -o /out/app main.go && mkdir -p /data
  ${final.split("\n").join("\n  ")}
  ${source}
  `;
const STATIC = "FROM gcr.io/distroless/static-debian13:nonroot";
const APP = "COPY --from=build /out/app /app";
const START = 'CMD ["/app"]';
const message = (path: string, folder: string, user = "nonroot") =>
  `#    ^^^^^^ The program writes ${path} (os.WriteFile in main.go), and ${folder} belongs to root: user ${user} may not.`;

const NEW_VOLUME =
  "A new volume at /data belongs to root, as the image has the folder: user nonroot may not write to it.";

finds(
  "a folder that COPY made",
  two(`${STATIC}\n${APP}\nCOPY --from=build /data /data\n${START}\n${message("/data/journal.txt", "/data")}`, JOURNAL),
);
// It fails whoever the user is, unless the folder is mounted.
ignores("a file in a folder that is not there", two(`${STATIC}\n${APP}\n${START}`, JOURNAL));
finds(
  "a folder that is not there, which the program makes",
  two(
    `${STATIC}\n${APP}\n${START}\n${message("/data", "/").replace("WriteFile", "MkdirAll")}`,
    writes('os.MkdirAll("/data", 0o755)'),
  ),
);
finds(
  "the folder that it starts in",
  two(
    `FROM scratch\nWORKDIR /srv\n${APP}\nUSER 1000\n${START}\n${message("/srv/journal.txt", "/srv", "1000")}`,
    writes('os.WriteFile("journal.txt", nil, 0o644)'),
  ),
);

ignores("root", two(`FROM scratch\n${APP}\n${START}`, JOURNAL));
ignores(
  "a folder of the user",
  two(`${STATIC}\n${APP}\nCOPY --from=build --chown=65532:65532 /data /data\n${START}`, JOURNAL),
);
finds(
  "a volume that it writes to: the volume alone is what is wrong",
  two(`${STATIC}\n${APP}\nVOLUME /data\n${"^".repeat(12).replace(/^/, "# ")} ${NEW_VOLUME}\n${START}`, JOURNAL).replace(
    /^ {2}# /m,
    "# ",
  ),
);
ignores("/tmp", two(`${STATIC}\n${APP}\n${START}`, writes('os.WriteFile("/tmp/journal.txt", nil, 0o644)')));
ignores(
  "a system in which a command may have changed it",
  two(`FROM debian:trixie-slim\n${APP}\nRUN mkdir /data && chown 1000 /data\nUSER 1000\n${START}`, JOURNAL),
);
ignores(
  "a path that whoever starts it names",
  two(`${STATIC}\n${APP}\n${START}`, writes("os.WriteFile(os.Args[1], nil, 0o644)")),
);
ignores("an image whose user is not known", two(`FROM example.com/own\n${APP}\n${START}`, JOURNAL));
ignores("sources that were not seen", two(`${STATIC}\n${APP}\n${START}`, ""));

const volume = (lines: string) => `
  FROM gcr.io/distroless/python3-debian13:nonroot
  ${lines.split("\n").join("\n  ")}
  COPY app.py /app.py
  CMD ["/app.py"]
  `;
const OF_ROOT = (name: string) =>
  `# ${"^".repeat(`VOLUME ${name}`.length)} A new volume at ${name} belongs to root, as the image has the folder: user nonroot may not write to it.`;

// A mark that begins left of the fixture's margin marks column 0.
finds("a volume that VOLUME alone makes", volume(`VOLUME /data\n${OF_ROOT("/data")}`).replace(/^ {2}# /m, "# "));
ignores("a volume that the user's own folder was copied to", volume("COPY --chown=65532 data /data\nVOLUME /data"));
ignores("a volume below a folder that was copied", volume("COPY . /app\nVOLUME /app/data"));
ignores("a volume in a home", volume("VOLUME /home/nonroot/data"));
ignores(
  "a volume of an image of which it is not known",
  volume("VOLUME /data").replace(/FROM .*/, "FROM example.com/own:nonroot"),
);
ignores("a volume of root", volume("USER root\nVOLUME /data"));

const run = (before: string, command: string, after = "") => `
  FROM node:24-slim
  ${before.split("\n").join("\n  ")}
  RUN ${command}
  ${after}
  `;
const denied = (before: string, command: string, folder: string, user = "node") =>
  run(
    before,
    command,
    `#   ${"^".repeat(command.length)} This runs as user ${user}, and ${folder} belongs to root: the build fails here.`,
  );
const AS_NODE = "WORKDIR /app\nCOPY package.json .\nUSER node";

finds("npm in a folder that WORKDIR made as root", denied(AS_NODE, "npm ci --omit=dev", "/app"));
finds("a folder beside it", denied("WORKDIR /app\nUSER 1000:1000", "mkdir -p data", "/app", "1000"));
finds("a folder further down", denied("WORKDIR /srv/web/app\nUSER node", "mkdir data", "/srv/web/app"));
finds("the root", denied("USER node", "mkdir /data", "/"));
finds(
  "packages, and another folder that is given away",
  denied(
    "RUN apt-get update && apt-get install -y git && mkdir /x && chown node /x\nWORKDIR /app\nUSER node",
    "touch a",
    "/app",
  ),
);

ignores("root", run("WORKDIR /app", "npm ci"));
ignores("a folder that is given away", run("WORKDIR /app\nRUN chown node:node /app\nUSER node", "npm ci"));
ignores("one that is given away by its place", run("WORKDIR /app\nRUN chown -R node .\nUSER node", "npm ci"));
ignores("one that the user has made", run("USER node\nWORKDIR /app", "npm ci"));
ignores("one that came with an owner", run("COPY --chown=node . /app\nWORKDIR /app\nUSER node", "npm ci"));
ignores("a user's home", run("RUN useradd --home=/app me\nWORKDIR /app\nUSER me", "npm ci"));
ignores("a script that may do anything", run("WORKDIR /app\nRUN ./setup.sh\nUSER node", "npm ci"));
ignores("a failure that is caught", run(AS_NODE, "mkdir data || true"));
ignores("a mount", run(AS_NODE, "--mount=type=cache,target=/app/node_modules,uid=1000 npm ci"));
ignores("a user that is not known", run("ARG WHO\nWORKDIR /app\nUSER $WHO", "npm ci"));
ignores("an image of which it is not known", run(AS_NODE, "npm ci").replace(/FROM .*/, "FROM example.com/own"));
ignores("a stage that nobody builds", run(AS_NODE, "npm ci", "FROM debian:trixie-slim"));
ignores("a folder that may be there", run("WORKDIR /app\nCOPY . .\nUSER node", "mkdir -p data"));
ignores("a folder that root has made before", run("WORKDIR /app\nRUN mkdir data\nUSER node", "mkdir -p data"));
ignores(
  "node_modules of the user's own",
  run("WORKDIR /app\nRUN mkdir node_modules && chown node node_modules\nUSER node", "npm install"),
);
finds(
  "a file beside those that were copied by name",
  denied("WORKDIR /app\nCOPY package*.json main.js ./\nUSER node", "touch log.txt", "/app"),
);

describe("unwritable-path is certain of what main makes at every start in a folder that surely is root's", () => {
  const confidence = (final: string, source = JOURNAL, build = "") => {
    const { text, project } = fixture(two(final, source).replace("mkdir -p /data", `mkdir -p /data${build}`));
    return new Analysis(text, project).findings.find(({ rule }) => rule.id === "unwritable-path")?.confidence;
  };
  const DATA = "COPY --from=build /data /data";

  test.each([
    ["a folder of mkdir", `${STATIC}\n${APP}\n${DATA}\n${START}`],
    ["a folder below it", `${STATIC}\n${APP}\nCOPY --from=build /data /data/\n${START}`],
    ["WORKDIR", `FROM scratch\nWORKDIR /data\n${APP}\nUSER 1000\n${START}`],
    ["the folder of the program", `${STATIC}\nCOPY --from=build /out/app /data/app\nCMD ["/data/app"]`],
  ])("%s", (_, final) => expect(confidence(final)).toBe("certain"));

  test("not in a folder of others", () =>
    expect(confidence(`${STATIC}\n${APP}\nCOPY --from=build /etc /data\n${START}`)).toBe("likely"));

  test.each([" && chown 65532 /data", " && chmod 777 /data", " && ./setup.sh", "\n  USER 65532"])(
    "not after %j in the build stage",
    (build) => expect(confidence(`${STATIC}\n${APP}\n${DATA}\n${START}`, JOURNAL, build)).not.toBe("certain"),
  );

  test.each([
    'if first() { os.WriteFile("/data/a", nil, 0o644) }',
    'os.OpenFile("/data/a", flags, 0o644)',
    'os.RemoveAll("/data/a")',
  ])("not of %s", (call) => expect(confidence(`${STATIC}\n${APP}\n${DATA}\n${START}`, writes(call))).toBe("likely"));
});

ignores(
  "a folder that a WORKDIR has made already",
  `
  FROM debian:trixie-slim
  WORKDIR /app/data
  WORKDIR /app
  USER 1001
  RUN mkdir -p data
  `,
);
ignores(
  "another name of root",
  `
  FROM debian:trixie-slim
  RUN useradd -o -u 0 toor
  WORKDIR /app
  USER toor
  RUN touch x
  `,
);
ignores(
  "a user whom the file writes by hand",
  `
  FROM debian:trixie-slim
  RUN echo 'adm:x:0:0::/:/bin/sh' >> /etc/passwd
  WORKDIR /app
  USER adm
  RUN touch x
  `,
);
finds(
  "a volume behind commands that have nothing to do with it",
  `
  FROM debian:trixie-slim
  RUN apt-get update && apt-get install -y curl
  USER 1000
  VOLUME /store
  # ^^^^^^^^^^^^^ A new volume at /store belongs to root, as the image has the folder: user 1000 may not write to it.
  `.replace(/^ {2}# /m, "# "),
);
ignores(
  "a volume whose folder a command may have made",
  "FROM debian:trixie-slim\nRUN ./setup.sh\nUSER 1000\nVOLUME /store\n",
);
ignores(
  "a volume that is given away behind its line",
  "FROM debian:trixie-slim\nVOLUME /store\nRUN chown 1000 /store\nUSER 1000\n",
);
ignores(
  "a folder that the build stage gives away",
  two(`${STATIC}\n${APP}\nCOPY --from=build /data /data\n${START}`, JOURNAL).replace(
    "mkdir -p /data",
    "mkdir -p /data && chown 65532 /data",
  ),
);
