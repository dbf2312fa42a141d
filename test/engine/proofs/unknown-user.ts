import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a name on scratch",
    dockerfile: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
USER nonroot
CMD ["/app/busybox", "id", "-u"]
`,
    fails: "start",
    says: /unable to find user \w+: no matching entries in passwd file/,
    fixed: `
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /app/busybox
USER 65532:65532
CMD ["/app/busybox", "id", "-u"]
`,
    prints: /^65532$/m,
  },
  {
    name: "a RUN as a user whom nobody has made",
    dockerfile: `
FROM debian:trixie-slim
USER app
RUN whoami > /tmp/name
CMD ["cat", "/tmp/name"]
`,
    fails: "build",
    says: /unable to find user app: no matching entries in passwd file/,
    fixed: `
FROM debian:trixie-slim
RUN useradd app
USER app
RUN whoami > /tmp/name
CMD ["cat", "/tmp/name"]
`,
    prints: /^app$/m,
  },
  {
    name: "the owner of what is copied to scratch",
    dockerfile: `
FROM busybox AS tools
RUN mkdir /out && echo hello > /out/hello
FROM scratch
COPY --from=tools --chown=nonroot:nonroot /out/hello /hello
COPY --from=tools /bin/busybox /app/busybox
CMD ["/app/busybox", "stat", "-c", "%u", "/hello"]
`,
    fails: "build",
    says: /invalid user index: -1/,
    fixed: `
FROM busybox AS tools
RUN mkdir /out && echo hello > /out/hello
FROM scratch
COPY --from=tools --chown=65532:65532 /out/hello /hello
COPY --from=tools /bin/busybox /app/busybox
CMD ["/app/busybox", "stat", "-c", "%u", "/hello"]
`,
    prints: /^65532$/m,
  },
  {
    name: "a name that none of the installed packages makes",
    dockerfile: `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends git
USER web
CMD ["git", "--version"]
`,
    fails: "start",
    says: /unable to find user \w+: no matching entries in passwd file/,
    fixed: `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends git
RUN useradd web
USER web
CMD ["git", "--version"]
`,
    prints: /^git version/m,
  },
  {
    name: "a group that nobody has made",
    dockerfile: `
FROM debian:trixie-slim
RUN useradd --no-user-group app
USER app:web
CMD ["id", "-gn"]
`,
    fails: "start",
    says: /unable to find group \w+: no matching entries in group file/,
    fixed: `
FROM debian:trixie-slim
RUN groupadd web && useradd --no-user-group app
USER app:web
CMD ["id", "-gn"]
`,
    prints: /^web$/m,
  },
];
