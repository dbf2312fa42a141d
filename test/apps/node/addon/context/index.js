const fathoms = require("./build/Release/depth.node");

console.log(fathoms(100));
