import { describe, expect, test } from "vitest";
import { Analysis, type Change, type Recipe, recipes, verifyChange } from "../../../server/src/core";

/** Bad recipes, each with one planted defect: `verify` has to catch every one of them. */
const FILE = `FROM golang:1.26
# the greeting
ENV GREETING=hello
WORKDIR /src
COPY calculator.go .
RUN go build -o /calc calculator.go
EXPOSE 8080
CMD ["/calc"]
`;

const [good] = recipes;
if (!good) throw new Error("no recipe");

function goodChange(text = FILE): Change {
  const answer = (good as Recipe).offer(new Analysis(text).context, "scratch");
  if (answer.kind === "refusal") throw new Error(answer.reason);
  return answer.change();
}

/** What is wrong with a change of FILE, as a recipe that answers `again` to its own result would be told. */
function verdict(edit: (change: Change) => Partial<Change>, recipe: Partial<Recipe> = {}): string | undefined {
  const change = goodChange();
  return verifyChange(new Analysis(FILE), { ...(good as Recipe), ...recipe }, { ...change, ...edit(change) });
}

/** The edits with a piece of the added lines replaced. */
function replaced(change: Change, from: string, to: string): Partial<Change> {
  const edits = change.edits.map((edit) => ({ ...edit, text: edit.text.replace(from, to) }));
  expect(
    edits.some((edit, at) => edit.text !== change.edits[at]?.text),
    "the defect was planted",
  ).toBe(true);
  return { edits };
}

const at = (needle: string) => FILE.indexOf(needle);
const newLines = (start: number, end: number, text: string) => ({
  kind: "new-lines" as const,
  note: "",
  span: { start, end },
  text,
});

test("the good change passes", () => {
  expect(verdict(() => ({}))).toBeUndefined();
});

describe("caught:", () => {
  test.each<[string, (change: Change) => Partial<Change>, string]>([
    ["a lost ENV", (change) => replaced(change, "ENV GREETING=hello\n", ""), "ENV GREETING would be lost"],
    ["a changed ENV", (change) => replaced(change, "GREETING=hello", "GREETING=bye"), "ENV GREETING would be lost"],
    ["a lost EXPOSE", (change) => replaced(change, "EXPOSE 8080\n", ""), "EXPOSE 8080 would be lost"],
    ["a lost WORKDIR", (change) => replaced(change, "WORKDIR /src\n", ""), "WORKDIR would be lost"],
    [
      "a lost stage name, so that COPY --from means an image",
      (change) => ({ edits: change.edits.filter(({ kind }) => kind !== "names-stage") }),
      "copied-path",
    ],
    [
      "an unparsable result",
      (change) => replaced(change, "COPY --from=build", "COPYY --from=build"),
      "the result would not parse: unknown instruction: COPYY (did you mean COPY?)",
    ],
    [
      "a finding that is still there",
      (change) => replaced(change, "FROM scratch", "FROM golang:1.26"),
      "bloated-base-image would still be there",
    ],
    [
      "an edit of a line that is the author's",
      (change) => ({ edits: [...change.edits, newLines(at("COPY"), at("COPY") + 4, "ADD")] }),
      "new lines would cut one of the author's in two",
    ],
    [
      "a comment that goes",
      (change) => ({
        edits: [
          ...change.edits,
          { kind: "moves-start", note: "", span: { start: at("# the"), end: at("ENV") }, text: "" },
        ],
      }),
      "it touches more than CMD and ENTRYPOINT",
    ],
    [
      "new lines inside a line",
      (change) => ({ edits: [...change.edits, newLines(at("go build"), at("go build"), "RUN x\n")] }),
      "new lines would cut one of the author's in two",
    ],
    [
      "more than a name in FROM",
      (change) => ({
        edits: [...change.edits, { kind: "names-stage", note: "", span: { start: 5, end: 11 }, text: "busybox" }],
      }),
      "it changes a FROM line by more than a name",
    ],
    [
      "a build command that is replaced",
      (change) => ({
        edits: [
          ...change.edits,
          { kind: "build-flags", note: "", span: { start: at("-o"), end: at("-o") + 2 }, text: "-p" },
        ],
      }),
      "it changes a build command by more than flags",
    ],
    ["other line endings", (change) => replaced(change, "FROM scratch\n", "FROM scratch\r\n"), "it mixes line endings"],
    [
      "edits that overlap",
      (change) => ({ edits: [...change.edits, newLines(0, 20, ""), newLines(10, 30, "")] }),
      "two of its edits overlap",
    ],
    ["no change at all", () => ({ edits: [] }), "it changes nothing"],
  ])("%s", (_name, edit, message) => {
    if (message === "copied-path")
      return expect(verdict(edit)).toBe("COPY takes from build, which is no stage of the result");
    expect(verdict(edit)).toBe(message);
  });

  test("a comment that a move takes along", () => {
    const text = FILE.replace('CMD ["/calc"]\n', 'CMD \\\n  # the program\n  ["/calc"]\nUSER 1000\n');
    const change = goodChange(text);
    const without = change.edits.map((edit) => ({ ...edit, text: edit.text.replace("  # the program\n", "") }));
    expect(verifyChange(new Analysis(text), good as Recipe, change)).toBeUndefined();
    expect(verifyChange(new Analysis(text), good as Recipe, { ...change, edits: without })).toBe(
      'the comment "# the program" would be lost',
    );
  });

  test("a second application that changes the file again", () => {
    const again: Recipe["offer"] = () => ({ kind: "offer", ...goodChange(), preferred: true, change: goodChange });
    expect(verdict(() => ({}), { offer: again })).toBe("a second application would change the file again");
  });

  test("a finding that is new", () => {
    const change = goodChange();
    const edits = [...change.edits, newLines(FILE.length, FILE.length, '\nFROM golang:1.25\nCMD ["x"]\n')];
    expect(
      verifyChange(
        new Analysis(FILE),
        { ...(good as Recipe), removes: [] },
        { ...change, drops: [...change.drops, { key: "CMD", name: "", why: "" }], edits },
      ),
    ).toMatch(/would be (?:lost|new)$/);
  });
});

test("a broken contract is a refusal that says so, never a change", () => {
  const broken: Recipe = {
    ...(good as Recipe),
    offer: (context, target) => {
      const answer = (good as Recipe).offer(context, target);
      return answer.kind === "refusal" ? answer : { ...answer, change: () => ({ ...answer.change(), edits: [] }) };
    },
  };
  const answer = new Analysis(FILE).answer(broken, "scratch");
  expect(answer.kind === "refusal" && answer.reason).toBe(
    "Ballast stopped its own rewrite: it changes nothing. Please report this file.",
  );
});
