/**
 * `npm run code [FOLDER]` opens VS Code with the extension, on examples/calculator: the one that is installed, or one that
 * is downloaded into .vscode-test/. With BALLAST_VSCODE_URL it prints the address of the same in that served VS Code.
 */
import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./build.mts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("../examples/calculator", import.meta.url)));
const served = process.env.BALLAST_VSCODE_URL;
const windows = process.platform === "win32";

if (served === undefined) process.exitCode = await open();
else process.stdout.write(`${addressIn(served)}\n`);

/** The page of a served VS Code with the extension in it. */
function addressIn(url: string): string {
  const { origin, host } = new URL(url);
  const path = (absolute: string) => pathToFileURL(absolute).pathname;
  const payload = JSON.stringify([["extensionDevelopmentPath", `vscode-remote://${host}${path(root)}`]]);
  return `${origin}/?folder=${encodeURIComponent(path(folder))}&payload=${encodeURIComponent(payload)}`;
}

async function open(): Promise<number> {
  const args = [`--extensionDevelopmentPath=${root}`, "--new-window", folder];
  // On Windows `code` is a script, which needs a shell, and a shell needs quotes.
  const quote = (text: string) => (windows ? `"${text}"` : text);
  if (spawnSync("code", ["--version"], { shell: windows }).status === 0)
    return spawnSync("code", args.map(quote), { stdio: "inherit", shell: windows }).status ?? 1;
  const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
  try {
    const executable = await downloadAndUnzipVSCode();
    spawn(executable, args, { detached: true, stdio: "ignore" }).unref();
    return 0;
  } catch (error) {
    process.stderr.write(
      `No VS Code is installed (there is no command "code"), and none can be downloaded: ${error instanceof Error ? error.message : String(error)}
Install it from https://code.visualstudio.com, or set BALLAST_VSCODE_URL to the address of a served one.\n`,
    );
    return 1;
  }
}
