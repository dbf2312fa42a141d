import { testMade } from "../../../kit/made";

const { missing, unknown } = testMade(
  (base: string, run: string) => `FROM ${base} AS build
  WORKDIR /app
  COPY pubspec.yaml ./
  RUN ${run}`,
);

const exe = "dart pub get && dart compile exe bin/server.dart -o bin/server";
missing("another name than that of -o", "dart:stable", exe, "/app/bin/shop");
missing("a folder of the image by another name", "dart:stable", exe, "/runtimes");
unknown("the program of -o", "dart:stable", exe, "/app/bin/server");
unknown("the folder of the image", "dart:stable", exe, "/runtime");
unknown("what dart pub keeps", "dart:stable", exe, "/app/.dart_tool/package_config.json");
unknown("what dart makes without -o", "dart:stable", "dart compile exe bin/server.dart", "/app/bin/server.exe");
unknown("what a program that dart runs makes", "dart:stable", "dart run build_runner build", "/app/bin/shop");
missing("what dart_frog makes outside of its project", "dart:stable", "dart_frog build", "/runtimes");
unknown("what dart_frog makes", "dart:stable", "dart_frog build", "/app/build/bin");

const get = "go get -u -ldflags '-s -w' github.com/acme/shop";
missing("a program that go get does not name", "golang:1.10", get, "/go/bin/store");
unknown("the program that it names", "golang:1.10", get, "/go/bin/shop");
unknown("a program of a major version", "golang:1.16", "go get github.com/acme/shop/v2@v2.1.0", "/go/bin/shop");
unknown("all programs of a repository", "golang:1.10", "go get github.com/acme/shop/...", "/go/bin/store");
unknown("the sources of another", "golang:1.10", get, "/go/src/github.com/acme/lib");
unknown("a program in GOBIN", "golang:1.10", "GOBIN=/out go get github.com/acme/shop", "/out/store");
