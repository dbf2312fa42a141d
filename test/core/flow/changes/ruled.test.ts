import { testRule } from "../../../kit/rule";

const { finds, ignores } = testRule("copied-path-missing");

const stage = (base: string, run: string, path: string, files: string, mark = "") => `
  FROM ${base} AS build
  WORKDIR /app
  COPY . .
  RUN ${run}
  FROM ubuntu
  COPY --from=build ${path} /x
  ${mark ? `#                 ${"^".repeat(path.length)} ${mark}` : ""}
  ${files}
  `;
const missing = (name: string, base: string, run: string, path: string, files: string, instead = "") =>
  finds(name, stage(base, run, path, files, `No step of stage build makes ${path}${instead}.`));
const unknown = (name: string, base: string, run: string, path: string, files: string) =>
  ignores(name, stage(base, run, path, files));

const npm = '#- package.json\n  { "scripts": { "build": "react-scripts build" }, "dependencies": { "express": "^5" } }';
missing("what npm ci does not make", "node:22", "npm ci", "/app/dist", npm);
missing("what yarn does not make", "node:22", "yarn install --frozen-lockfile", "/app/dist", npm);
missing("another folder than that of Create React App", "node:22", "npm ci && npm run build", "/app/dist", npm);
unknown("the folder of Create React App", "node:22", "npm ci && npm run build", "/app/build", npm);
unknown(
  "another folder that a file of settings may name",
  "node:22",
  "npm run build",
  "/app/dist",
  `${npm}\n  #- .env\n  BUILD_PATH=dist`,
);
unknown("the modules", "node:22", "npm ci", "/app/node_modules", npm);
unknown(
  "an install that runs a script",
  "node:22",
  "npm ci",
  "/app/dist",
  '#- package.json\n  { "scripts": { "prepare": "node build.js" } }',
);
unknown(
  "a script of any kind",
  "node:22",
  "npm run build",
  "/app/out",
  '#- package.json\n  { "scripts": { "build": "node build.js" } }',
);
unknown(
  "a package.json that a step has rewritten",
  "node:22",
  "sed -i s/a/b/ package.json && npm ci",
  "/app/dist",
  npm,
);
unknown("an install of a package.json that is elsewhere", "node:22", "npm ci --prefix web", "/app/dist", npm);

const cargo = '#- Cargo.toml\n  [package]\n  name = "shop"\n  #- src/main.rs\n  fn main() {}';
missing(
  "a program that Cargo.toml does not name",
  "rust:1.90",
  "cargo build --release",
  "/app/target/release/store",
  cargo,
  "; its build makes /app/target/release/shop",
);
unknown("the program that it names", "rust:1.90", "cargo build --release", "/app/target/release/shop", cargo);
unknown(
  "a program of src/bin",
  "rust:1.90",
  "cargo build --release",
  "/app/target/release/admin",
  `${cargo}\n  #- src/bin/admin.rs\n  fn main() {}`,
);
unknown(
  "what a build script may have made",
  "rust:1.90",
  "cargo build --release",
  "/app/target/release/store",
  `${cargo}\n  #- build.rs\n  fn main() {}`,
);
unknown(
  "a crate of another name that is not in view",
  "rust:1.90",
  "cargo build --release --manifest-path x/Cargo.toml",
  "/app/target/release/store",
  cargo,
);

const pom = "#- pom.xml\n  <project><artifactId>shop</artifactId><version>1.0</version></project>";
missing("another version than that of the pom.xml", "maven:3", "mvn -q package", "/app/target/shop-1.1.jar", pom);
missing("what Maven does not make beside target", "maven:3", "mvn package -DskipTests", "/app/config.yml", pom);
unknown("the artifact", "maven:3", "mvn package", "/app/target/shop-1.0.jar", pom);
unknown("one of its kinds", "maven:3", "mvn package", "/app/target/shop-1.0-jar-with-dependencies.jar", pom);
unknown(
  "what tests may have made",
  "maven:3",
  "mvn package",
  "/app/config.yml",
  `${pom}\n  #- src/test/java/A.java\n  class A {}`,
);
const plugin = (inner: string) =>
  `#- pom.xml\n  <project><artifactId>shop</artifactId><version>1.0</version><build><plugins><plugin><groupId>org.x</groupId><artifactId>gen</artifactId>${inner}</plugin></plugins></build></project>`;
const execution = "<executions><execution><phase>package</phase></execution></executions>";
missing(
  "what a plugin that no phase runs would make",
  "maven:3",
  "mvn package",
  "/app/gen.yml",
  plugin("<configuration><directory>x</directory></configuration>"),
);
unknown("what a plugin that a phase runs may make", "maven:3", "mvn package", "/app/gen.yml", plugin(execution));
unknown("what the shade plugin leaves", "maven:3", "mvn package", "/app/dependency-reduced-pom.xml", pom);
unknown(
  "settings of Maven that are not read",
  "maven:3",
  "mvn package",
  "/app/config.yml",
  `${pom}\n  #- .mvn/maven.config\n  -Dx=y`,
);
unknown("what another plugin makes", "maven:3", "mvn package exec:java", "/app/config.yml", pom);

