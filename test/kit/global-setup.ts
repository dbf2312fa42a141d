import { execFileSync } from "node:child_process";

/** Tests of the command line and the engine run what users run: the bundles. */
export default function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });
}
