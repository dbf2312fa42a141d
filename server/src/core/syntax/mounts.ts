import type { Instruction } from "./instruction";

/** A `--mount` of a RUN: its kind (`bind` where none is said) and the path it covers, as it is written. */
export interface Mount {
  readonly type: string;
  readonly target: string | undefined;
}

/** The mounts of a RUN, in order. */
export function mountsOf({ flags }: Instruction): readonly Mount[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== "mount" || value === undefined) return [];
    const fields = new Map(
      value.split(",").map((field) => [field.split("=", 1)[0] ?? "", field.slice(field.indexOf("=") + 1)]),
    );
    const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
    return { type: fields.get("type") ?? "bind", target };
  });
}
