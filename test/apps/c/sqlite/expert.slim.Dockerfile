FROM debian:trixie AS build
RUN apt-get update && apt-get install -y build-essential libsqlite3-dev
WORKDIR /app
COPY . .
RUN make

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/app ./
CMD ["./app"]
