import { testRule } from "../../../kit/rule";

const { finds, ignores } = testRule("copied-path-missing");

const stage = (path: string, script: string, files: string, mark = "") => `
  FROM node:22 AS build
  WORKDIR /app
  COPY . .
  RUN npm ci && npm run build
  FROM nginx
  COPY --from=build ${path} /x
  ${mark ? `#                 ${"^".repeat(path.length)} ${mark}` : ""}
  #- package.json
  { "scripts": { ${script} }, "dependencies": { "vue": "^3" } }
  ${files}
  `;
const missing = (name: string, path: string, script: string, files = "") =>
  finds(name, stage(path, script, files, `No step of stage build makes ${path}.`));
const unknown = (name: string, path: string, script: string, files = "") => ignores(name, stage(path, script, files));

const vite = '"build": "vite build"';
const config = (text: string) =>
  `#- vite.config.ts\n  import vue from "@vitejs/plugin-vue";\n  export default { ${text} };`;
missing("the folder of another tool than Vite", "/app/build", vite);
missing("the same beside plugins that are known", "/app/build", vite, config("plugins: [vue()]"));
missing("dist, where the settings name another", "/app/dist", vite, config('build: { outDir: "out" }'));
unknown("the folder of Vite", "/app/dist", vite);
unknown("the folder that its settings name", "/app/out", vite, config('build: { outDir: "out" }'));
unknown("a folder that its settings work out", "/app/out", vite, config("build: { outDir: where() }"));
unknown("what another plugin makes", "/app/out", vite, `#- vite.config.ts\n  import { pwa } from "acme-pwa";`);
unknown("another folder that its settings name", "/app/out", vite, config('cacheDir: "out"'));
unknown("an option that names a folder", "/app/out", '"build": "vite build --outDir out"');

const tsconfig = (text: string) => `#- tsconfig.json\n  { "compilerOptions": { ${text} } }`;
missing("another folder than that of tsc", "/app/build", '"build": "tsc"', tsconfig('"outDir": "dist"'));
unknown("the folder of tsc", "/app/dist", '"build": "tsc"', tsconfig('"outDir": "dist"'));
unknown("tsc that writes beside its sources", "/app/main.js", '"build": "tsc"', tsconfig('"strict": true'));
missing(
  "types that are looked at alone",
  "/app/build",
  '"build": "vue-tsc --noEmit && vite build"',
  tsconfig('"noEmit": true'),
);
unknown(
  "settings that are not there",
  "/app/build",
  '"build": "tsc -p tsconfig.app.json"',
  tsconfig('"outDir": "dist"'),
);
const extended = `#- tsconfig.build.json\n  { "extends": "./tsconfig.json", "exclude": ["test"] }\n  ${tsconfig('"outDir": "./dist"')}`;
missing("settings that take over a folder", "/app/build", '"build": "tsc -p tsconfig.build.json"', extended);
unknown("the folder that they take over", "/app/dist", '"build": "tsc -p tsconfig.build.json"', extended);

const nest = '"prebuild": "rimraf dist", "build": "nest build"';
missing("another folder than that of Nest", "/app/build", nest, extended);
unknown("the folder of Nest", "/app/dist", nest, extended);
unknown(
  "Nest with a bundler",
  "/app/build",
  nest,
  `${extended}\n  #- nest-cli.json\n  { "compilerOptions": { "webpack": true } }`,
);

const vue = '"build": "vue-cli-service build"';
missing("another folder than that of Vue's own tool", "/app/build", vue);
unknown("the folder of Vue's own tool", "/app/dist", vue);
unknown("settings that may name another", "/app/build", vue, "#- vue.config.js\n  module.exports = {};");
unknown(
  "a plugin that it takes in by its name",
  "/app/build",
  `"x": "y" }, "devDependencies": { "vue-cli-plugin-x": "~1.0" }, "scripts": { ${vue}`,
);
unknown("settings in package.json", "/app/build", `"x": "y" }, "vue": { "outputDir": "build" }, "scripts": { ${vue}`);

unknown("a step behind the tool", "/app/build", '"build": "vite build && node post.js"');
unknown("a step after the script", "/app/build", `${vite}, "postbuild": "node post.js"`);
unknown("another command in one word with it", "/app/build", '"build": "vite build; node post.js"');

unknown(
  "a folder that a comment of Vite's settings names",
  "/app/dist",
  vite,
  config('/* build: { outDir: "out" } */'),
);
unknown(
  "tsc that writes beside its sources, where a comment names a folder",
  "/app/main.js",
  '"build": "tsc"',
  tsconfig('/* "outDir": "dist", */ "paths": { "@/*": ["./src/*"] }'),
);
missing(
  "another folder than that of tsc beside a path like a comment",
  "/app/build",
  '"build": "tsc"',
  tsconfig('"paths": { "@/*": ["./src/*"] }, "outDir": "dist" // "../dist"'),
);
