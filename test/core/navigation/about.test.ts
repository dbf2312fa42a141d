import { expect, test } from "vitest";
import { Analysis, aboutName } from "../../../server/src/core";

/** What is known of the name at `<|>`. */
function about(source: string) {
  const { model } = new Analysis(source.replace("<|>", "")).context;
  return aboutName(model, source.indexOf("<|>"));
}

/** The value that a variable has at `<|>`; undefined is not known. */
function valueOf(source: string): string | undefined {
  const facts = about(source);
  if (facts?.kind !== "variable") throw new Error(`it is ${facts?.kind}`);
  return facts.value;
}

test("the value is that of the place", () => {
  expect(valueOf("ARG A=1\nARG B=x$A\nFROM a:$B<|>")).toBe("x1");
  expect(valueOf("ARG A<|>=1\nFROM a")).toBe("1");
  expect(valueOf("FROM scratch\nENV A=1\nENV A=2\nRUN echo $A<|>\nENV A=3")).toBe("2");
  expect(valueOf("FROM scratch\nENV A=1\nENV A<|>=${A}2")).toBe("12");
  expect(valueOf("FROM scratch\nENV A=1\nENV A=${A<|>}2")).toBe("1");
  expect(valueOf("FROM scratch\nENV A=1\nCMD echo $A<|>\nENV A=2")).toBe("2");
  expect(valueOf("FROM scratch AS x\nENV A=1\nFROM x\nRUN echo $A<|>")).toBe("1");
  expect(valueOf("ARG A=7\nFROM scratch\nARG A\nRUN echo $A<|>")).toBe("7");
});

test("what a base image brings is not known", () => {
  expect(valueOf("FROM nobody/knows\nENV A=$B\nRUN echo $A<|>")).toBeUndefined();
});

test("the value of an ARG is written where its default stands", () => {
  const facts = about("ARG A=7\nFROM a\nARG A\nRUN echo $A<|>");
  expect(facts).toMatchObject({ origin: { stage: undefined }, declaration: { stage: { index: 0 } } });
});

test.each([
  ["FROM --platform=$BUILDPLATFORM<|> a", "predefined"],
  ["FROM a\nRUN curl $http_proxy<|>", "predefined"],
  ["FROM a\nRUN echo $TARGETARCH<|>", "not-asked-for"],
  ["FROM a:$B<|>", "from"],
  ["ARG A=$B<|>\nFROM a", "from"],
  ["FROM a\nARG B\nFROM b:$B<|>", "from"],
  ["ARG B\nFROM a\nRUN echo $B<|>", "before-from"],
  ["FROM a\nARG B\nCMD echo $B<|>", "arg-is-gone"],
  ["FROM a\nCMD echo $PORT<|>", "run"],
  ["FROM a\nUSER $APP_UID<|>", "base"],
  ["FROM scratch AS x\nFROM x\nUSER $A<|>", "nowhere"],
])("in %j it is not declared: %s", (source, why) => {
  expect(about(source)).toMatchObject({ kind: "undeclared", why });
});

test("a stage, by name and by number", () => {
  expect(about("FROM a AS x\nFROM b\nCOPY --from=x<|> /a /a")).toMatchObject({ kind: "stage", name: "x" });
  expect(about("FROM a\nFROM b\nCOPY --from=0<|> /a /a")).toMatchObject({
    kind: "stage",
    name: "0",
    stage: { index: 0 },
  });
});

test("words and images are no names", () => {
  expect(about("FROM al<|>pine")).toBeUndefined();
  expect(about("FROM alpine\nRUN ec<|>ho x")).toBeUndefined();
});
