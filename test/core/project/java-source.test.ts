import { expect, test } from "vitest";
import {
  isJavaResource,
  isJavaSource,
  readJavaResource,
  readJavaSource,
} from "../../../server/src/core/project/java-source";

const writes = (code: string) => readJavaSource(code)?.writes.map(({ path, folder }) => `${path}${folder ? "/" : ""}`);

test("files that calls write, where they name them", () => {
  expect(writes('new FileWriter("log.txt", true)')).toEqual(["log.txt"]);
  expect(writes('new FileOutputStream(new File("out/a.bin"))')).toEqual(["out/a.bin"]);
  expect(writes('Files.writeString(Path.of("data/x.txt"), text)')).toEqual(["data/x.txt"]);
  expect(writes('Files.createDirectories(\n  Paths.get("data"))')).toEqual(["data/"]);
  expect(writes('new File("logs").mkdirs()')).toEqual(["logs/"]);
  expect(writes('File("notes.txt").appendText(line)')).toEqual(["notes.txt"]);
});

test("a call that does not say which file", () => {
  expect(writes("new FileWriter(path)")).toEqual(["undefined"]);
  expect(writes('new FileWriter("log-" + day)')).toEqual(["undefined"]);
  expect(writes('new FileWriter("$home/x")')).toEqual(["undefined"]);
  expect(writes("folder.mkdirs()")).toEqual(["undefined/"]);
});

test("what writes to no file, a comment, a string", () => {
  expect(writes("new PrintWriter(System.out)")).toEqual([]);
  expect(writes("new PrintWriter(socket.getOutputStream())")).toEqual([]);
  expect(writes('// new FileWriter("a")\n/* new FileWriter("b") */ "new FileWriter(path)"')).toEqual([]);
  expect(writes('"""\nnew FileWriter(x) "quoted"\n"""')).toEqual([]);
});

test("databases that are files", () => {
  expect(writes('connect("jdbc:h2:./data/shop;AUTO_SERVER=TRUE")')).toEqual(["./data/shop"]);
  expect(writes('connect("jdbc:sqlite:shop.db")')).toEqual(["shop.db"]);
  expect(
    writes('connect("jdbc:h2:mem:shop"); connect("jdbc:h2:~/shop"); connect("jdbc:postgresql://db/shop")'),
  ).toEqual([]);
});

test("other programs, libraries of the system, tools of the JDK, what later versions have no more", () => {
  const read = (code: string) => readJavaSource(code);
  expect(read('Runtime.getRuntime().exec("ls")')?.starts).toBe("getRuntime().exec");
  expect(read('new ProcessBuilder("ls").start()')?.starts).toBe("ProcessBuilder");
  expect(read('System.loadLibrary("shop")')?.loads).toBe("System.loadLibrary");
  expect(read("import javax.tools.ToolProvider;")?.tools).toBe("javax.tools");
  expect(read("import javax.xml.bind.JAXB;")?.gone).toEqual({ name: "javax.xml.bind", until: 10 });
  expect(read("import java.util.List;")).toMatchObject({ starts: undefined, tools: undefined, gone: undefined });
});

test("settings that are packed name files that libraries write", () => {
  const paths = (text: string) => readJavaResource(text).writes.map(({ path }) => path);
  expect(paths("logging.file.name=logs/app.log\nserver.port=80\n")).toEqual(["logs/app.log"]);
  expect(paths("<appender><file>logs/app.log</file></appender>")).toEqual(["logs/app.log"]);
  expect(paths('<RollingFile fileName="${dir}/app.log" filePattern="logs/app-%d.log"/>')).toEqual([
    undefined,
    undefined,
  ]);
  expect(paths("logging:\n  file:\n    name: app.log\n")).toEqual([undefined]);
  expect(paths("spring.datasource.url=jdbc:h2:file:./data/shop\n")).toEqual(["./data/shop"]);
});

test("sources and settings of the program, tests aside", () => {
  expect(["src/main/java/A.java", "A.kt", "src/test/java/ATest.java", "a.js"].map(isJavaSource)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isJavaResource("src/main/resources/logback.xml")).toBe(true);
  expect(isJavaResource("src/test/resources/logback.xml")).toBe(false);
});
