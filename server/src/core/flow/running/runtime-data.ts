import type { BaseImage } from "../../catalog/catalog";
import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Need } from "../../toolchains/toolchain";
import type { FileContext } from "../context";

/** Where a program looks for data of the system (Go: crypto/x509/root_linux.go, time/zoneinfo_unix.go), and the variables that name other places. */
interface Data {
  readonly title: string;
  readonly paths: readonly string[];
  readonly variables: readonly string[];
  has(image: BaseImage): boolean | undefined;
}

const DATA: Readonly<Record<Need["what"], Data>> = {
  certificates: {
    title: "CA certificates",
    paths: [
      "/etc/ssl/certs/ca-certificates.crt",
      "/etc/ssl/certs",
      "/etc/ssl/cert.pem",
      "/etc/ssl/ca-bundle.pem",
      "/etc/pki/tls/certs",
      "/etc/pki/tls/certs/ca-bundle.crt",
      "/etc/pki/tls/cacert.pem",
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    ],
    variables: ["SSL_CERT_FILE", "SSL_CERT_DIR"],
    has: ({ caCerts }) => caCerts,
  },
  zones: {
    title: "time zones",
    paths: [
      "/usr/share/zoneinfo",
      "/usr/share/lib/zoneinfo",
      "/usr/lib/locale/TZ",
      "/etc/zoneinfo",
      // Of the Go that compiled it (GOROOT): golang's images, Debian, Alpine.
      "/usr/local/go/lib/time/zoneinfo.zip",
      "/usr/lib/go/lib/time/zoneinfo.zip",
      "/usr/share/go/lib/time/zoneinfo.zip",
    ],
    variables: ["ZONEINFO"],
    has: ({ tzdata }) => tzdata,
  },
  users: { title: "/etc/passwd", paths: ["/etc/passwd"], variables: [], has: ({ users }) => users && users.length > 0 },
  temp: { title: "/tmp", paths: ["/tmp"], variables: ["TMPDIR"], has: ({ tmp }) => tmp },
};

/** What the data of a need is called in a sentence. */
export function titleOf({ what }: Need): string {
  return DATA[what].title;
}

/** The image of a stage surely has not got what a need asks for: neither its base nor a step brings it. */
export function lacks(context: FileContext, stage: Stage, { what }: Need): boolean {
  const { paths, variables, has } = DATA[what];
  const image = context.image(stage);
  const bare = lineage(stage)[0]?.base.kind === "scratch" || (image !== undefined && has(image) === false);
  if (!bare) return false;
  const settings = imageSettings(context.model, stage);
  if (variables.some((name) => settings.has(`ENV ${name}`))) return false;
  const volumes = [...settings.values()].filter(({ key }) => key === "VOLUME");
  if (volumes.some(({ name }) => name.includes("$") || paths.includes(posix.join("/", name)))) return false;
  return paths.every((path) => context.madeBySteps(stage, path).kind === "absent");
}
