const { createServer } = require("node:http");
const ms = require("ms");
const zones = require("../../libs/zones");

createServer((request, response) => {
  const lines = Object.entries(zones).map(([name, hours]) => `${name} ${ms(hours * 3600000)}`);
  response.end(`${lines.join("\n")}\n`);
}).listen(3000);
