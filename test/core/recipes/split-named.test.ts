import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Files that a library finds by a part of their name. */
const { offer, refuses } = testRecipe("split-build-stage");
const after = (source: string) =>
  offer(source, "distroless")
    .change()
    .edits.map(({ text }) => text)
    .join("");

const rust = (source: string, files: string) => `FROM rust:1.80
WORKDIR /app
COPY . .
RUN cargo build --release
CMD ["./target/release/tide"]
#- Cargo.toml
[package]
name = "tide"
version = "0.1.0"
[dependencies]
config = "0.14"
#- src/main.rs
fn main() { ${source} }
${files}`;

test("settings that are named without their ending", () => {
  const source = 'config::Config::builder().add_source(config::File::with_name("config/default")).build();';
  expect(after(rust(source, "#- config/default.toml\nx = 1"))).toMatch(/^COPY .*\/app\/config\/default\.toml/m);
});

test("the folder of settings whose name is put together", () => {
  const source = 'config::Config::builder().add_source(config::File::with_name(&format!("config/{}", mode))).build();';
  expect(after(rust(source, "#- config/test.toml\nx = 1"))).toMatch(/^COPY --from=build \/app\/config \/app\/config$/m);
});

test("viper's settings", () => {
  const source = `FROM golang:1.26
WORKDIR /app
COPY . .
RUN go build -o tide .
CMD ["./tide"]
#- go.mod
module tide
require github.com/spf13/viper v1.19.0
#- main.go
package main
import "github.com/spf13/viper"
func main() {
	viper.SetConfigName("settings")
	viper.AddConfigPath(".")
	if err := viper.ReadInConfig(); err != nil { panic(err) }
}
#- settings.yaml
port: 1`;
  expect(after(source)).toMatch(/^COPY --from=build \/app\/settings\.yaml \/app\/settings\.yaml$/m);
});

const framework = (module: string, files: string) => `FROM golang:1.26
WORKDIR /app
COPY . .
RUN go build -o tide .
CMD ["./tide"]
#- go.mod
module tide
#- main.go
package main
import _ "${module}"
func main() {}
${files}`;

test("what a framework looks for by itself", () => {
  expect(after(framework("github.com/beego/beego/v2/server/web", "#- conf/app.conf\nport = 1"))).toMatch(
    /^COPY --from=build \/app\/conf \/app\/conf$/m,
  );
  expect(after(framework("github.com/joho/godotenv/autoload", "#- .env\nA=1"))).toContain(
    "COPY --from=build --chown=65532:65532 /app/.env /app/.env\n",
  );
});

test("a folder that a framework writes to is its user's", () => {
  const text = after(framework("github.com/goravel/framework/foundation", "#- .env\nA=1"));
  expect(text).toContain("RUN mkdir -p /app/storage\n");
  expect(text).toContain("COPY --from=build --chown=65532:65532 /app/storage /app/storage\n");
});

refuses(
  "character sets, for which the C library loads modules",
  "distroless",
  `FROM gcc:14
WORKDIR /app
COPY . .
RUN gcc -o tide main.c
CMD ["./tide"]
#- main.c
#include <iconv.h>
int main() { iconv_open("SHIFT-JIS", "UTF-8"); }`,
  /iconv_open in main\.c/,
);
