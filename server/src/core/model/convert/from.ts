import { words } from "../../syntax/ast";
import { flagOf } from "../../syntax/instruction";
import { quoted } from "../../syntax/quote";
import { expandWord, type Lookup, wordProblem } from "../expand";
import type { Stage } from "../model";
import { platformRefusal } from "./platform";
import type { Refused } from "./problem";
import { referenceProblem } from "./reference";

/** Why BuildKit refuses the base or the platform of a stage. */
export function fromProblem(stage: Stage, lookup: Lookup, escape: string): Refused | undefined {
  const [token] = words(stage.from);
  if (!token) return undefined;
  const wrong = wordProblem(token.text, lookup, escape);
  if (wrong) return { span: token.span, message: wrong };
  const reference = expandWord(token.text, lookup, escape);
  if (reference === "") return { span: token.span, message: `base name (${token.text}) should not be blank` };
  const message = reference !== undefined && !isStageName(reference, stage) && referenceProblem(reference);
  if (message) return { span: token.span, message: `failed to parse stage name ${quoted(reference)}: ${message}` };
  return platformProblem(stage, lookup, escape);
}

/** A name is found as it is written, in lower case: of `FROM Build`, BuildKit takes `Build` for an image. */
function isStageName(reference: string, { base }: Stage): boolean {
  return base.kind === "scratch" || (base.kind === "stage" && reference === reference.toLowerCase());
}

function platformProblem({ from }: Stage, lookup: Lookup, escape: string): Refused | undefined {
  const flag = flagOf(from, "platform");
  if (!flag?.value) return undefined;
  const wrong = wordProblem(flag.value, lookup, escape);
  if (wrong) return { span: flag.span, message: `failed to process arguments for platform : ${wrong}` };
  const platform = expandWord(flag.value, lookup, escape);
  if (platform === "") return { span: flag.span, message: `empty platform value from expression ${flag.value}` };
  const why = platform && platformRefusal(platform);
  return why ? { span: flag.span, message: `failed to parse platform ${flag.value}: ${why}` } : undefined;
}
