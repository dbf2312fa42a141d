import type { Input } from "./inputs";

type Fails = (input: Input) => boolean | Promise<boolean>;

/** A smaller input that still fails: without files, without lines, without characters. `fails` is asked at most `most` times. */
export async function shrink(input: Input, fails: Fails, most: number): Promise<Input> {
  let left = most;
  const still: Fails = async (smaller) => left-- > 0 && (await fails(smaller));
  let best = input;
  const names = Object.keys(input.files ?? {});
  for (const files of [undefined, {}, ...names.map((name) => without(input.files ?? {}, name))]) {
    if (best.files !== undefined && (await still({ ...best, files }))) best = { ...best, files };
  }
  for (const joint of ["\n", " ", ""]) best = await shrinkPieces(best, joint, still);
  return best;
}

function without(files: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== name));
}

/** Takes out runs of pieces, long ones first, as long as it still fails. */
async function shrinkPieces(input: Input, joint: string, still: Fails): Promise<Input> {
  let pieces = input.text.split(joint);
  for (let run = pieces.length >> 1; run >= 1; run >>= 1) {
    for (let at = 0; at < pieces.length; ) {
      const fewer = [...pieces.slice(0, at), ...pieces.slice(at + run)];
      if (fewer.length < pieces.length && (await still({ ...input, text: fewer.join(joint) }))) pieces = fewer;
      else at += run;
    }
  }
  return { ...input, text: pieces.join(joint) };
}
