const { createServer } = require("node:http");
const ms = require("ms");

const major = process.versions.node.split(".")[0];
createServer((request, response) => response.end(`Node ${major}, a flash each ${ms(5000)}\n`)).listen(3000);
