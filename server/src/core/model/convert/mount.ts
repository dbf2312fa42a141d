import type { Reading } from "../../syntax/instruction";
import { type Mount, type MountOption, mountsOf } from "../../syntax/mounts";
import { quoted } from "../../syntax/quote";
import { didYouMean } from "../../syntax/suggest";
import { expandWord, type Lookup, wordProblem } from "../expand";
import type { Refused } from "./problem";

const TYPES = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING = ["shared", "private", "locked"];
const TARGET = ["target", "dst", "destination"];
const SOURCE = ["source", "src"];
const SWITCHES = ["readonly", "ro", "readwrite", "rw"];
const OWNER = ["mode", "uid", "gid"];
const KEYS = ["type", "from", "id", "sharing", "required", "size", "env", ...TARGET, ...SOURCE, ...SWITCHES, ...OWNER];
const BOOLEAN = /^(?:1|0|[tTfF]|true|TRUE|True|false|FALSE|False)$/;

/** The first mount of a RUN whose options BuildKit refuses (instructions/commands_runmount.go). */
export function mountProblem(instruction: Reading, lookup: Lookup): Refused | undefined {
  if (instruction.keyword !== "RUN" || instruction.flags.length === 0) return undefined;
  for (const mount of mountsOf(instruction)) {
    const message = new MountReader(mount, lookup, instruction.escape).problem();
    if (message) return { span: mount.flag.span, message };
  }
  return undefined;
}

class MountReader {
  private type: string | undefined = "bind";
  private readonly values = new Map<string, string | undefined>();

  constructor(
    private readonly mount: Mount,
    private readonly lookup: Lookup,
    private readonly escape: string,
  ) {}

  problem(): string | undefined {
    for (const option of this.mount.options) {
      const message = option.value === undefined ? this.bare(option) : this.assigned(option, option.value);
      if (message) return message;
    }
    return this.type === undefined ? undefined : this.together(this.type);
  }

  /** An option without a value. */
  private bare({ text, key }: MountOption): string | undefined {
    if (SWITCHES.includes(key)) return undefined;
    if (key !== "required") return `invalid field '${text}' must be a key=value pair`;
    return this.only(["secret", "ssh"], key);
  }

  private assigned({ text, key }: MountOption, raw: string): string | undefined {
    const wrong = wordProblem(raw, this.lookup, this.escape);
    if (wrong) return wrong;
    const value = expandWord(raw, this.lookup, this.escape);
    if (!KEYS.includes(key)) return `unexpected key '${key}' in '${text}'${didYouMean(key, KEYS)}`;
    this.values.set(TARGET.includes(key) ? "target" : SOURCE.includes(key) ? "source" : key, value);
    if (key === "type") return this.setType(value);
    if (key === "required") return this.only(["secret", "ssh"], key) ?? notBoolean(key, value);
    if (key === "size") return this.only(["tmpfs"], key);
    if (value === undefined) return undefined;
    if (key === "sharing" && !SHARING.includes(value.toLowerCase()))
      return `unsupported sharing value ${quoted(value)}${didYouMean(value, SHARING)}`;
    if (OWNER.includes(key) && !(key === "mode" ? /^[0-7]+$/ : /^\d+$/).test(value))
      return `invalid value ${value} for ${key}`;
    return SWITCHES.includes(key) ? notBoolean(key, value) : undefined;
  }

  private setType(value: string | undefined): string | undefined {
    this.type = value?.toLowerCase();
    if (this.type === undefined || TYPES.includes(this.type)) return undefined;
    return `unsupported mount type ${quoted(value ?? "")}${didYouMean(value ?? "", TYPES)}`;
  }

  private only(types: readonly string[], key: string): string | undefined {
    if (this.type === undefined || types.includes(this.type)) return undefined;
    return `unexpected key '${key}' for mount type '${this.type}'`;
  }

  /** What does not go together, once all options are read. */
  private together(type: string): string | undefined {
    const has = (key: string) => this.values.get(key) !== undefined && this.values.get(key) !== "";
    const lacks = (key: string) => !this.values.has(key) || this.values.get(key) === "";
    const owner = OWNER.find(has);
    if (owner && (type === "bind" || type === "tmpfs")) return `${owner} not allowed for "${type}" type mounts`;
    if (type === "secret") {
      if (has("from")) return "secret mount should not have a from";
      if (has("sharing")) return "secret mount should not define sharing";
      if (["source", "target", "id"].every(lacks)) return "invalid secret mount. one of source, target required";
      if (has("source") && has("id")) return "both source and id can't be set";
    }
    if (has("sharing") && type !== "cache") return `invalid cache sharing set for ${type} mount`;
    if (type === "ssh") return has("source") ? "ssh does not support source" : undefined;
    const target = this.values.get("target");
    return type !== "secret" && target && /^\/+(?:\.\/*)?$/.test(target) ? 'invalid mount target "/"' : undefined;
  }
}

function notBoolean(key: string, value: string | undefined): string | undefined {
  return value === undefined || BOOLEAN.test(value) ? undefined : `invalid value for ${key}: ${value}`;
}
