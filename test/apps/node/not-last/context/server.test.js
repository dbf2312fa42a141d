const assert = require("node:assert");
const { test } = require("node:test");

test("a second has a thousand milliseconds", () => assert.equal(require("ms")("1s"), 1000));
