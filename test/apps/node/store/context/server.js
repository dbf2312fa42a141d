const { createServer } = require("node:http");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const file = path.join(process.env.DATA_DIR, "stores.json");

createServer((request, response) => {
  const stores = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  if (request.method === "PUT") {
    const store = decodeURIComponent(request.url.slice(1));
    if (!stores.includes(store)) stores.push(store);
    writeFileSync(file, JSON.stringify(stores));
  }
  response.end(`${stores.join(", ")}\n`);
}).listen(3000);
