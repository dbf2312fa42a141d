const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");

const { from, force } = JSON.parse(readFileSync("wind.json", "utf8"));
createServer((request, response) => response.end(`${from} ${force}\n`)).listen(3000);
