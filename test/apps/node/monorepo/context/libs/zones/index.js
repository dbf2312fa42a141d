module.exports = { Lisbon: 0, Athens: 2 };
