const { createServer } = require("node:http");

const { HOSTNAME, PORT } = process.env;
createServer((request, answer) => {
  answer.setHeader("content-type", "text/plain; charset=utf-8");
  answer.end(`heard on ${HOSTNAME}:${PORT}\n`);
}).listen(PORT, HOSTNAME);
