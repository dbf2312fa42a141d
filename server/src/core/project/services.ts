import { posix } from "../model/paths";
import { field } from "./targets";

/** A service of a compose file that runs the image of the context's Dockerfile, as far as it asks for more than the program. */
export interface ComposeService {
  /** The compose file, by its path in the context. */
  readonly file: string;
  readonly name: string;
  /** The first word of what it starts in the place of CMD and of ENTRYPOINT. */
  readonly command: string | undefined;
  readonly entrypoint: string | undefined;
  /** What its health check runs; "sh" where a shell reads it. */
  readonly check: string | undefined;
  /** Where it mounts folders of the host. */
  readonly mounts: readonly string[];
}

/** The services that build the context without naming a target (compose-spec, services); `parseYaml` may throw. */
export function readServices(
  file: string,
  text: string,
  parseYaml: (text: string) => unknown,
): readonly ComposeService[] {
  try {
    const services = field(parseYaml(text), "services");
    if (typeof services !== "object" || services === null) return [];
    return Object.entries(services).flatMap(([name, service]): readonly ComposeService[] => {
      if (!buildsContext(field(service, "build"))) return [];
      const command = firstWord(field(service, "command"));
      const entrypoint = firstWord(field(service, "entrypoint"));
      return [
        { file, name, command, entrypoint, check: checkOf(service), mounts: mountsOf(field(service, "volumes")) },
      ];
    });
  } catch {
    // A file that its own tool would not read runs nothing.
    return [];
  }
}

function buildsContext(build: unknown): boolean {
  if (typeof build === "string") return isHere(build);
  const context = field(build, "context") ?? ".";
  const dockerfile = field(build, "dockerfile") ?? "Dockerfile";
  return (
    typeof build === "object" &&
    build !== null &&
    typeof context === "string" &&
    isHere(context) &&
    typeof dockerfile === "string" &&
    posix.normalize(dockerfile) === "Dockerfile" &&
    field(build, "target") === undefined
  );
}

function isHere(context: string): boolean {
  return posix.normalize(`${context}/`).replace(/\/$/, "") === ".";
}

/** Compose splits a string into words; it asks no shell. */
function firstWord(command: unknown): string | undefined {
  const word: unknown = typeof command === "string" ? command.trim().split(/\s/, 1)[0] : list(command)[0];
  return typeof word === "string" && word !== "" ? word : undefined;
}

function checkOf(service: unknown): string | undefined {
  const test = field(field(service, "healthcheck"), "test");
  if (typeof test === "string") return "sh";
  const [kind, program] = list(test);
  if (kind === "CMD-SHELL") return "sh";
  return kind === "CMD" && typeof program === "string" ? program : undefined;
}

function mountsOf(volumes: unknown): readonly string[] {
  return list(volumes).flatMap((volume): readonly string[] => {
    const target = field(volume, "target");
    if (field(volume, "type") === "bind" && typeof target === "string") return [target];
    if (typeof volume !== "string" || !/^[./~]/.test(volume)) return [];
    const inside = volume.split(":")[1];
    return inside ? [inside] : [];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
