import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver/node";
import { type Analysis, type BaseImage, formatSize, type RuleFinding, type Span, unpackedSize } from "../../core";
import { touch } from "../from-lsp";
import { navigates, type Server } from "../server";
import { code, provenance } from "../size-text";
import { toRange } from "../to-lsp";
import { aboutNameAt } from "./hover-name";

/**
 * What the catalog knows of a base, what a name stands for; and of a finding what its fixes assume, and why others are not
 * offered.
 */
export function hover(server: Server, { textDocument, position }: HoverParams): Hover | null {
  const found = server.documents.find(textDocument.uri);
  if (!found) return null;
  const { document, analysis } = found;
  const offset = document.offsetAt(position);
  const name = aboutNameAt(analysis, offset, navigates(server));
  const parts = [...(name ? [name] : []), ...aboutBase(analysis, offset), ...aboutFindings(analysis, offset)];
  const [first] = parts;
  if (!first) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.map(({ text }) => text).join("\n\n---\n\n") },
    range: toRange(document, first.span),
  };
}

interface Part {
  readonly span: Span;
  readonly text: string;
}

function aboutBase({ context }: Analysis, offset: number): readonly Part[] {
  return context.model.stages.flatMap((stage): Part[] => {
    const { base } = stage;
    if (base.kind !== "image" || !touch(base.token.span, { start: offset, end: offset })) return [];
    const image = context.image(stage);
    return [{ span: base.token.span, text: image ? describe(image) : unknownImage(base.reference) }];
  });
}

function unknownImage(reference: string): string {
  return `Ballast's catalog does not know ${code(reference)}: its size is known after a build.`;
}

function describe(image: BaseImage): string {
  const { name, tag, nearest, distroRelease, distro, libc, glibc, shell, packageManager, user, eol } = image;
  const size = unpackedSize(image);
  const facts = [
    size && `${formatSize(size)} unpacked (${provenance(size)})`,
    image.compressed !== undefined &&
      `${formatSize({ ...platformOf(image), bytes: image.compressed })} to pull (${image.asOf})`,
    distro && [...new Set([distro, distroRelease])].filter(Boolean).join(" "),
    libc && (libc === "none" ? "no C library" : [libc, glibc].filter(Boolean).join(" ")),
    shell === undefined ? undefined : shell ? "has a shell" : "has no shell",
    packageManager && `packages by ${packageManager}`,
    user && `runs as ${user}`,
    eol && `supported until ${eol}`,
  ];
  const title = `**${name}${tag && tag !== "*" ? `:${tag}` : ""}**${nearest ? " (the nearest release line that the catalog has)" : ""}`;
  return [title, ...facts.flatMap((fact) => (fact ? `- ${fact}` : []))].join("\n");
}

function platformOf({ platform }: BaseImage) {
  return { kind: "compressed", source: "catalog", platform } as const;
}

function aboutFindings(analysis: Analysis, offset: number): readonly Part[] {
  return analysis.findings.flatMap((finding) => {
    const text = touch(finding.span, { start: offset, end: offset }) ? aboutFinding(analysis, finding) : "";
    return text === "" ? [] : [{ span: finding.span, text }];
  });
}

function aboutFinding(analysis: Analysis, finding: RuleFinding): string {
  const lines = analysis.answers(finding).flatMap((answer) => {
    if (answer.kind === "refusal")
      return `- Not offered${answer.target ? ` for ${answer.target}` : ""}: ${answer.reason}`;
    return answer.assumes.length > 0 ? [`- ${answer.title}:`, ...answer.assumes.map((each) => `  - ${each}`)] : [];
  });
  return lines.length === 0 ? "" : [`**${finding.rule.title}**`, ...lines].join("\n");
}
