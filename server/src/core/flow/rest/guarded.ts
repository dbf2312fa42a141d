import { flagOf, type Instruction } from "../../syntax/instruction";
import type { RunCommand } from "../../toolchains/toolchain";

/** What the COPY or ADD brings only its owner may read: so is what ADD fetches (docs.docker.com, ADD), and what a mode says. */
export function bringsGuarded(instruction: Instruction, sources: readonly string[]): boolean {
  const mode = flagOf(instruction, "chmod")?.value;
  if (mode !== undefined) return guards(mode);
  return instruction.keyword === "ADD" && sources.some((source) => /^https?:\/\//.test(source));
}

/** `chmod 600`, `chmod o-r`. */
export function isGuarding({ program, values }: RunCommand): boolean {
  return program === "chmod" && guards(values.find((value) => !/^-\w$|^--/.test(value ?? "")) ?? "");
}

function guards(mode: string): boolean {
  if (/^[0-7]{3,4}$/.test(mode)) return (Number(mode.at(-1)) & 4) === 0;
  return /^(?:[ugoa]*[-+=][rwxXst]*,)*[ug]*[oa][ugoa]*(?:-[wxXst]*r|=[wxXst]*(?:,|$))/.test(mode);
}
