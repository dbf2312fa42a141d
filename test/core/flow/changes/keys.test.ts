import { testMade } from "../../../kit/made";

const { missing, unknown } = testMade(
  (run: string) => `FROM debian:bookworm AS build
  WORKDIR /certs
  RUN ${run}`,
);

const request = "openssl req -x509 -newkey rsa:2048 -nodes -keyout /keys/key.pem -out cert.pem -subj /CN=x";
missing("a key in another folder", request, "/ssl/key.pem");
unknown("the key", request, "/keys/key.pem");
unknown("what openssl writes to its folder", request, "/certs/privkey.pem");
unknown("the serial number beside a CA", "openssl x509 -req -CA /ca/ca.crt -CAcreateserial -out a.crt", "/ca/ca.srl");
unknown("what openssl ca writes", "openssl ca -in a.csr", "/ssl/index.txt");
unknown("a key that settings name", "openssl req -new -config x.cnf -out a.csr", "/ssl/key.pem");
unknown("a name that a variable hides", 'openssl genrsa -out "$KEY"', "/ssl/key.pem");

missing("another folder than that of mkcert", "CAROOT=$(pwd) mkcert -cert-file a/cert.pem localhost", "/cert/a");
unknown("the folder of mkcert", "CAROOT=$(pwd) mkcert localhost", "/certs/localhost.pem");
unknown("the file that mkcert is told", "mkcert -key-file /keys/key.pem localhost", "/keys/key.pem");
unknown("a CA that a variable names", "CAROOT=$WHERE mkcert localhost", "/ca/rootCA.pem");
