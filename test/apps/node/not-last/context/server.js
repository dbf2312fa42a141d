require("node:http")
  .createServer((request, response) => response.end("red to port\n"))
  .listen(3000);
