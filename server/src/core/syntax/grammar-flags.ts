import { csvFields } from "./csv";
import type { Flag, Reading } from "./instruction";
import { quoted } from "./quote";
import type { Shape } from "./shapes";
import { didYouMean } from "./suggest";

/** Why BuildKit refuses a flag of an instruction, and which. */
export interface FlagProblem {
  readonly flag: Flag;
  readonly message: string;
}

/** The first flag that does not fit the instruction. */
export function flagProblem({ flags }: Reading, shape: Shape): FlagProblem | undefined {
  if (flags.length === 0) return undefined;
  const seen = new Set<string>();
  for (const flag of flags) {
    const message = shape.flags && oneFlag(flag, shape.flags, seen);
    if (message) return { flag, message };
    seen.add(flag.name);
  }
  return undefined;
}

function oneFlag(
  { name, value }: Flag,
  flags: NonNullable<Shape["flags"]>,
  seen: ReadonlySet<string>,
): string | undefined {
  const kind = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!kind) return `unknown flag: --${name}${didYouMean(name, Object.keys(flags))}`;
  if (seen.has(name) && kind !== "values") return `duplicate flag specified: --${name}`;
  if (kind !== "switch") return value === undefined ? `missing a value on flag: --${name}` : undefined;
  if (value === "") return `missing a value on flag: --${name}`;
  return /^(?:true|false)$/i.test(value ?? "true")
    ? undefined
    : `expecting boolean value for flag --${name}, not: ${value}`;
}

/** What BuildKit reads in the values of a RUN's flags before it knows any variable. */
export function runFlagProblem({ flags }: Reading): FlagProblem | undefined {
  if (flags.length === 0) return undefined;
  const CHECKS = { device: deviceProblem, mount: mountProblem, network: networkProblem, security: securityProblem };
  for (const [name, check] of Object.entries(CHECKS)) {
    for (const flag of flags) {
      const message = flag.name === name ? check(flag.value ?? "") : undefined;
      if (message) return { flag, message };
    }
  }
  return undefined;
}

function networkProblem(value: string): string | undefined {
  return ["default", "none", "host"].includes(value) ? undefined : `invalid network mode ${quoted(value)}`;
}

function securityProblem(value: string): string | undefined {
  return ["insecure", "sandbox"].includes(value) ? undefined : `security ${quoted(value)} is not valid`;
}

function mountProblem(value: string): string | undefined {
  const read = csvFields(value);
  if ("error" in read) return `failed to parse csv mounts: ${read.error}`;
  for (const field of read.fields) {
    const [, key, from = ""] = /^([^=]*)=(.*)$/s.exec(field) ?? [];
    const dollar = from.indexOf("$");
    if (key?.toLowerCase() === "from" && dollar >= 0 && dollar < from.length - 1)
      return "'from' doesn't support variable expansion, define alias stage instead";
  }
  return undefined;
}

const BOOLEAN = /^(?:1|0|[tTfF]|true|TRUE|True|false|FALSE|False)$/;

/** The name of the device is the first field that is no option. */
function deviceProblem(text: string): string | undefined {
  const read = csvFields(text);
  if ("error" in read) return `failed to parse csv devices: ${read.error}`;
  let device = "";
  for (const field of read.fields) {
    const [, name = field, value] = /^([^=]*)=(.*)$/s.exec(field) ?? [];
    const key = name.toLowerCase();
    if (key === "required") {
      if (value !== undefined && !BOOLEAN.test(value)) return `invalid value for required: ${value}`;
    } else if (key === "name" && value !== undefined) {
      if (device) return `device name already set to ${device}`;
      device = value;
    } else if (!device) device = field;
    else if (value === undefined) return `invalid field '${field}' must be a key=value pair`;
    else return `unexpected key '${key}' in '${field}'${didYouMean(key, ["name", "required"])}`;
  }
  return undefined;
}
