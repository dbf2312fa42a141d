const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");

const { stdout, error } = spawnSync("bc", ["-l"], { input: readFileSync(0) });
if (error) throw error;
process.stdout.write(stdout);
