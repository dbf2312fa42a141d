import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "reads a file of its folder at run time, and has another one compiled in",
  ships: { distroless: CC },
  asks: [{ exitCode: 0, stdout: "lights\nEddystone: **\nFastnet: *\n" }],
  wrong: behindAuthors(
    "the file that it reads is not copied",
    /differ in exit code/,
    `FROM ${CC}`,
    "WORKDIR /app",
    "COPY --from=0 /app/target/release/lights target/release/lights",
    'ENTRYPOINT ["target/release/lights"]',
  ),
  bothEngines: true,
};
