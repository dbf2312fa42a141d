const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");
const ms = require("ms");

createServer((request, response) => {
  const { version } = JSON.parse(readFileSync("logbook.json", "utf8"));
  response.end(`version ${version}, kept for ${ms(ms("2 days"), { long: true })}\n`);
}).listen(3000);
