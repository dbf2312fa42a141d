import { testRule } from "./rule";

/** Tests of what a build stage surely does not make, seen by a final stage that copies from it. `stage` has its lines, from what is given. */
export function testMade<Given extends readonly string[]>(stage: (...given: Given) => string) {
  const { finds, ignores } = testRule("copied-path-missing");
  const file = (given: readonly string[], mark = "") => {
    const path = given.at(-1) ?? "";
    return `
  ${stage(...(given.slice(0, -1) as unknown as Given))}
  FROM scratch
  COPY --from=build ${path} /x
  ${mark ? `#                 ${"^".repeat(path.length)} ${mark}` : ""}
  `;
  };
  return {
    missing: (name: string, ...given: readonly [...Given, path: string]) =>
      finds(name, file(given, `No step of stage build makes ${given.at(-1)}.`)),
    unknown: (name: string, ...given: readonly [...Given, path: string]) => ignores(name, file(given)),
  };
}
