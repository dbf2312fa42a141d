/**
 * Takes the pictures of docs/pictures and of the walkthrough, in light and dark, in the VS Code at BALLAST_VSCODE_URL:
 * npx tsx test/vscode/pictures.mts, with `names`, `editor` or `proof` only those. All but `names` need an engine with the
 * image ubuntu. Look at each before it is committed.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Window } from "../kit/window";

const root = join(import.meta.dirname, "../..");
const url = process.env.BALLAST_VSCODE_URL;
if (url === undefined) throw new Error("BALLAST_VSCODE_URL names no VS Code");
const THEMES = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;
/** Nothing in the picture but what it is about. */
const QUIET = {
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "breadcrumbs.enabled": false,
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "workbench.activityBar.location": "hidden",
  "editor.occurrencesHighlight": "off",
};

const NAMES = `ARG GO_VERSION=1.26
FROM golang:\${GO_VERSION} AS build
ARG GO_VERSION
WORKDIR /src
COPY . .
RUN <<EOF
  go vet ./...
  go build -ldflags "-s -w -X main.built_with=$GO_VERSION" -o /app .
EOF

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

/** The outline beside the file, all places of a variable lit, and what is known of it. */
async function takeNames(name: keyof typeof THEMES): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-pictures-"));
  mkdirSync(join(folder, ".vscode"));
  writeFileSync(join(folder, "Dockerfile"), NAMES);
  const settings = { ...QUIET, "editor.occurrencesHighlight": "singleFile", "outline.collapseItems": "alwaysExpand" };
  writeFileSync(
    join(folder, ".vscode/settings.json"),
    JSON.stringify({ ...settings, "workbench.colorTheme": THEMES[name] }),
  );
  const window = await Window.open(url as string, folder, { viewport: { width: 960, height: 480 } });
  try {
    await window.openFile("Dockerfile");
    await window.status.waitFor();
    await window.command("Explorer: Focus on Outline View");
    await window.page.locator(".outline-tree .monaco-list-row", { hasText: "build" }).first().waitFor();
    await window.focusEditor();
    await window.goTo(8, 53);
    await window.page.locator(".wordHighlightStrong, .wordHighlight").first().waitFor();
    await window.leaveMouse();
    await window.press("Control+k", "Control+i");
    await window.page.locator(".monaco-hover:visible", { hasText: "GO_VERSION" }).waitFor();
    await window.screenshot(join(root, `docs/pictures/vscode-names-${name}.png`));
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(name: keyof typeof THEMES): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "ballast-pictures-"));
  const folder = join(parent, "calculator");
  cpSync(join(root, "examples/calculator"), folder, { recursive: true });
  mkdirSync(join(folder, ".vscode"));
  writeFileSync(
    join(folder, ".vscode/settings.json"),
    JSON.stringify({ ...QUIET, "workbench.colorTheme": THEMES[name] }),
  );
  const window = await Window.open(url as string, folder, { viewport: { width: 960, height: 480 } });
  const picture = (title: string) => window.screenshot(join(root, `docs/pictures/${title}-${name}.png`));
  const step = (title: string) =>
    name === "light" ? window.screenshot(join(root, `client/media/walkthrough-${title}.png`)) : undefined;
  try {
    await window.openFile("Dockerfile");
    await window.press("Control+b");
    await window.lens("Compare").waitFor();
    await window.status.waitFor();
    await window.page.locator(".squiggly-warning").first().waitFor();
    await window.leaveMouse();
    await step("open");
    await window.goTo(6, 19);
    await window.lightBulb();
    await picture("vscode-fix");
    await step("fix");
    await window.closeLightBulb();
    await window.status.hover();
    await window.page.locator(".monaco-hover:visible").waitFor();
    await picture("vscode-status");
    await window.leaveMouse();
    await window.command("Ballast: Build image");
    await window.notification(/Built sha256/).waitFor({ timeout: 240_000 });
    await window.clearNotifications();
    await window.command("Ballast: Compare");
    await window.pick("Type it");
    await window.answer("Compare: input of both programs", "2 * 3\\n10 / 4");
    await window.notification(/times smaller/).waitFor({ timeout: 240_000 });
    await window.focusEditor();
    await window.page.locator(".notification-toast.notification-fade-in-done").waitFor();
    await picture("vscode-compare");
  } finally {
    await window.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A rewrite, proven: the file beside both images. */
async function takeProof(name: keyof typeof THEMES): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "ballast-pictures-"));
  const folder = join(parent, "calculator");
  cpSync(join(root, "examples/calculator"), folder, { recursive: true });
  mkdirSync(join(parent, ".vscode"));
  writeFileSync(
    join(parent, ".vscode/settings.json"),
    JSON.stringify({ ...QUIET, "workbench.colorTheme": THEMES[name] }),
  );
  const window = await Window.open(url as string, parent, { viewport: { width: 1280, height: 640 } });
  try {
    await window.openFile("Dockerfile");
    await window.press("Control+b");
    await window.status.waitFor();
    await window.page.locator(".squiggly-warning").first().waitFor();
    await window.goTo(6, 19);
    await window.takeAction("distroless static");
    await window.lens("Prove it").click();
    await window.pick("Type it");
    await window.answer("Compare: input of both programs", "2 * 3\\n10 / 4");
    await window.notification(/times smaller/).waitFor({ timeout: 480_000 });
    await window.clearNotifications();
    await window.panel.getByRole("heading", { level: 1, name: "times smaller" }).waitFor();
    await window.lens("Compare").waitFor();
    await window.leaveMouse();
    await window.screenshot(join(root, `docs/pictures/vscode-prove-${name}.png`));
    if (name === "light") await window.screenshot(join(root, "client/media/walkthrough-compare.png"));
  } finally {
    await window.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

const PICTURES = { names: takeNames, editor: take, proof: takeProof } as const;
const wanted = process.argv[2];
for (const name of ["light", "dark"] as const)
  for (const [which, picture] of Object.entries(PICTURES))
    if (wanted === undefined || wanted === which) await picture(name);
