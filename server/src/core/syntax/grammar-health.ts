import { parseDuration } from "./duration";
import { type FlagProblem, flagProblem } from "./grammar-flags";
import { flagOf, type Reading } from "./instruction";
import { quoted } from "./quote";
import type { Shape } from "./shapes";

const INTERVALS = ["interval", "timeout", "start-period", "start-interval"];
const MILLISECOND = 1e6;

/** Why BuildKit refuses a HEALTHCHECK: its reason, and the flag where it is one. Flags before NONE are not read. */
export function healthcheckProblem(instruction: Reading, shape: Shape): FlagProblem | string | undefined {
  const [, type = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(instruction.body) ?? [];
  if (type === "") return "HEALTHCHECK requires at least one argument";
  const upper = type.toUpperCase();
  const hasCommand = instruction.json ? instruction.json.length > 0 : rest !== "";
  if (upper === "NONE") return hasCommand ? "HEALTHCHECK NONE takes no arguments" : undefined;
  const wrong = flagProblem(instruction, shape);
  if (wrong) return wrong;
  if (upper !== "CMD") return `Unknown type ${quoted(upper)} in HEALTHCHECK (try CMD)`;
  if (!hasCommand) return "Missing command after HEALTHCHECK CMD";
  return INTERVALS.map((name) => intervalProblem(instruction, name)).find(Boolean) ?? retriesProblem(instruction);
}

function intervalProblem(instruction: Reading, name: string): FlagProblem | undefined {
  const flag = flagOf(instruction, name);
  if (!flag?.value) return undefined;
  const parsed = parseDuration(flag.value);
  if (typeof parsed === "string") return { flag, message: parsed };
  if (parsed === 0 || parsed >= MILLISECOND) return undefined;
  return { flag, message: `Interval ${quoted(name)} cannot be less than 1ms` };
}

function retriesProblem(instruction: Reading): FlagProblem | undefined {
  const flag = flagOf(instruction, "retries");
  if (!flag?.value) return undefined;
  const { value } = flag;
  const refuse = (why: string) => ({ flag, message: `strconv.ParseInt: parsing ${quoted(value)}: ${why}` });
  if (!/^[+-]?\d+$/.test(value)) return refuse("invalid syntax");
  const retries = Number(value);
  if (retries > 0x7fffffff || retries < -0x80000000) return refuse("value out of range");
  return retries < 0 ? { flag, message: `--retries cannot be negative (${retries})` } : undefined;
}
