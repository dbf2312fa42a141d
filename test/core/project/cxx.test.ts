import { describe, expect, test } from "vitest";
import { writesToStreams } from "../../../server/src/core/project/cxx";

describe("a file of C++ surely writes to a stream", () => {
  test.each([
    'int main() { std::cout << "hello"; }',
    "int main() {\n  std::cerr << 1;\n}",
    "/* a */\nint main() {\n\tstd::cout << 1;\n}",
  ])("%j", (text) => expect(writesToStreams(text)).toBe(true));

  test.each([
    'int main() { puts("std::cout <<"); }',
    "// std::cout << 1;",
    "/*\nstd::cout << 1;\n*/",
    "/*\nstd::cout << 1;",
    "#ifdef DEBUG\nstd::cout << 1;\n#endif",
    "void log() { if (x) std::cout << 1; }",
  ])("not %j", (text) => expect(writesToStreams(text)).toBe(false));
});
