const { createServer } = require("node:http");

createServer((request, answer) => {
  answer.setHeader("content-type", "text/plain; charset=utf-8");
  answer.end(`${process.env.pm_id === undefined ? "alone" : "watched by pm2"}\n`);
}).listen(3000);
