import type { BuildFile } from "./build-file";

/** Cargo.toml, one `key = value` a line (doc.rust-lang.org/cargo/reference/manifest.html). */
export function readCargo(text: string): BuildFile {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  let section = "";
  const names: string[] = [];
  const parts: string[] = [];
  let keeps = true;
  for (const line of lines) {
    if (line.startsWith("#")) continue;
    if (line.startsWith("[")) section = line.replace(/[\s[\]]/g, "");
    const name = /^name\s*=\s*["']([\w-]+)["']/.exec(line)?.[1];
    if (name !== undefined && /^(?:package|bin|lib)$/.test(section)) names.push(name);
    // Another way to write a table is not looked into, nor a script of another name.
    if (/^(?:package|bin|lib)[.\s]*(?:\w+\s*)?=|^build\s*=|^build-script|^default-target|^forced-target/.test(line))
      keeps = false;
    for (const [, path = ""] of line.matchAll(/\bpath\s*=\s*["']([^"']*)["']/g))
      if (!/^(?:bin|lib|test|bench|example)$/.test(section)) parts.push(path);
  }
  return { keeps, names, parts };
}
