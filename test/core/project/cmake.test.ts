import { expect, test } from "vitest";
import { readCMakeLists } from "../../../server/src/core/project/cmake";

test("programs, libraries of others and folders", () => {
  const list = readCMakeLists(`
project(app C) # add_executable(no no.c)
add_library(core STATIC core.c)
add_executable(\${PROJECT_NAME} main.c)
target_link_libraries(app PRIVATE core SQLite::SQLite3 m)
add_subdirectory(tools)
`);
  expect(list.programs).toEqual(["app"]);
  expect(list.libraries).toEqual(["SQLite::SQLite3", "m"]);
  expect(list.folders).toEqual(["tools"]);
  expect(list.unclear).toBeUndefined();
});

test.each([
  ["FetchContent_Declare(json URL https://example.com)", "it fetches sources (FetchContent)"],
  ["add_library(own SHARED own.c)", "it makes a shared library of its own"],
  ["execute_process(COMMAND git describe)", "it runs programs (execute_process)"],
])("%s is not followed", (text, why) => expect(readCMakeLists(text).unclear).toBe(why));
