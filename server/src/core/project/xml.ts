import type { Parse } from "./parsers";

/** An element of a file in XML. */
export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  /** What stands in it itself, without space around it. */
  readonly text: string;
}

/** Deeper ones are no person's. */
const MAX_DEPTH = 50;

/** The root of a file; undefined where the text is no XML, or empty. */
export function readXml(text: string, parse: Parse): Element | undefined {
  try {
    const { children = [] } = (parse(text) ?? {}) as Node;
    const root = children.find(({ type }) => type === "element");
    return root && elementOf(root, 0);
  } catch {
    return undefined;
  }
}

/** As the parser gives it. */
interface Node {
  readonly type?: string;
  readonly name?: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

function elementOf({ name = "", children = [] }: Node, depth: number): Element {
  if (depth > MAX_DEPTH) throw new Error("too deep");
  const elements = children.filter(({ type }) => type === "element").map((each) => elementOf(each, depth + 1));
  const texts = children.flatMap((each) => (each.text === undefined ? [] : each.text));
  return { name, children: elements, text: texts.join("").trim() };
}

/** The first element at a path of names below another. */
export function childOf(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  return names.reduce((at, name) => at?.children.find((each) => each.name === name), element);
}

/** The elements of a name in the list at a path below another: `plugin` in `build/plugins`. */
export function listOf(element: Element | undefined, path: readonly string[], name: string): readonly Element[] {
  return childOf(element, ...path)?.children.filter((each) => each.name === name) ?? [];
}

/** The text at a path; undefined where there is none. */
export function textAt(element: Element | undefined, ...names: readonly string[]): string | undefined {
  return childOf(element, ...names)?.text || undefined;
}

/** An element and all below it. */
export function* everyOf(element: Element): Generator<Element> {
  yield element;
  for (const each of element.children) yield* everyOf(each);
}
