const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { simpleGit } = require("simple-git");

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "tide-"));
  const git = simpleGit(folder);
  await git.init();
  await git.addConfig("user.name", "tide").addConfig("user.email", "tide@example.com");
  for (const name of ["ebb", "flood"]) {
    writeFileSync(join(folder, name), name);
    await git.add(name).commit(name);
  }
  const { all } = await git.log();
  console.log(all.map(({ message }) => message).join(" after "));
}

main();
