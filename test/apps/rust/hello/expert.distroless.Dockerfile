FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /src
COPY --from=build /src/target/release/hello target/release/hello
EXPOSE 8080
CMD ["./target/release/hello"]
