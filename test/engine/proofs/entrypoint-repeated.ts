import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "node on distroless node",
    dockerfile: `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
#- server.js
console.log("hello");
`,
    fails: "start",
    says: /Cannot find module '\/app\/node'/,
    fixed: `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY server.js .
CMD ["server.js"]
`,
    prints: /^hello$/m,
  },
  {
    name: "python on distroless python",
    dockerfile: `
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
#- app.py
print("hello")
`,
    fails: "start",
    says: /can't open file '\/app\/python'/,
    fixed: `
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY app.py .
CMD ["app.py"]
`,
    prints: /^hello$/m,
  },
];
