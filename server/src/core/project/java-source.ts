import { separateSource } from "./source-text";

/** What a source of a program on the JVM shows of what it does at run time. */
export interface JavaSource {
  /** Its strings that may name files: without white space, and none that is longer than any path. */
  readonly strings: ReadonlySet<string>;
  /** The files that it writes, as its calls name them; undefined where a call does not say which. */
  readonly writes: readonly JavaWrite[];
  /** The first call that starts another program: `ProcessBuilder`. */
  readonly starts: string | undefined;
  /** The first call that loads a library of the system: `System.loadLibrary`. */
  readonly loads: string | undefined;
  /** The first package that only a JDK has: `javax.tools`. */
  readonly tools: string | undefined;
  /** The first package of java.desktop, which wants libraries of the system: `java.awt`. */
  readonly desktop: string | undefined;
  /** The first package that later versions of Java have no more, and the last version that has it. */
  readonly gone: { readonly name: string; readonly until: number } | undefined;
}

export interface JavaWrite {
  /** A path as it is written; undefined where it is not told. */
  readonly path: string | undefined;
  /** The path is a folder, which is made. */
  readonly folder: boolean;
}

/** No path is longer, and few sources name more files. */
const MAX_STRING = 200;
const MAX_STRINGS = 500;

/** Reads a source of Java, Kotlin, Scala or Groovy; undefined where it is too long. */
export function readJavaSource(text: string): JavaSource | undefined {
  const source = separateSource(text, "jvm");
  if (!source) return undefined;
  const { code, strings } = source;
  return {
    strings: new Set(
      strings.filter((each) => each.length <= MAX_STRING && /^[^\s<>|"]+$/.test(each)).slice(0, MAX_STRINGS),
    ),
    writes: [...writesOf(code, strings), ...databasesIn(strings.join("\n"))],
    starts: STARTS.exec(code)?.[0],
    loads: LOADS.exec(code)?.[0],
    tools: TOOLS.exec(code)?.[0],
    desktop: DESKTOP.exec(code)?.[0],
    gone: GONE.flatMap(([name, until]) => (name.test(code) ? [{ name: name.exec(code)?.[0] ?? "", until }] : []))[0],
  };
}

const STARTS = /\bProcessBuilder\b|\bgetRuntime\s?\(\s?\)\s?\.exec\b|\bsys\.process\b|\.execute\(\)\.text\b/;
const LOADS = /\bSystem\.load(?:Library)?\b|\bNative\.load(?:Library)?\b/;
const TOOLS = /\bjavax\.tools\b|\bcom\.sun\.(?:tools|source)\b|\bjdk\.jshell\b|\bToolProvider\b/;
const DESKTOP = /\bjava\.(?:awt|beans|applet)\b|\bjavax\.(?:swing|imageio|print|sound|accessibility)\b/;
/** What was taken out of Java, with the last version that has it (JEP 320, 336, 372, 385, 398). */
const GONE: readonly (readonly [RegExp, number])[] = [
  [/\bjavax\.xml\.(?:bind|ws|soap)\b/, 10],
  [/\bjavax\.(?:activation|jws|transaction)\b/, 10],
  [/\bjavax\.annotation\.(?:PostConstruct|PreDestroy|Resource|Generated)\b/, 10],
  [/\borg\.omg\b/, 10],
  [/\bsun\.misc\.BASE64\w+/, 8],
  [/\bjava\.util\.jar\.Pack200\b/, 13],
  [/\bjdk\.nashorn\b/, 14],
  [/\bScriptEngineManager\b/, 14],
  [/\bjava\.rmi\.activation\b/, 16],
  [/\bsetSecurityManager\b/, 17],
  [/\bjava\.applet\b/, 25],
];

/** A path as the first argument of a call: a string, or one in `new File(…)`, `Path.of(…)`, `Paths.get(…)`. */
const PATH = String.raw`(?:(?:new\s)?(?:java\.io\.)?(?:File|Path\.of|Paths\.get)\s?\(\s?)?"(\d+)"\s?([,)+.])`;
const WRITERS: readonly (readonly [RegExp, boolean])[] = [
  [/\bnew\s(?:java\.io\.)?(?:FileOutputStream|FileWriter|RandomAccessFile)\s?\(\s?/g, false],
  [/\bnew\s(?:java\.io\.)?(?:PrintWriter|PrintStream)\s?\(\s?(?="|new\sFile\b|file\b)/g, false],
  [/\bFiles\.(?:write|writeString|newBufferedWriter|newOutputStream|createFile)\s?\(\s?/g, false],
  [/\bFiles\.createDirector(?:y|ies)\s?\(\s?/g, true],
  [/\bFileUtils\.(?:write|copy|move)\w*\s?\(\s?/g, false],
];
/** Calls on a file that was named before. */
const ON_FILE =
  /\.(?:mkdirs?|createNewFile|writeText|appendText|writeBytes|appendBytes|outputStream|bufferedWriter|printWriter)\s?\(|\bFiles\.(?:copy|move|createLink|createSymbolicLink)\s?\(|\btransferTo\s?\(\s?new\sFile\b/g;

function writesOf(written: string, strings: readonly string[]): readonly JavaWrite[] {
  // Space of any length is one, so that no pattern has to go over it.
  const code = written.replace(/\s+/g, " ");
  const found: JavaWrite[] = [];
  for (const [call, folder] of WRITERS)
    for (const { index, 0: text } of code.matchAll(call))
      found.push({ path: pathAt(code, index + text.length, strings), folder });
  for (const { index, 0: text } of code.matchAll(ON_FILE))
    found.push({ path: pathBefore(code, index, strings), folder: text.startsWith(".mkdir") });
  return found;
}

const AT = new RegExp(PATH, "y");

function pathAt(code: string, at: number, strings: readonly string[]): string | undefined {
  AT.lastIndex = at;
  const [, place, next] = AT.exec(code) ?? [];
  return place === undefined || next === "+" ? undefined : plain(strings[Number(place)]);
}

/** `new File("data").mkdirs()`: the call is on the file itself. */
function pathBefore(code: string, end: number, strings: readonly string[]): string | undefined {
  const [, place] = /\bFile\s?\(\s?"(\d+)"\s?\)$/.exec(code.slice(Math.max(0, end - 60), end)) ?? [];
  return place === undefined ? undefined : plain(strings[Number(place)]);
}

/** Kotlin and Groovy put values into strings. */
function plain(path: string | undefined): string | undefined {
  return path === undefined || path === "" || path.includes("$") ? undefined : path;
}

/** Sources of a program, tests aside. */
export function isJavaSource(path: string): boolean {
  return /\.(?:java|kt|scala|groovy)$/.test(path) && !/(?:^|\/)(?:test|tests|androidTest|integrationTest)\//.test(path);
}

/** Settings that are packed into the program: they name files that its libraries write. */
export function isJavaResource(path: string): boolean {
  return /(?:^|\/)src\/main\/resources\/[^/]+\.(?:properties|ya?ml|xml|conf)$/.test(path);
}

/** What settings of a program say of files that its libraries write: databases and logs. */
export function readJavaResource(text: string): JavaSource {
  const found = [...text.matchAll(SETTINGS)].map(([, path = ""]) => path.trim());
  // A nested key of YAML says which file only with those above it.
  const nested = /^logging:\s*$/m.test(text) && /^[ \t]+file:/m.test(text);
  return {
    strings: new Set(found.filter((each) => /^\S+$/.test(each))),
    writes: [
      ...found.map((path) => ({ path: /[${}%]/.test(path) ? undefined : path, folder: false })),
      ...(nested ? [{ path: undefined, folder: false }] : []),
      ...databasesIn(text),
    ],
    starts: undefined,
    loads: undefined,
    tools: undefined,
    desktop: undefined,
    gone: undefined,
  };
}

/** Databases that are files: `jdbc:h2:./data/shop`, `jdbc:sqlite:shop.db`. One in memory is none, nor one in a home folder, which every user has. */
function databasesIn(text: string): readonly JavaWrite[] {
  return [...text.matchAll(/\bjdbc:(?:h2|sqlite|hsqldb|derby):(?:file:)?([^\s;?"'<]{1,200})/g)].flatMap(
    ([, path = ""]) =>
      /^(?:mem:|:memory:|memory:|tcp:|ssl:|hsqls?:|https?:|res:|:resource:|\/\/|~)/.test(path)
        ? []
        : { path: path.includes("$") ? undefined : path, folder: false },
  );
}

/** logback.xml and log4j2.xml, log4j.properties, Spring Boot's application.properties. */
const SETTINGS =
  /(?:<(?:file|File|fileNamePattern|FileNamePattern)>|\bfileName="|\bfilePattern="|^[ \t]*(?:logging\.file(?:\.name|\.path)?|log4j\.appender\.\w+\.File|server\.tomcat\.(?:basedir|accesslog\.directory))[ \t]*[=:])([^<"\n]{1,200})/gm;
