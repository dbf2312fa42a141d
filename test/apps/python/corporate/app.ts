import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "packages that its user installs for himself, a time zone by a link, and a certificate of the company",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [{ exitCode: 0, stdout: "09:00 JST after 0 seconds\nTrue\n" }],
  wrong: behindAuthors(
    "the certificate and the zone are left behind",
    /differ in/,
    `FROM ${PYTHON}`,
    "COPY --from=0 /home/tide/.local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "WORKDIR /app",
    "COPY --from=0 /home/tide/clock.py ./",
    'CMD ["clock.py"]',
  ),
};
