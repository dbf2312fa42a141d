/** A CMakeLists.txt, as far as it names programs and what they are linked with (cmake.org, cmake-commands). */
export interface CMakeLists {
  /** What `add_executable` names. */
  readonly programs: readonly string[];
  /** What `target_link_libraries` and `link_libraries` name, programs and keywords left out. */
  readonly libraries: readonly string[];
  /** Folders that `add_subdirectory` names. */
  readonly folders: readonly string[];
  /** Why what it makes cannot be told: it fetches, includes or makes what is not followed. */
  readonly unclear: string | undefined;
  /** It sets where programs come to stand. */
  readonly movesPrograms: boolean;
  /** It links programs statically. */
  readonly isStatic: boolean;
}

const KEYWORDS = /^(?:PRIVATE|PUBLIC|INTERFACE|debug|optimized|general|WIN32|MACOSX_BUNDLE|EXCLUDE_FROM_ALL)$/;
/** Commands that bring what is not in the folder, or a library of its own beside the program. */
const UNCLEAR: Readonly<Record<string, string>> = {
  fetchcontent_declare: "it fetches sources (FetchContent)",
  externalproject_add: "it builds a project of others (ExternalProject_Add)",
  cpmaddpackage: "it fetches sources (CPM)",
  execute_process: "it runs programs (execute_process)",
  add_custom_command: "it runs programs (add_custom_command)",
};

export function isCMakeLists(path: string): boolean {
  return /(?:^|\/)CMakeLists\.txt$/.test(path);
}

/** Reads a CMakeLists.txt. Linear. */
export function readCMakeLists(text: string): CMakeLists {
  const programs: string[] = [];
  const libraries: string[] = [];
  const folders: string[] = [];
  const variables = new Map<string, string>();
  let unclear: string | undefined;
  let movesPrograms = false;
  let isStatic = false;
  const value = (word: string) => word.replace(/\$\{(\w+)\}/g, (whole, name: string) => variables.get(name) ?? whole);
  for (const [, name = "", inner = ""] of text.replace(/#[^\n]*/g, "").matchAll(/\b([A-Za-z_]+)[ \t]*\(([^()]*)\)/g)) {
    const words = inner
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => value(word.replace(/^"|"$/g, "")));
    const [first = "", ...rest] = words;
    const command = name.toLowerCase();
    unclear ??= UNCLEAR[command];
    if (/RUNTIME_OUTPUT_DIRECTORY|EXECUTABLE_OUTPUT_PATH|OUTPUT_NAME/.test(inner)) movesPrograms = true;
    if (/(?:^|\s)"?-static"?(?:\s|$)/.test(inner)) isStatic = true;
    if (command === "project") variables.set("PROJECT_NAME", first);
    else if (command === "set" && rest.length === 1) variables.set(first, rest[0] ?? "");
    else if (command === "add_executable" && !/^(?:ALIAS|IMPORTED)$/.test(rest[0] ?? "")) programs.push(first);
    else if (command === "target_link_libraries") libraries.push(...rest.filter((word) => !KEYWORDS.test(word)));
    else if (command === "link_libraries") libraries.push(...words.filter((word) => !KEYWORDS.test(word)));
    else if (command === "add_subdirectory") folders.push(first);
    else if (command === "add_library") {
      if (/^(?:SHARED|MODULE)$/.test(rest[0] ?? "")) unclear ??= "it makes a shared library of its own";
      variables.set(` ${first}`, "");
    }
  }
  const own = (word: string) => variables.has(` ${word}`);
  return { programs, libraries: libraries.filter((word) => !own(word)), folders, unclear, movesPrograms, isStatic };
}
