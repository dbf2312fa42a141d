const express = require("express");

const tides = { dover: ["04:12", "16:40"], brest: ["01:55", "14:20"] };
const app = express();

app.get("/", (request, response) => response.type("text").send(`${Object.keys(tides).length} harbours\n`));
app.get("/tides/:harbour", (request, response) => {
  const high = tides[request.params.harbour];
  if (!high) return response.status(404).json({ error: "no such harbour" });
  response.json({ high });
});

app.listen(3000, () => console.log("listening on 3000"));
