const { createServer } = require("node:http");
const { readFile } = require("node:fs");
const path = require("node:path");

const islands = require("./data/islands.json");
const PUBLIC = path.join(__dirname, "public");

createServer((request, response) => {
  if (request.url === "/islands") {
    response.setHeader("Content-Type", "application/json");
    return response.end(JSON.stringify(islands));
  }
  readFile(path.join(PUBLIC, path.basename(request.url)), (error, content) => {
    if (error) return response.writeHead(404, { "Content-Type": "text/plain" }).end("nothing here\n");
    response.writeHead(200, { "Content-Type": "text/css" }).end(content);
  });
}).listen(8080);
