import type { CompareReport, Figure } from "../../server/src/protocol";
import type { Shown } from "./comparison";

/** A link that runs a command of ours. */
export interface PageLink {
  readonly title: string;
  readonly command: string;
  readonly argument: string;
}

type Check = CompareReport["behaviour"]["checks"][number];

/** Colours and fonts of the theme; what is said by colour is said by a word, too. */
const STYLE = `
body { max-width: 72em; margin: 0 auto; padding: 0 1.5em 2em; line-height: 1.5; }
h1 { font-size: 1.5em; font-weight: 600; margin: 1em 0 0.4em; }
h2 { font-size: 1.15em; font-weight: 600; margin: 1.6em 0 0.4em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
caption { text-align: left; padding-bottom: 0.3em; color: var(--vscode-descriptionForeground); }
th, td { text-align: left; vertical-align: top; padding: 0.3em 0.8em 0.3em 0; overflow-wrap: anywhere;
  border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-editorWidget-border)); }
th { font-weight: 600; }
th:first-child { width: 9em; }
th:nth-child(4) { width: 6em; }
.number { font-variant-numeric: tabular-nums; }
.after { font-weight: 600; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24em; overflow-y: auto;
  font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
.different { color: var(--vscode-errorForeground); font-weight: 600; }
.unknown { color: var(--vscode-editorWarning-foreground); font-weight: 600; }
a.button { display: inline-block; padding: 0.35em 1em; margin: 0.4em 0.6em 0 0; text-decoration: none;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
a.button:hover { background: var(--vscode-button-hoverBackground); }
a:focus-visible, pre:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }`;

/** A comparison as a page of HTML without scripts: headings and tables that a screen reader can go through. */
export function comparisonPage(title: string, { answer, input, links }: Shown): string {
  const { report, lines, figures, rewrite } = answer;
  const { behaviour, inside } = report;
  return [
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<style>${STYLE}</style></head><body><main>`,
    `<h1>${escape(lines[0] ?? "")}</h1>`,
    ...(behaviour.why === undefined ? [] : [`<p>${escape(behaviour.why)}</p>`]),
    ...(links.length === 0 ? [] : [`<p>${links.map(button).join("")}</p>`]),
    "<h2>Both images</h2>",
    figureTable(figures),
    "<h2>What they did</h2>",
    checkTable(behaviour.checks, `Both were given the same: ${input}.`),
    ...(inside === null
      ? []
      : ["<h2>What is inside</h2>", checkTable(inside, "Looked for in the files of both images.")]),
    ...(rewrite === undefined ? [] : [`<p>After: ${escape(rewrite)}</p>`]),
    "</main></body></html>",
  ].join("\n");
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ name, before, after }) =>
      `<tr><th scope="row">${escape(name)}</th><td class="number">${escape(before)}</td><td class="number after">${escape(after)}</td></tr>`,
  );
  return `<table>${head("figure", "before", "after")}<tbody>${rows.join("\n")}</tbody></table>`;
}

function checkTable(checks: readonly Check[], caption: string): string {
  if (checks.length === 0) return "<p>Nothing could be compared.</p>";
  const rows = checks.map(({ name, before, after, same }) => {
    const [word, kind] =
      same === null ? ["could not tell", "unknown"] : same ? ["same", "same"] : ["different", "different"];
    const cells = `<td>${text(before, `${name} before`)}</td><td>${text(after, `${name} after`)}</td>`;
    return `<tr><th scope="row">${escape(name)}</th>${cells}<td class="${kind}">${word}</td></tr>`;
  });
  const captioned = `<caption>${escape(caption)}</caption>`;
  return `<table>${captioned}${head("what", "before", "after", "verdict")}<tbody>${rows.join("\n")}</tbody></table>`;
}

function head(...titles: readonly string[]): string {
  return `<thead><tr>${titles.map((title) => `<th scope="col">${title}</th>`).join("")}</tr></thead>`;
}

/** What can be scrolled can be reached by the keyboard. */
function text(value: string | null, label: string): string {
  if (value === null) return "unknown";
  if (value === "") return "nothing";
  const long = value.split("\n").length > 12 || value.length > 400;
  return `<pre${long ? ` tabindex="0" role="region" aria-label="${escape(label)}"` : ""}>${escape(value.trimEnd())}</pre>`;
}

function button({ title, command, argument }: PageLink): string {
  const href = `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `<a class="button" role="button" href="${escape(href)}">${escape(title)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Answers are written by others: none of their characters means anything here. */
function escape(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