const dotnet = '#- Shop.csproj\n  <Project Sdk="Microsoft.NET.Sdk"></Project>';
const sdk = "mcr.microsoft.com/dotnet/sdk:10.0";
missing("another folder than that of -o", sdk, "dotnet publish -c Release -o /out", "/app/dist", dotnet);
missing("a program of another name", sdk, "dotnet publish -c Release -o /out", "/out/Store", dotnet);
unknown("the program", sdk, "dotnet publish -c Release -o /out", "/out/Shop", dotnet);
unknown("a file that is published", sdk, "dotnet publish -c Release -o /out", "/out/Store.dll", dotnet);
const outDir = '<None Include="a.json"><CopyToOutputDirectory>Always</CopyToOutputDirectory></None>';
const settings = (tags: string) =>
  `${dotnet}\n  #- Directory.Build.props\n  <Project><PropertyGroup>${tags}</PropertyGroup></Project>`;
const publish = "dotnet publish -c Release -o out";
missing("settings for all projects that name no folder", sdk, publish, "/app/dist", settings("<X>1</X>"));
unknown("settings that name one", sdk, publish, "/app/dist", settings("<PublishDir>dist</PublishDir>"));
unknown(
  "a name that settings give to all",
  sdk,
  publish,
  "/app/out/Store",
  settings("<AssemblyName>Store</AssemblyName>"),
);
missing("a file beside the program", sdk, publish, "/app/dist", dotnet.replace("><", `>${outDir}<`));
const solution = '#- all.sln\n  x\n  #- Shop/Shop.csproj\n  <Project Sdk="Microsoft.NET.Sdk"></Project>';
missing("a solution of projects that keep to their folders", sdk, publish, "/app/dist", solution);
unknown("a program of a solution", sdk, publish, "/app/out/Shop", solution);
unknown(
  "a solution with a project that writes elsewhere",
  sdk,
  publish,
  "/app/dist",
  `${solution}\n  #- Web/Web.csproj\n  <Project Sdk="Microsoft.NET.Sdk"><Target Name="x"></Target></Project>`,
);
missing("an image by its old name", "mcr.microsoft.com/dotnet/core/sdk:3.1-alpine", publish, "/app/dist", dotnet);
unknown("a folder that a property names", sdk, "dotnet publish -p:PublishDir=/out", "/app/dist", dotnet);

const python = "#- requirements.txt\n  flask==3.1";
missing(
  "what pip does not make in the project",
  "python:3.13",
  "pip install -r requirements.txt",
  "/app/run.sh",
  python,
);
unknown("what a package of the project makes", "python:3.13", "pip install .", "/app/run.sh", python);
unknown(
  "a folder among the requirements",
  "python:3.13",
  "pip install -r requirements.txt",
  "/app/run.sh",
  "#- requirements.txt\n  -e .",
);

missing(
  "what gcc -o does not make",
  "gcc:15",
  "gcc -O2 main.c -o hello",
  "/app/main",
  "#- main.c\n  int main() {}",
  "; its build makes /app/hello",
);
unknown(
  "what -save-temps leaves",
  "gcc:15",
  "gcc -save-temps main.c -o hello",
  "/app/main.o",
  "#- main.c\n  int main() {}",
);

unknown("a folder that may be a part of the context", "ubuntu", "true", "/app/deploy/run", "#- entrypoint.sh\n  true");
unknown("a path that repeats the folder's own", "ubuntu", "true", "/app/deploy/api/main.py", "#- main.py\n  pass");

const java =
  "#- build.gradle\n  plugins {\n    id 'java'\n    id 'com.gradleup.shadow' version '9.6.1'\n  }\n  version = '1.0'";
