const { mask } = require("bufferutil");
const { readdirSync } = require("node:fs");

const source = Buffer.from("anchor");
const output = Buffer.alloc(source.length);
mask(source, Buffer.from([1, 2, 3, 4]), output, 0, source.length);
const compiled = Object.keys(require.cache).concat(process.report.getReport().sharedObjects);
console.log(output.toString("hex"), compiled.some((file) => file.endsWith(".node")) ? "by C" : "by JavaScript");
