/** `npm run new-rule -- some-id` writes a rule, its test and its line in the registry. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const id = process.argv[2] ?? "";
if (!/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
  process.stderr.write(
    'usage: npm run new-rule -- some-id (kebab-case; it names the pattern and reads after "ignore")\n',
  );
  process.exit(2);
}
const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const rule = `server/src/core/rules/${id}.ts`;
const test = `test/core/rules/${id}.test.ts`;
const registry = "server/src/core/rules/registry.ts";
if (existsSync(rule)) {
  process.stderr.write(`${rule} is there already\n`);
  process.exit(2);
}

writeFileSync(
  rule,
  `import type { Rule } from "./rule";

export const ${name}: Rule = {
  id: "${id}",
  title: "What is wrong, in a few words",
  group: "size",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "What the rule finds.",
    why: "What it costs.",
    limits: "Where it is silent.",
    examples: [
      {
        before: \`FROM debian:trixie
RUN ${id}
\`,
        after: \`FROM debian:trixie
\`,
      },
    ],
  },
  // A question about the file belongs in the model, not here.
  *check(context) {
    for (const stage of context.model.stages.filter(({ shipped }) => shipped)) {
      for (const { program, command } of context.view(stage).commands) {
        if (program === "${id}") yield { span: command.span, message: "What is wrong here.", confidence: "certain" };
      }
    }
  },
};
`,
);
writeFileSync(
  test,
  `import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("${id}");

finds(
  "the pattern",
  \`
  FROM debian:trixie
  RUN ${id}
  #   ${"^".repeat(id.length)} What is wrong here.
\`,
);

ignores(
  "a stage that does not ship",
  \`
  FROM debian:trixie AS build
  RUN ${id}
  FROM scratch
\`,
);
`,
);
const before = readFileSync(registry, "utf8");
writeFileSync(
  registry,
  before
    .replace("import type { Rule }", `import { ${name} } from "./${id}";\nimport type { Rule }`)
    .replace(/\];\n$/, `  ${name},\n];\n`),
);
spawnSync("npx", ["biome", "check", "--write", rule, test, registry], { shell: process.platform === "win32" });
process.stdout.write(`${rule}\n${test}\n${registry}\nNow: npm run docs, npm test, npm run check\n`);
