const { createServer } = require("node:http");
const { parseArgs } = require("node:util");

const { values } = parseArgs({ options: { port: { type: "string" } } });
createServer((request, response) => response.end(`port ${values.port}\n`)).listen(Number(values.port));
