import { type GoAssignment, type GoCall, type GoField, type GoFunction, syntaxOf } from "../../project/go-syntax";
import type { SourceFile } from "./sources";

/** Something of a file, with the file. */
export interface Found<T> {
  readonly file: SourceFile;
  readonly it: T;
}

/** The calls, assignments, functions and fields of a program by their names, so that following one takes no walk over all. */
export class Names {
  /** By the last part of the name: `os.Open` is found as `Open`. */
  readonly calls = new Map<string, Found<GoCall>[]>();
  readonly assignments = new Map<string, Found<GoAssignment>[]>();
  readonly functions = new Map<string, Found<GoFunction>[]>();
  readonly fields = new Map<string, Found<GoField>[]>();

  constructor(files: readonly SourceFile[]) {
    for (const file of files) {
      const { calls, assignments, functions, fields } = syntaxOf(file.source.text);
      for (const it of calls) add(this.calls, it.name.slice(it.name.lastIndexOf(".") + 1), { file, it });
      for (const it of assignments) add(this.assignments, it.name, { file, it });
      for (const it of functions) add(this.functions, it.name, { file, it });
      for (const it of fields) add(this.fields, it.name, { file, it });
    }
  }
}

function add<T>(index: Map<string, Found<T>[]>, name: string, found: Found<T>): void {
  const known = index.get(name);
  if (known) known.push(found);
  else index.set(name, [found]);
}
