import { readScript } from "../shell/script";

/** The programs that a script of the shell calls, by their names as they are written; undefined where it may call others. */
export function programsCalled(text: string): ReadonlySet<string> | undefined {
  const script = readScript(text, (start, end) => ({ start, end }));
  if (script.unread || script.error) return undefined;
  const names = script.commands.flatMap(({ name, args }) =>
    name.text === "exec" || name.text === "command" ? (args[0]?.text ?? []) : name.text,
  );
  return new Set(names);
}
