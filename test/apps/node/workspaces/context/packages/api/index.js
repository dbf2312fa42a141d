const { createServer } = require("node:http");
const ms = require("ms");
const { ships } = require("@fleet/ships");

createServer((request, response) => {
  const lines = ships.map(({ name, days }) => `${name}: ${ms(days * 24 * 60 * 60 * 1000)}`);
  response.end(`${lines.join("\n")}\n`);
}).listen(3000);
