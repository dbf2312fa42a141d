import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { describeOnEngine } from "../kit/engine";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const made: string[] = [];
afterAll(() => {
  for (const name of made) execFileSync("docker", ["image", "rm", name], { stdio: "ignore" });
});

/** The script that reads what an image holds, asked of one that is made of this Dockerfile. */
function read(dockerfile: string) {
  const name = `ballast-test-${randomUUID()}`;
  execFileSync("docker", ["build", "-q", "-t", name, "-"], { input: dockerfile, stdio: ["pipe", "ignore", "ignore"] });
  made.push(name);
  const script = [path("node_modules/tsx/dist/cli.mjs"), path("scripts/catalog-image.mts"), name];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
  return { status, stdout, stderr };
}

await describeOnEngine("facts of images come from published ones", () => {
  it("refuses one that was made in the place of a published image", () => {
    const { status, stdout, stderr } = read("FROM scratch\nLABEL stand-in=true\n");
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("was made on this machine in the place of the published image");
  });

  it("refuses one that no registry knows", () => {
    const { status, stdout, stderr } = read("FROM scratch\nLABEL stand-in=false\n");
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("has no digest of a registry");
  });
});
