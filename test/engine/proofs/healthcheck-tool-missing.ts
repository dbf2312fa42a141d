import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "curl on an image that has wget",
    dockerfile: `
FROM busybox
COPY index.html /www/index.html
HEALTHCHECK --interval=1s --retries=1 CMD curl -f http://127.0.0.1:8080/ || exit 1
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
#- index.html
hello
`,
    fails: "health",
    says: /curl: not found/,
    fixed: `
FROM busybox
COPY index.html /www/index.html
HEALTHCHECK --interval=1s --retries=1 CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
`,
    prints: /^$/,
  },
  {
    name: "curl in exec form on a slim image",
    dockerfile: `
FROM debian:trixie-slim
HEALTHCHECK --interval=1s --retries=1 CMD ["curl", "-f", "http://127.0.0.1:8080/"]
CMD ["sleep", "60"]
`,
    fails: "health",
    says: /exec: "curl": executable file not found in \$PATH/,
    fixed: `
FROM debian:trixie-slim
HEALTHCHECK --interval=1s --retries=1 CMD ["pwd"]
CMD ["sleep", "60"]
`,
    prints: /^\/$/m,
  },
  {
    name: "shell form on scratch",
    dockerfile: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
HEALTHCHECK --interval=1s --retries=1 CMD /app/busybox pwd || exit 1
CMD ["/app/busybox", "sleep", "60"]
`,
    fails: "health",
    says: /exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory/,
    fixed: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
HEALTHCHECK --interval=1s --retries=1 CMD ["/app/busybox", "pwd"]
CMD ["/app/busybox", "sleep", "60"]
`,
    prints: /^\/$/m,
  },
  {
    name: "curl behind packages that do not bring it",
    dockerfile: `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y ca-certificates netcat-openbsd
HEALTHCHECK --interval=1s --retries=1 CMD curl -f http://127.0.0.1:8080/ || exit 1
CMD ["sh", "-c", "while true; do echo hello | nc -l -p 8080 -q 1; done"]
`,
    fails: "health",
    says: /curl: not found/,
    fixed: `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y ca-certificates netcat-openbsd
HEALTHCHECK --interval=1s --retries=1 CMD nc -z 127.0.0.1 8080 || exit 1
CMD ["sh", "-c", "while true; do echo hello | nc -l -p 8080 -q 1; done"]
`,
    prints: /^/,
  },
];
