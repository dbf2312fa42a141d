/** How `java` is started (docs.oracle.com, The java Command). */
export interface JavaStart {
  /** What starts it, as it is written: `java`, `/usr/bin/java`. */
  readonly program: string;
  /** The options, with the values that are words of their own; neither the class path nor what is started. */
  readonly flags: readonly string[];
  /** The archive of `-jar`; undefined where a class or module is started. */
  readonly jar: string | undefined;
  /** The class path and the module path, entry by entry; undefined where none is given. */
  readonly path: readonly string[] | undefined;
  /** The class or module: `com.example.Main`. */
  readonly main: string | undefined;
  /** What the program itself is given. */
  readonly args: readonly string[];
  /** All words behind the first, as they are written. */
  readonly words: readonly string[];
}

const CLASS_PATH = new Set(["-cp", "-classpath", "--class-path", "-p", "--module-path"]);
/** Options whose value is the next word. */
const WITH_VALUE = new Set(
  "--add-modules --add-opens --add-exports --add-reads --patch-module --limit-modules --upgrade-module-path --source".split(
    " ",
  ),
);

/** Reads the words of a start by `java`; undefined where they start nothing that can be told: `java @options`. */
export function readJavaStart([program = "", ...words]: readonly string[]): JavaStart | undefined {
  const flags: string[] = [];
  let path: string[] | undefined;
  let isJar = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [name = "", value] = /^--(?:class-path|module-path)=/.test(word) ? word.split("=", 2) : [word, words[at + 1]];
    if (word === "-jar") isJar = true;
    else if (CLASS_PATH.has(name)) {
      path = [...(path ?? []), ...(value ?? "").split(":")];
      at += name === word ? 1 : 0;
    } else if (WITH_VALUE.has(word)) flags.push(word, words[++at] ?? "");
    else if (word === "-m" || word === "--module")
      return { program, flags, jar: undefined, path, main: words[at + 1], args: words.slice(at + 2), words };
    else if (word === "" || word.startsWith("@")) return undefined;
    else if (word.startsWith("-")) flags.push(word);
    else {
      const args = words.slice(at + 1);
      return { program, flags, jar: isJar ? word : undefined, path, main: isJar ? undefined : word, args, words };
    }
  }
  return undefined;
}

/** Flags of the JVM that every version from 8 on knows; others come and go with versions. */
const LASTING =
  /^-(?:X(?:m[snx]|ss)\w+|D.*|server|ea|esa|enableassertions.*|javaagent:.*|agentlib:.*|verbose.*|XX:(?:MaxRAMPercentage|InitialRAMPercentage|MinRAMPercentage|MaxMetaspaceSize|MetaspaceSize|HeapDumpPath|OnOutOfMemoryError|MaxGCPauseMillis|ParallelGCThreads|ConcGCThreads|ActiveProcessorCount|ReservedCodeCacheSize|NewSize|MaxNewSize|MaxDirectMemorySize)=.*|XX:[+-](?:UseG1GC|UseParallelGC|UseSerialGC|HeapDumpOnOutOfMemoryError|ExitOnOutOfMemoryError|CrashOnOutOfMemoryError|AlwaysPreTouch|UseStringDeduplication|DisableExplicitGC|UseNUMA|UseContainerSupport|TieredCompilation|UseCompressedOops))$/;

/** The first flag that another version of Java may not know, or may take otherwise. */
export function passingFlag({ flags }: JavaStart): string | undefined {
  return flags.find((flag) => !LASTING.test(flag));
}

/** A flag that ties the program to the very Java that it was prepared with. */
export function tyingFlag({ flags }: JavaStart): string | undefined {
  return flags.find((flag) => /^-XX:(?:SharedArchiveFile|AOTCache|AOTMode|CRaC\w+|Flags|VMOptionsFile)/.test(flag));
}
