import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import Mustache from "mustache";
import { nameIn } from "./name.js";

const view = readFileSync(new URL("../views/hello.txt", import.meta.url), "utf8");

createServer((request, response) => {
  response.setHeader("Content-Type", "text/plain");
  response.end(Mustache.render(view, { name: nameIn(request.url ?? "/") }));
}).listen(Number(process.env.PORT));
