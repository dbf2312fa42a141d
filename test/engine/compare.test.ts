import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compareVersions } from "../../server/src/app/compare";
import { connect, describeOnEngine, recorder } from "../kit/engine";
import { folder } from "./world";

const PROGRAM = 'FROM busybox\nCMD ["tr", "a-z", "A-Z"]\n';
const SERVER = `FROM busybox
RUN mkdir /www && echo hello > /www/index.html
EXPOSE 8080
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
`;

await describeOnEngine("compare", () => {
  describe.each(["buildkit", "classic"] as const)("with what %s builds", (builder) => {
    const compare = async (before: string, after: string, more: { readonly stdin?: string } = {}) => {
      const engine = await connect({ builder });
      const context = folder();
      const of = (dockerfile: string) => ({ dockerfile, context });
      const request = { before: of(before), after: of(after), args: [], ...more };
      const run = `test-${randomUUID()}`;
      const report = await compareVersions(engine, request, run, recorder(), Date.now);
      const left = ["ps -aq", "images -aq"].map((list) =>
        execFileSync("docker", [...list.split(" "), "--filter", `label=ballast.compare=${run}`], { encoding: "utf8" }),
      );
      expect(left).toEqual(["", ""]);
      return report;
    };

    it("sets programs side by side", async () => {
      const { before, after, ratio, behaviour } = await compare(
        PROGRAM,
        PROGRAM.replace("CMD", "RUN head -c 1000 /dev/zero > /zeros && chmod 4755 /zeros\nUSER 65532\nCMD"),
        { stdin: "hello\n" },
      );
      expect(behaviour).toMatchObject({ same: true });
      expect(behaviour.checks[1]).toMatchObject({ name: "standard output", before: "HELLO\n", after: "HELLO\n" });
      expect(after.bytes).toBe((before.bytes ?? 0) + 1000);
      expect(ratio).toBe((before.bytes ?? 0) / (after.bytes ?? 0));
      expect([before.setuid, after.setuid, before.user, after.user]).toEqual([0, 1, "root", "65532"]);
    });

    it("sets servers side by side", async () => {
      expect((await compare(SERVER, SERVER)).behaviour).toEqual({
        same: true,
        checks: [{ name: "GET /", before: "200 text/html\nhello\n", after: "200 text/html\nhello\n", same: true }],
      });
      const { behaviour } = await compare(SERVER, SERVER.replace("echo hello", "echo bye"));
      expect([behaviour.same, behaviour.why]).toEqual([false, "They answer differently to GET /."]);
    });
  });
});
