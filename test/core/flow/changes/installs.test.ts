import { testMade } from "../../../kit/made";

const { missing, unknown } = testMade(
  (base: string, run: string) => `FROM ${base} AS build
  RUN ${run}`,
);

missing("no package has /usr/src/app", "alpine:3.22", "apk add make", "/usr/src/app/node_modules");
unknown("sources of a package", "debian:bookworm", "apt-get install -y linux-source", "/usr/src/linux-source-6.1");
missing("apk update asks, whatever words follow", "alpine:3.22", "apk update apk add go mod download", "/src/x");
unknown("packages that are fetched into the folder", "debian:bookworm", "apt-get download make", "/make.deb");
unknown("the same behind an option's value", "debian:bookworm", "apt-get -t sid download make", "/make.deb");

const certificates = "apk add --no-cache ca-certificates && update-ca-certificates";
missing("a folder of certificates by another name", "alpine:3.22", certificates, "/etc/ssl/cert");
missing("certificates by another name", "alpine:3.22", certificates, "/etc/ssl/certs/ca-certificates");
unknown("certificates that a package brings", "alpine:3.22", certificates, "/etc/ssl/certs/ca-certificates.crt");
unknown("settings that a package brings", "alpine:3.22", certificates, "/etc/ca-certificates.conf");

missing(
  "Alpine's packages leave /usr/local to others",
  "alpine:3.22",
  "apk add --no-cache acme",
  "/usr/local/lib/acme",
);
unknown("a package of somebody's own", "alpine:3.22", "apk add --allow-untrusted /x/acme.apk", "/usr/local/lib/acme");
unknown("Debian's make folders there", "debian:bookworm", "apt-get install -y acme", "/usr/local/lib/acme");
unknown(
  "what another source of packages puts among the certificates",
  "alpine:3.22",
  "apk add --repository http://x/y acme",
  "/etc/ssl/acme",
);
