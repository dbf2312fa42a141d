import type { Edit } from "../../text/edit";
import type { GoArguments, GoFlag } from "./flags";

type FlagEdit = Edit & { readonly kind: "build-flags"; readonly note: string };

/**
 * Edits that let `go build` leave out symbols, debug information and paths (`-trimpath -ldflags="-s -w"`), merged into
 * the flags that are there. No edit where a flag cannot be merged safely: the program is then only larger.
 */
export function stripEdits(
  go: GoArguments,
  goflags: string | undefined,
  knowsTrimpath: boolean,
  text: string,
): readonly FlagEdit[] {
  const edits: FlagEdit[] = [];
  const added: string[] = [];
  if (knowsTrimpath && !go.flags.has("trimpath") && !goflags?.includes("-trimpath")) added.push("-trimpath");
  const ldflags = go.flags.get("ldflags");
  if (ldflags) edits.push(...mergeLdflags(ldflags, text));
  // An -ldflags of the command would replace the one that GOFLAGS holds.
  else if (!goflags?.includes("-ldflags")) added.push('-ldflags="-s -w"');
  if (added.length > 0) {
    const at = go.subcommandWord.span.end;
    edits.push({
      kind: "build-flags",
      note: `builds with ${added.join(" ")}`,
      span: { start: at, end: at },
      text: added.map((flag) => ` ${flag}`).join(""),
    });
  }
  return edits;
}

function mergeLdflags(flag: GoFlag, text: string): readonly FlagEdit[] {
  const raw = flag.word.text.slice(flag.valueAt);
  const start = flag.word.span.start + flag.valueAt;
  // A continuation inside the word moves its characters; a pattern (`all=-s`) applies to other packages.
  if (flag.value === undefined || text.slice(start, start + raw.length) !== raw || /^[\w./]+=/.test(flag.value))
    return [];
  const there = flag.value.split(/\s+/);
  const missing = ["-s", "-w"].filter((option) => !there.includes(option)).join(" ");
  if (missing === "") return [];
  const note = `builds with ${missing} in -ldflags`;
  const insert = (at: number, what: string): FlagEdit => ({
    kind: "build-flags",
    note,
    span: { start: at, end: at },
    text: what,
  });
  const rest = flag.value === "" ? "" : " ";
  if (/^(["']).*\1$/s.test(raw)) return [insert(start + 1, missing + rest)];
  if (/["'\\$`\s]/.test(raw) || raw === "") return [];
  return [insert(start, `"${missing} `), insert(start + raw.length, '"')];
}
