import type { Syntax } from "../../syntax/instruction";
import { quoted } from "../../syntax/quote";
import type { Refused } from "./problem";

const BOOLEAN = /^(?:1|0|[tTfF]|true|TRUE|True|false|FALSE|False)$/;

/** Why BuildKit refuses the options of a `# check=` directive (frontend/dockerfile/linter). */
export function checkProblem({ directives, text }: Syntax): Refused | undefined {
  const directive = directives.find(({ name }) => name === "check");
  // Those that are indented are not looked at.
  if (!directive || directives.some(({ span }) => span.start > 0 && !/[\n\uFEFF]/.test(text[span.start - 1] ?? "")))
    return undefined;
  const options = (directive.value.split(" ", 1)[0] ?? "").split(";");
  const message = options.length > 3 ? undefined : options.map(refusedOption).find(Boolean);
  return message ? { span: directive.span, message: `failed to parse check options: ${message}` } : undefined;
}

function refusedOption(option: string): string | undefined {
  const [, key, value = ""] = /^([^=]*)=(.*)$/.exec(option) ?? [];
  if (key === undefined) return `invalid check option ${quoted(option)}`;
  const name = key.trim();
  if (name === "skip" || name === "experimental") return undefined;
  if (name !== "error") return `invalid check option ${quoted(name)}`;
  if (BOOLEAN.test(value.trim())) return undefined;
  const reason = `strconv.ParseBool: parsing ${quoted(value.trim())}: invalid syntax`;
  return `failed to parse check option ${quoted(option)}: ${reason}`;
}
