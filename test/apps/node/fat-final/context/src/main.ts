import { createServer } from "node:http";
import ms from "ms";

createServer((request, response) => {
  response.setHeader("Content-Type", "text/plain");
  response.end(`a watch has ${ms(4 * 60 * 60 * 1000, { long: true })} (${process.env.NODE_ENV})\n`);
}).listen(8080);
