require("node:http")
  .createServer((request, response) => response.end(request.url === "/health" ? "fine\n" : "hello\n"))
  .listen(3000);
