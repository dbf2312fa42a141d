import { csvFields } from "./csv";
import type { Flag, Reading } from "./instruction";

/** A `--mount` of a RUN as it is written: variables are not resolved. */
export interface Mount {
  readonly flag: Flag;
  /** Its kind: `bind` where none is said. */
  readonly type: string;
  /** The path it covers. */
  readonly target: string | undefined;
  /** The stage or image it shows. */
  readonly from: string | undefined;
  /** All options in order, the value undefined where there is no `=`. */
  readonly options: readonly MountOption[];
}

export interface MountOption {
  readonly text: string;
  /** In lower case. */
  readonly key: string;
  readonly value: string | undefined;
}

/** The mounts of a RUN, in order. */
export function mountsOf({ flags }: Reading): readonly Mount[] {
  return flags.flatMap((flag) =>
    flag.name === "mount" && flag.value !== undefined ? [readMount(flag, flag.value)] : [],
  );
}

function readMount(flag: Flag, text: string): Mount {
  const read = csvFields(text);
  const options = ("error" in read ? [] : read.fields).map(readOption);
  const last = (...keys: readonly string[]) =>
    options.findLast(({ key, value }) => keys.includes(key) && value !== undefined)?.value;
  return {
    flag,
    type: last("type")?.toLowerCase() ?? "bind",
    target: last("target", "dst", "destination"),
    from: last("from") || undefined,
    options,
  };
}

function readOption(text: string): MountOption {
  const equals = text.indexOf("=");
  if (equals < 0) return { text, key: text.toLowerCase(), value: undefined };
  return { text, key: text.slice(0, equals).toLowerCase(), value: text.slice(equals + 1) };
}
