const { writeFileSync } = require("node:fs");

writeFileSync("logbook.json", JSON.stringify({ version: 2, entries: [] }));
console.log("migrated to version 2");
