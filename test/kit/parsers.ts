import { parsersOf } from "../../server/src/app/parsers";

/** All of them, for tests that have no folder to ask. */
export const PARSERS = await parsersOf(["compose.yaml", "Cargo.toml", "pom.xml"]);
