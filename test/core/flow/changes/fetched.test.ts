import { testRule } from "../../../kit/rule";

const { finds, ignores } = testRule("copied-path-missing");

const stage = (run: string, path: string, mark = "") => `
  FROM debian:bookworm AS build
  WORKDIR /app
  RUN ${run}
  FROM scratch
  COPY --from=build ${path} /x
  ${mark ? `#                 ${"^".repeat(path.length)} ${mark}` : ""}
  `;
const missing = (name: string, run: string, path: string) =>
  finds(name, stage(run, path, `No step of stage build makes ${path}.`));
const unknown = (name: string, run: string, path: string) => ignores(name, stage(run, path));

missing("curl -o makes one file", "curl -fsSL https://example.com/tool -o tool", "/app/other");
unknown("the file of curl -o", "curl -fsSL https://example.com/tool -o tool", "/app/tool");
unknown("-o and its file in one word may be anywhere", "curl -otool https://example.com/tool", "/app/other");
