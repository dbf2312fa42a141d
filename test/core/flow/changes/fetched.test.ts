import { testMade } from "../../../kit/made";

const { missing, unknown } = testMade(
  (run: string) => `FROM debian:bookworm AS build
  WORKDIR /app
  RUN ${run}`,
);

missing("curl -o makes one file", "curl -fsSL https://example.com/tool -o tool", "/app/other");
unknown("the file of curl -o", "curl -fsSL https://example.com/tool -o tool", "/app/tool");
unknown("-o and its file in one word may be anywhere", "curl -otool https://example.com/tool", "/app/other");
