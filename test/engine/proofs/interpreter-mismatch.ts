import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "site-packages on distroless, whose Python is Debian's",
    dockerfile: `
FROM python:3.13-slim-trixie AS build
COPY greeting.py /usr/local/lib/python3.13/site-packages/
FROM gcr.io/distroless/python3-debian13
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
COPY app.py /app.py
CMD ["/app.py"]
#- greeting.py
TEXT = "hello"
#- app.py
import greeting
print(greeting.TEXT)
`,
    fails: "start",
    says: /ModuleNotFoundError: No module named/,
    fixed: `
FROM python:3.13-slim-trixie AS build
COPY greeting.py /usr/local/lib/python3.13/site-packages/
FROM gcr.io/distroless/python3-debian13
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages
COPY app.py /app.py
CMD ["/app.py"]
`,
    prints: /^hello$/m,
  },
  {
    name: "packages of Python 3.12 on 3.13",
    dockerfile: `
FROM python:3.12-slim-bookworm AS build
COPY greeting.py /usr/local/lib/python3.12/site-packages/
FROM python:3.13-slim-trixie
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY app.py /app.py
CMD ["python", "/app.py"]
#- greeting.py
TEXT = "hello"
#- app.py
import greeting
print(greeting.TEXT)
`,
    fails: "start",
    says: /ModuleNotFoundError: No module named/,
    fixed: `
FROM python:3.13-slim-trixie AS build
COPY greeting.py /usr/local/lib/python3.13/site-packages/
FROM python:3.13-slim-trixie
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
COPY app.py /app.py
CMD ["python", "/app.py"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a virtual environment whose Python is elsewhere",
    dockerfile: `
FROM python:3.13-slim-trixie AS build
RUN python -m venv --without-pip /venv
FROM gcr.io/distroless/python3-debian13
COPY --from=build /venv /venv
ENTRYPOINT ["/venv/bin/python", "-c", "print('hello')"]
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM python:3.13-slim-trixie AS build
RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv --without-pip /venv
FROM gcr.io/distroless/python3-debian13
COPY --from=build /venv /venv
ENTRYPOINT ["/venv/bin/python", "-c", "print('hello')"]
`,
    prints: /^hello$/m,
  },
  {
    name: "classes of Java 21 on Java 17",
    dockerfile: `
FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY Main.java .
RUN javac Main.java && jar cfe app.jar Main Main.class
FROM gcr.io/distroless/java17-debian13
COPY --from=build /src/app.jar /app.jar
CMD ["/app.jar"]
#- Main.java
public class Main {
  public static void main(String[] words) { System.out.println("hello"); }
}
`,
    fails: "start",
    says: /UnsupportedClassVersionError: .* compiled by a more recent version of the Java Runtime/,
    fixed: `
FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY Main.java .
RUN javac --release 17 Main.java && jar cfe app.jar Main Main.class
FROM gcr.io/distroless/java17-debian13
COPY --from=build /src/app.jar /app.jar
CMD ["/app.jar"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a virtual environment on Debian, which has no Python",
    dockerfile: `
FROM python:3.13-slim-trixie AS build
RUN python -m venv --without-pip /venv
FROM debian:trixie-slim
COPY --from=build /venv /venv
ENTRYPOINT ["/venv/bin/python", "-c", "print('hello')"]
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM python:3.13-slim-trixie AS build
RUN python -m venv --without-pip /venv
FROM python:3.13-slim-trixie
COPY --from=build /venv /venv
ENTRYPOINT ["/venv/bin/python", "-c", "print('hello')"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a script of bash on busybox",
    dockerfile: `
FROM busybox
COPY run.sh /run.sh
RUN chmod +x /run.sh
ENTRYPOINT ["/run.sh"]
#- run.sh
#!/bin/bash
echo hello
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM debian:trixie-slim
COPY run.sh /run.sh
RUN chmod +x /run.sh
ENTRYPOINT ["/run.sh"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a script that was saved on Windows",
    dockerfile: `
FROM debian:trixie-slim
COPY run.sh /run.sh
RUN chmod +x /run.sh
ENTRYPOINT ["/run.sh"]
#- run.sh
#!/bin/sh${"\r"}
echo hello
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM debian:trixie-slim
COPY run.sh /run.sh
RUN sed -i 's/\\r$//' /run.sh && chmod +x /run.sh
ENTRYPOINT ["/run.sh"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a script without an interpreter",
    dockerfile: `
FROM debian:trixie-slim
COPY run.sh /run.sh
RUN chmod +x /run.sh
CMD ["/run.sh"]
#- run.sh
echo hello
`,
    fails: "start",
    says: /exec format error/,
    fixed: `
FROM debian:trixie-slim
COPY run.sh /run.sh
RUN chmod +x /run.sh
CMD ["/bin/sh", "/run.sh"]
`,
    prints: /^hello$/m,
  },
];
