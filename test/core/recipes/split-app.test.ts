import { testRecipe } from "../../kit/rule";

const { rewrites, refuses } = testRecipe("split-build-stage");

const PACKAGE = `#- package.json
{ "name": "tide", "version": "1.0.0", "scripts": { "start": "node server.js" }, "dependencies": { "ms": "2.1.3" } }
#- package-lock.json
{ "name": "tide", "lockfileVersion": 3, "packages": { "": { "dependencies": { "ms": "2.1.3" } }, "node_modules/ms": { "version": "2.1.3" } } }
#- server.js
require("node:http").createServer((_, answer) => answer.end("ebb")).listen(3000);`;
const app = (lines: string, files = PACKAGE) => `FROM node:24
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
${lines.trim()}
${files}`;
const built = (lines: string) => `FROM node:24 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
${lines.trimEnd()}
`;

rewrites(
  "settings are said again, the start is that of the image",
  "distroless",
  app(`ENV LEVEL=info
EXPOSE 3000
LABEL org.opencontainers.image.title="tide"
STOPSIGNAL SIGINT
# what runs
CMD ["node", "server.js"]`),
  built(`ENV LEVEL=info
EXPOSE 3000
LABEL org.opencontainers.image.title="tide"
STOPSIGNAL SIGINT

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
ENV LEVEL=info
LABEL org.opencontainers.image.title="tide"
EXPOSE 3000
STOPSIGNAL SIGINT
# what runs
CMD ["server.js"]`),
);

rewrites(
  "a setting that stands on an ARG of the stage, which the final one declares too",
  "distroless",
  app(`ARG LEVEL=info
ENV LEVEL=$LEVEL
CMD ["node", "server.js"]`),
  built(`ARG LEVEL=info
ENV LEVEL=$LEVEL

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
ARG LEVEL=info
ENV LEVEL=$LEVEL
CMD ["server.js"]`),
);

rewrites(
  "an ENTRYPOINT and the CMD beside it become one start",
  "distroless",
  app(`ENTRYPOINT ["node"]
CMD ["server.js"]`),
  built(`
FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
CMD ["server.js"]`),
);

rewrites(
  "the author's own user may write to files that were given to it",
  "distroless",
  app(`RUN chown -R node:node /app
USER node
CMD ["npm", "start"]`),
  built(`RUN chown -R node:node /app
USER node

FROM gcr.io/distroless/nodejs24-debian13:nonroot
COPY --from=build --chown=65532:65532 /app /app
WORKDIR /app
CMD ["server.js"]`),
);

rewrites(
  "slim keeps the author's user and start",
  "slim",
  app(`RUN chown -R node:node /app
USER node
CMD npm start`),
  built(`RUN chown -R node:node /app
USER node

FROM node:24-slim
COPY --from=build --chown=node /app /app
WORKDIR /app
USER node
CMD npm start`),
);

rewrites(
  "slim makes the user of a RUN of its own again",
  "slim",
  app(`RUN useradd --create-home tide
USER tide
CMD ["npm", "start"]`),
  built(`RUN useradd --create-home tide
USER tide

FROM node:24-slim
RUN useradd --create-home tide
WORKDIR /app
COPY --from=build /app /app
USER tide
CMD ["npm", "start"]`),
);

rewrites(
  "slim installs what a health check runs, and what the author installs for run time",
  "slim",
  app(`RUN apt-get update && apt-get install -y --no-install-recommends graphviz && rm -rf /var/lib/apt/lists/*
HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1
CMD ["npm", "start"]`),
  built(`RUN apt-get update && apt-get install -y --no-install-recommends graphviz && rm -rf /var/lib/apt/lists/*
HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1

FROM node:24-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends curl graphviz \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app
HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1
CMD ["npm", "start"]`),
);

rewrites(
  "a health check that the runtime runs names it where the image has it",
  "distroless",
  app(`HEALTHCHECK --interval=5s CMD node probe.js || exit 1
CMD ["node", "server.js"]`),
  built(`HEALTHCHECK --interval=5s CMD node probe.js || exit 1

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
HEALTHCHECK --interval=5s CMD ["/nodejs/bin/node", "probe.js"]
CMD ["server.js"]`),
);

rewrites(
  "a file that stands elsewhere comes along",
  "distroless",
  app(`COPY tide.json /etc/tide/tide.json
CMD ["node", "server.js"]`).concat("\n#- tide.json\n{}"),
  built(`COPY tide.json /etc/tide/tide.json

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
COPY --from=build /etc/tide/tide.json /etc/tide/tide.json
CMD ["server.js"]`),
);

