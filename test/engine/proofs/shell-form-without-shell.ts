import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "CMD on scratch",
    dockerfile: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
CMD /app/busybox echo hello
`,
    fails: "start",
    says: /exec: "\/bin\/sh": .*no such file or directory/,
    fixed: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
CMD ["/app/busybox", "echo", "hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "RUN on a debug tag of distroless",
    dockerfile: `
FROM gcr.io/distroless/static-debian13:debug
RUN echo hello > /hello
ENTRYPOINT ["/busybox/cat", "/hello"]
`,
    fails: "build",
    says: /exec: "\/bin\/sh": .*no such file or directory/,
    fixed: `
FROM gcr.io/distroless/static-debian13:debug
SHELL ["/busybox/sh", "-c"]
RUN echo hello > /hello
ENTRYPOINT ["/busybox/cat", "/hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "CMD behind the entrypoint of distroless node",
    dockerfile: `
FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /server.js
CMD node /server.js
#- server.js
console.log("hello");
`,
    fails: "start",
    says: /Cannot find module '\/bin\/sh'/,
    fixed: `
FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /server.js
CMD ["/server.js"]
`,
    prints: /^hello$/m,
  },
];
