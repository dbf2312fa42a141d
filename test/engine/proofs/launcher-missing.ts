import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "npm behind the entrypoint of distroless node",
    dockerfile: `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY package.json server.js ./
CMD ["npm", "start"]
#- package.json
{ "scripts": { "start": "node server.js" } }
#- server.js
console.log("hello");
`,
    fails: "start",
    says: /Cannot find module '\/app\/npm'/,
    fixed: `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY package.json server.js ./
CMD ["server.js"]
`,
    prints: /^hello$/m,
  },
  {
    name: "node, which is not on PATH of distroless node",
    dockerfile: `
FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/server.js
ENTRYPOINT ["node", "/app/server.js"]
#- server.js
console.log("hello");
`,
    fails: "start",
    says: /exec: "n(?:ode|pm)": executable file not found in \$PATH/,
    fixed: `
FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/server.js
ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a script of a Python package behind the entrypoint of distroless python",
    dockerfile: `
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
ENV PYTHONPATH=/deps
COPY gunicorn /deps/gunicorn
CMD ["gunicorn", "app:app"]
#- gunicorn/__main__.py
import sys
print("serves", sys.argv[1])
`,
    fails: "start",
    says: /can't open file '\/app\/gunicorn'/,
    fixed: `
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
ENV PYTHONPATH=/deps
COPY gunicorn /deps/gunicorn
CMD ["-m", "gunicorn", "app:app"]
`,
    prints: /^serves app:app$/m,
  },
  {
    name: "an interpreter that is not installed, in shell form",
    dockerfile: `
FROM debian:trixie-slim
COPY app.py /app.py
CMD exec python3 /app.py
#- app.py
print("hello")
`,
    fails: "start",
    says: /(?:python3|gunicorn): not found/,
    fixed: `
FROM gcr.io/distroless/python3-debian13
COPY app.py /app.py
CMD ["/app.py"]
`,
    prints: /^hello$/m,
  },
];
