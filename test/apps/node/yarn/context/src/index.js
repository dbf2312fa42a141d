const fastify = require("fastify")();

fastify.get("/mirror/:word", async ({ params }) => ({ mirrored: [...params.word].reverse().join("") }));
fastify.listen({ host: "0.0.0.0", port: 3000 });
