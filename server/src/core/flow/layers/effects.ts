import { CommandMemo } from "../commands/command-memo";
import { deletionsOf, keepsFiles } from "./deletions";
import { fetchesOf } from "./fetches";
import { relocationOf } from "./relocations";
import { foldersMade } from "./run-layer";

/** What the words of a command say that it does to the files of its image. */
const effects = new CommandMemo((run) => {
  const relocation = relocationOf(run);
  const deletions = deletionsOf(run);
  return {
    /** It leaves alone what others have made, but for what is said here. */
    keeps: keepsFiles(run, deletions),
    relocation,
    /** Those of a relocation are its sources. */
    deletions: relocation ? [] : deletions,
    folders: foldersMade(run),
    fetches: fetchesOf(run),
  };
});

export const effectsOf = effects.of.bind(effects);
