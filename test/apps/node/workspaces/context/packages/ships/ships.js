exports.ships = [
  { name: "Calypso", days: 12 },
  { name: "Fram", days: 1095 },
];
