FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn -q package
RUN jlink --add-modules "$(jdeps --print-module-deps --ignore-missing-deps target/hello.jar)" --strip-debug --no-man-pages --no-header-files --compress=zip-6 --output /jre

FROM gcr.io/distroless/java-base-debian13:nonroot
WORKDIR /app
COPY --from=build /jre /jre
COPY --from=build /app/target/hello.jar target/hello.jar
EXPOSE 8080
ENTRYPOINT ["/jre/bin/java", "-jar"]
CMD ["target/hello.jar"]