const named = `${java}\n  #- settings.gradle\n  rootProject.name = 'shop'`;
const gradle = "gradle:9-jdk21";
const assemble = "gradle shadowJar --no-daemon";
missing("another name than that of the project", gradle, assemble, "/app/build/libs/store-1.0.jar", named);
missing("what Gradle does not make beside build", gradle, assemble, "/app/target/shop.jar", named);
unknown("the archive", gradle, assemble, "/app/build/libs/shop-1.0-all.jar", named);
unknown(
  "the archive of a project without a name: that of the folder",
  gradle,
  assemble,
  "/app/build/libs/app.jar",
  java,
);
unknown("what else stands in build", gradle, assemble, "/app/build/install/shop", named);
unknown(
  "a name that a script gives",
  gradle,
  assemble,
  "/app/build/libs/store.jar",
  `${java}\n  jar { archiveFileName = 'store.jar' }`,
);
missing(
  "another than that",
  gradle,
  assemble,
  "/app/build/libs/shop.jar",
  `${java}\n  jar { archiveFileName = 'store.jar' }`,
);
unknown(
  "a name that is made up",
  gradle,
  assemble,
  "/app/build/libs/store.jar",
  `${java}\n  jar { archiveFileName = "${"${x}"}.jar" }`,
);
unknown("a task of its own", gradle, assemble, "/app/dist", `${java}\n  task dist(type: Copy) { into 'dist' }`);
unknown(
  "a plugin that is not known",
  gradle,
  assemble,
  "/app/dist",
  named.replace("com.gradleup.shadow", "org.acme.dist"),
);
unknown(
  "a property that names the folder",
  gradle,
  assemble,
  "/app/dist",
  `${named}\n  #- gradle.properties\n  buildDir=dist`,
);
unknown(
  "tests, which are programs",
  gradle,
  "gradle build",
  "/app/dist",
  `${named}\n  #- src/test/java/A.java\n  class A {}`,
);
missing(
  "a build without its tests",
  gradle,
  "gradle build -x test",
  "/app/dist",
  `${named}\n  #- src/test/java/A.java\n  class A {}`,
);
unknown("a task that is not known", gradle, "gradle dist", "/app/dist", named);
const parts = `${java}\n  #- settings.gradle\n  rootProject.name = 'all'\n  include 'shop', ':lib:store'\n  #- shop/build.gradle\n  apply plugin: 'java'`;
unknown("the archive of a part", gradle, assemble, "/app/lib/store/build/libs/store-1.0.jar", parts);
missing("an archive by the name of no part", gradle, assemble, "/app/shop/build/libs/market-1.0.jar", parts);

const plugins = (lines: string) => `#- build.gradle\n  ${lines}`;
const node = 'id "com.github.node-gradle.node" version "7.0"';
for (const [name, lines] of [
  ["on the line of another", `plugins { id 'java'; ${node} }`],
  ["behind a version by a variable", `plugins {\n    id 'war' version "\${bootVersion}"\n    ${node}\n  }`],
  ["in a block that is indented", `  plugins {\n    id 'java'\n    ${node}\n  }`],
  ["that another block applies", `plugins { id 'java' }\n  subprojects { apply { plugin("acme") } }`],
] as const)
  unknown(`a plugin ${name}`, gradle, assemble, "/app/dist", plugins(lines));
missing(
  "what known plugins on one line do not make",
  gradle,
  assemble,
  "/app/dist",
  plugins("plugins { id 'java'; id 'war' }"),
);
const init = `${java}\n  #- init.d/dist.gradle\n  allprojects { buildDir = "dist" }`;
unknown("what a script that Gradle runs by itself may name", gradle, assemble, "/app/dist", init);
const helper = `${java}\n  compileJava { options.compilerArgs += ["-Agen=gen/x.json"] }`;
unknown("a file that is named to a helper of the compiler", gradle, assemble, "/app/gen/x.json", helper);
const renames = `echo "rootProject.name = 'store'" > settings.gradle && ${assemble}`;
unknown("a name that a step gives to the project", gradle, renames, "/app/build/libs/store-1.0.jar", java);
unknown(
  "a folder that the project above names",
  gradle,
  "cd /app/api && gradle jar",
  "/app/out/api/libs/api.jar",
  `#- api/build.gradle\n  plugins { id 'java' }\n  #- build.gradle\n  subprojects { buildDir = "$rootDir/out/$name" }\n  #- settings.gradle\n  include 'api'`,
);

const configured = (name: string, settings: string) =>
  pom.replace(
    "</project>",
    `<build><plugins><plugin><artifactId>${name}</artifactId><configuration>${settings}</configuration></plugin></plugins></build></project>`,
  );
const war = configured("maven-war-plugin", "<warName>ROOT</warName>");
unknown("the name of the web archive", "maven:3", "mvn package", "/app/target/ROOT.war", war);
const unpacked = configured("maven-war-plugin", "<webappDirectory>dist</webappDirectory>");
unknown("the folder of a web archive", "maven:3", "mvn package", "/app/dist", unpacked);
const generates = configured("maven-compiler-plugin", "<compilerArgs><arg>-Agen=gen.json</arg></compilerArgs>");
unknown("a file that a helper of the compiler writes", "maven:3", "mvn package", "/app/gen.json", generates);
unknown("words of a variable", "maven:3", "MAVEN_ARGS='-f other/pom.xml' mvn package", "/app/other/target", pom);
unknown("a pom.xml that may write anywhere", "maven:3", "mvn package", "/dist", "#- readme.md\n  none");
const profile =
  '#- Properties/PublishProfiles/Docker.pubxml\n  <Project/>\n  #- shop.csproj\n  <Project Sdk="Microsoft.NET.Sdk"/>';
const profiled = "dotnet publish -p:PublishProfile=Docker";
unknown("the folder of a profile of .NET", "mcr.microsoft.com/dotnet/sdk:10.0", profiled, "/pub", profile);
