import { type AppFacts, behindAuthors, JAVA_21 } from "../../app";

export const app: AppFacts = {
  about: "a shaded jar with a library in it, started with a flag for the machine",
  ships: { distroless: JAVA_21 },
  asks: [{ stdin: '{"name": "tea", "tons": 40}', exitCode: 0, stdout: "tea weighs 40.0\n" }],
  wrong: behindAuthors(
    "the jar from before the shading is copied",
    /differ in exit code/,
    `FROM ${JAVA_21}`,
    "COPY --from=0 /build/target/original-manifest-1.0.0.jar /build/target/manifest-1.0.0.jar",
    'CMD ["/build/target/manifest-1.0.0.jar"]',
  ),
};
