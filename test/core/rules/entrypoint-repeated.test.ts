import { testRule } from "../../kit/rule";

const { finds, fixes, ignores } = testRule("entrypoint-repeated");

finds(
  "node on distroless node",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  WORKDIR /app
  COPY . .
  CMD ["node", "server.js"]
  #    ^^^^^^ CMD repeats the entrypoint of gcr.io/distroless/nodejs24-debian13, which is /nodejs/bin/node: the image starts \`/nodejs/bin/node node server.js\`.
  `,
);
finds(
  "the full path is the same program",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  CMD ["/nodejs/bin/node", "/server.js"]
  #    ^^^^^^^^^^^^^^^^^^ CMD repeats the entrypoint of gcr.io/distroless/nodejs24-debian13, which is /nodejs/bin/node: the image starts \`/nodejs/bin/node /nodejs/bin/node /server.js\`.
  `,
);
finds(
  "python by another of its names",
  `
  FROM gcr.io/distroless/python3-debian13
  CMD ["python", "-m", "app"]
  #    ^^^^^^^^ CMD repeats the entrypoint of gcr.io/distroless/python3-debian13, which is /usr/bin/python3.13: the image starts \`/usr/bin/python3.13 python -m app\`.
  `,
);
finds(
  "dotnet on a chiseled runtime",
  `
  FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
  CMD ["dotnet", "App.dll"]
  #    ^^^^^^^^ CMD repeats the entrypoint of mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled, which is /usr/bin/dotnet: the image starts \`/usr/bin/dotnet dotnet App.dll\`.
  `,
);
finds(
  "behind an init",
  `
  FROM denoland/deno:distroless
  CMD ["deno", "run", "main.ts"]
  #    ^^^^^^ CMD repeats the entrypoint of denoland/deno:distroless, which is /tini -- /bin/deno: the image starts \`/tini -- /bin/deno deno run main.ts\`.
  `,
);
finds(
  "the file's own ENTRYPOINT, in the stage below",
  `
  FROM python:3.13 AS base
  ENTRYPOINT ["python"]
  FROM base
  CMD ["python", "app.py"]
  #    ^^^^^^^^ CMD repeats the entrypoint, which is python: the image starts \`python python app.py\`.
  `,
);

ignores("a script runs the words it is given", 'FROM node:24\nCMD ["node", "server.js"]\n');
ignores("CMD without the entrypoint", 'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js"]\n');
ignores(
  "an ENTRYPOINT of the file's own",
  'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["java", "-jar", "a.jar"]\n',
);
ignores("an entrypoint that has its file", 'FROM node:24\nENTRYPOINT ["node", "server.js"]\nCMD ["node"]\n');
ignores(
  "ENTRYPOINT [] takes the base's away",
  'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT []\nCMD ["node", "a.js"]\n',
);
ignores("an image that the catalog does not know", 'FROM example.com/node\nCMD ["node", "server.js"]\n');
ignores(
  "dotnet's images with a system have no entrypoint",
  'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCMD ["dotnet", "App.dll"]\n',
);
ignores(
  "a folder of that name",
  `
  FROM gcr.io/distroless/nodejs24-debian13
  WORKDIR /app
  COPY node/ node/
  CMD ["node", "server.js"]
  #- node/index.js
  console.log(1)
  `,
);
ignores(
  "a stage that does not ship",
  `
  FROM gcr.io/distroless/nodejs24-debian13 AS other
  CMD ["node", "server.js"]
  FROM scratch
  COPY --from=other /server.js /
  `,
);

fixes(
  "java with a flag, which may stand behind -jar",
  "Leave out what the entrypoint starts already",
  'FROM gcr.io/distroless/java21-debian13\nCMD ["java", "-Xmx64m", "-jar", "app.jar"]\n',
  'FROM gcr.io/distroless/java21-debian13\nCMD ["-Xmx64m", "-jar", "app.jar"]\n',
);
fixes(
  "java with a class path, which -jar would ignore",
  "Make it the ENTRYPOINT",
  'FROM gcr.io/distroless/java21-debian13\ncmd ["java", "-cp", "app.jar", "Main"]\n',
  'FROM gcr.io/distroless/java21-debian13\nentrypoint ["java", "-cp", "app.jar", "Main"]\n',
);
finds(
  "the shell of a debug tag",
  `
  FROM gcr.io/distroless/base-debian13:debug
  CMD ["sh", "-c", "ls /"]
  #    ^^^^ CMD repeats the entrypoint of gcr.io/distroless/base-debian13:debug, which is /busybox/sh: the image starts \`/busybox/sh sh -c ls /\`.
  `,
);
