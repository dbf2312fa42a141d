require("node:fs").writeFileSync("wind.json", '{"from":"NW","force":5}\n');
