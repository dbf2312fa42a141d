const { createServer } = require("node:http");
const ms = require("ms");

createServer((request, response) => response.end(`a flash each ${ms(5000)}\n`)).listen(3000);
