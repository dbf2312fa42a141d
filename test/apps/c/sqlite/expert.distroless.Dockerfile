FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN make

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /usr/lib/x86_64-linux-gnu/libsqlite3.so.0 /usr/lib/x86_64-linux-gnu/
WORKDIR /app
COPY --from=build /app/app ./
CMD ["./app"]
