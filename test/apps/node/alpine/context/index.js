const ms = require("ms");

require("node:http")
  .createServer((request, response) => response.end(`eight bells after ${ms(14400000)}\n`))
  .listen(3000);
