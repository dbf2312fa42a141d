import type { FileContext } from "../flow/context";
import { repeatedWords } from "../flow/running/interpreters";
import { baseNamed, type MissingShell, missingShells } from "../flow/running/missing-shells";
import { lineStart } from "../rewrite/placement";
import { jsonForm, keyword, styleOf } from "../rewrite/style";
import { bodySpan } from "../syntax/instruction";
import type { Fix, Rule } from "./rule";

export const shellFormWithoutShell: Rule = {
  id: "shell-form-without-shell",
  title: "A shell is needed that the image has not",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "CMD, ENTRYPOINT or RUN is in shell form (`CMD ./app`), or starts a shell itself, and the image has none: scratch, distroless, chiseled. The `:debug` tags of distroless have one at /busybox/sh, not at /bin/sh.",
    why: "Shell form is `/bin/sh -c` with the text behind it. The container does not start: “exec: \"/bin/sh\": stat /bin/sh: no such file or directory”; behind an entrypoint the interpreter is given the shell: “Cannot find module '/bin/sh'”, “Unable to access jarfile /bin/sh”. A RUN ends the build in the same way.",
    limits:
      "Where a step may have brought a shell, or the base is not in the catalog, it is silent. Of a script it is only likely that a shell has to run it: its first line was not read. For HEALTHCHECK there is healthcheck-tool-missing.",
    examples: [
      {
        before: `FROM gcr.io/distroless/static-debian13
COPY app /app
CMD /app --port 8080
`,
        after: `FROM gcr.io/distroless/static-debian13
COPY app /app
CMD ["/app", "--port", "8080"]
`,
      },
      {
        before: `FROM scratch
COPY rootfs/app /app
RUN chmod +x /app
CMD ["/app"]
`,
        after: `FROM scratch
COPY --chmod=755 rootfs/app /app
CMD ["/app"]
`,
      },
    ],
  },
  *check(context) {
    for (const missing of missingShells(context)) {
      yield {
        span: missing.span,
        message: messageOf(missing),
        confidence: missing.certain ? "certain" : "likely",
        fixes: fixesOf(context, missing),
      };
    }
  },
};

function messageOf({ instruction, stage, how, shell, script, start }: MissingShell): string {
  const base = baseNamed(stage);
  if (how === "script")
    return `${instruction.keyword} starts ${script}, a script by its name, and ${base} has no shell to run it.`;
  if (how === "word") return `${instruction.keyword} starts ${shell}, and ${base} has no such shell.`;
  const needs = start?.why
    ? ` It ${start.why.slice(instruction.keyword.length + 1).split(",", 1)[0]}, which needs a shell.`
    : "";
  return `${instruction.keyword} is in shell form, which needs ${shell}, and ${base} has none.${needs}`;
}

function fixesOf(context: FileContext, missing: MissingShell): readonly Fix[] {
  return [...execForm(missing), ...busyboxShell(context, missing)];
}

/** Plain words mean the same without a shell; what the entrypoint starts already is left out of them. */
function execForm({ instruction, how, start }: MissingShell): readonly Fix[] {
  if (how !== "form" || !start?.argv || start.shellForm !== instruction) return [];
  const words = start.argv.slice(repeatedWords(start.inherited ?? [], start.argv));
  if (words.length === 0) return [];
  return [
    {
      title: `Write ${instruction.keyword} in exec form`,
      safety: "review",
      edits: [{ span: bodySpan(instruction, 0, instruction.body.length), text: jsonForm(words) }],
      assumes: ["The program gets the signals itself, as process 1."],
    },
  ];
}

/** Debug tags of distroless have a shell, which SHELL can name. */
function busyboxShell(context: FileContext, { instruction, stage, how, start }: MissingShell): readonly Fix[] {
  const { syntax, text } = context;
  if (how !== "form" || start?.inherited?.length || context.presence(stage, "/busybox/sh").kind !== "there") return [];
  const at = lineStart(text, instruction.span.start);
  const line = `${keyword(styleOf(syntax), "SHELL")} ["/busybox/sh", "-c"]\n`;
  return [
    { title: "Use the shell of busybox", safety: "review", edits: [{ span: { start: at, end: at }, text: line }] },
  ];
}
