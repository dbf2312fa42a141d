import { describe, expect, test } from "vitest";
import { syntaxOf } from "../../../server/src/core/project/go-syntax";
import { separate } from "../../../server/src/core/project/go-text";

describe("a call surely happens whenever its function is called", () => {
  const isSure = (body: string) =>
    syntaxOf(separate(`package main\nfunc other() { return }\nfunc main() {\n${body}\n}\n`)).calls.find(
      ({ name }) => name === "here",
    )?.isSure;

  test.each([
    "here()",
    "a()\nhere()",
    "if err := here(); err != nil {\nreturn\n}",
    "if err := a(); err != nil {\nlog.Fatal(err)\n}\nhere()",
    'x, err := a()\nif err != nil {\nfmt.Println("no")\nos.Exit(1)\n}\nhere()',
    "return here()",
    "f := func() error {\nreturn nil\n}\nhere()",
    "if a() {\nb()\n}\nhere()",
    "defer a()\nhere()",
    "a(b(here()))",
  ])("%j", (body) => expect(isSure(body)).toBe(true));

  test.each([
    "if a() {\nhere()\n}",
    "for a() {\nhere()\n}",
    "for {\na()\n}\nhere()",
    "if len(os.Args) < 2 {\nreturn\n}\nhere()",
    "if len(os.Args) < 2 {\nos.Exit(2)\n}\nhere()",
    "if a() {\nb()\n} else if here() {\n}",
    "if a() && here() {\n}",
    "if a() ||\nhere() {\n}",
    "go here()",
    "defer here()",
    "a(func() {\nhere()\n})",
    "switch a {\ncase 1:\nhere()\n}",
    "http.ListenAndServe(x)\nhere()",
    "if err := cmd.Execute(); err != nil {\npanic(err)\n}\nhere()",
    "log.Fatal(x)\nhere()",
    "return\nhere()",
    "select {}\nhere()",
  ])("not %j", (body) => expect(isSure(body)).toBe(false));
});