rewrites(
  "a folder that a step makes for the program is its user's",
  "distroless",
  app(`RUN mkdir -p /data
CMD ["node", "server.js"]`),
  built(`RUN mkdir -p /data

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
COPY --from=build --chown=65532:65532 /data /data
CMD ["server.js"]`),
);

rewrites(
  "a script of the project with the name of the base's entrypoint is the project's",
  "slim",
  app(`ENTRYPOINT ["./docker-entrypoint.sh"]
CMD ["node", "server.js"]`).concat('\n#- docker-entrypoint.sh\n#!/bin/sh\nexec "$@"'),
  built(`
FROM node:24-slim
WORKDIR /app
COPY --from=build /app /app
ENTRYPOINT ["./docker-entrypoint.sh"]
CMD ["node", "server.js"]`),
);

refuses(
  "a download outside of the project",
  "distroless",
  app(`RUN curl -fsSL https://example.com/setup.sh | sh
CMD ["node", "server.js"]`),
  /`(?:sh|curl)` in the build stage may make something/,
);
refuses(
  "a package that distroless has not",
  "distroless",
  app(`RUN apt-get update && apt-get install -y graphviz
CMD ["node", "server.js"]`),
  /graphviz is installed in the stage.*a slim image can/,
);
refuses(
  "a health check by curl",
  "distroless",
  app(`HEALTHCHECK CMD curl -f http://localhost:3000/
CMD ["node", "server.js"]`),
  /HEALTHCHECK runs a command that distroless nodejs24 has not/,
);
refuses(
  "locales of its own",
  "distroless",
  app(`RUN locale-gen de_DE.UTF-8
CMD ["node", "server.js"]`),
  /changes what the image's system says of users, certificates or time/,
);
refuses(
  "a start in a stage below",
  "distroless",
  `FROM node:24 AS base
WORKDIR /app
COPY . .
CMD ["node", "server.js"]

FROM base
RUN npm ci
${PACKAGE}`,
  /stand in a stage below/,
);
refuses(
  "a runtime has no scratch",
  "scratch",
  app('CMD ["node", "server.js"]'),
  /needs its runtime, which scratch has not/,
);

rewrites(
  "a variable that the shell of the start sets is one of ENV",
  "distroless",
  app(`CMD PORT=3000 LEVEL="info" exec node server.js --quiet`),
  built(`
FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
ENV PORT=3000
ENV LEVEL=info
CMD ["server.js", "--quiet"]`),
);

refuses(
  "one that the shell computes",
  "distroless",
  app("CMD LEVEL=$(cat level) node server.js"),
  "CMD takes the output of a command, which needs a shell; distroless and scratch have none; node:24-slim has what it needs.",
);

refuses(
  "one whose value ENV would have to quote",
  "distroless",
  app(`CMD GREETING="good day" node server.js`),
  "CMD sets a variable, which needs a shell; distroless and scratch have none; node:24-slim has what it needs.",
);

rewrites(
  "a variable that stands on another one has its value",
  "slim",
  app(`ENV HOME_OF_TOOLS="/tools"
ENV PATH="$HOME_OF_TOOLS/bin:$PATH" LEVEL=\${HOME_OF_TOOLS}x
CMD ["node", "server.js"]`),
  built(`ENV HOME_OF_TOOLS="/tools"
ENV PATH="$HOME_OF_TOOLS/bin:$PATH" LEVEL=\${HOME_OF_TOOLS}x

FROM node:24-slim
WORKDIR /app
COPY --from=build /app /app
ENV HOME_OF_TOOLS="/tools"
ENV PATH="/tools/bin:$PATH"
ENV LEVEL=/toolsx
CMD ["node", "server.js"]`),
);

refuses(
  "one that is set twice",
  "slim",
  app(`ENV PLACE=/a
ENV TOOLS=$PLACE/b
ENV PLACE=/c
CMD ["node", "server.js"]`),
  /ENV TOOLS is set from a variable/,
);

rewrites(
  "words and an ARG that has no value of its own",
  "slim",
  app(`ARG MORE
ENV OPTIONS --quiet $MORE
CMD ["node", "server.js"]`),
  built(`ARG MORE
ENV OPTIONS --quiet $MORE

FROM node:24-slim
WORKDIR /app
COPY --from=build /app /app
ARG MORE
ENV OPTIONS="--quiet $MORE"
CMD ["node", "server.js"]`),
);
