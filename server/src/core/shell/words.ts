import type {
  CommandExpansionPart,
  DoubleQuotedChild,
  HereDoc,
  ProcessSubstitutionPart,
  Redirection,
  SyntaxNode,
  TestExpression,
  Word,
  WordPart,
} from "unbash";
import type { Output, ShellAssignment, ShellWord, TextInput, ToFile } from "./script";

/** Makes what the commands of a script are told with out of unbash's nodes. */
export class WordReader {
  constructor(
    private readonly source: string,
    readonly toFile: ToFile,
  ) {}

  word(node: Word): ShellWord {
    return { text: this.source.slice(node.pos, node.end), span: this.toFile(node.pos, node.end), node };
  }

  /** Of `A=b`, in front of a command or behind `export`. */
  assignments(nodes: readonly SyntaxNode[]): readonly ShellAssignment[] {
    return nodes.flatMap((node) => {
      if (node.type !== "Assignment") return [];
      const plain = node.value.type === "Word" && !node.append && !node.index ? node.value : undefined;
      return { name: node.name, value: plain && this.word(plain), span: this.toFile(node.pos, node.end) };
    });
  }

  outputs(redirections: readonly Redirection[]): readonly Output[] {
    return redirections.flatMap((each) => {
      if (each.type !== "Redirect" || !each.target || !each.operator.includes(">")) return [];
      const isCopy = each.operator === ">&" && /^(?:\d+-?|-)$/.test(each.target.value);
      if (isCopy || /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$/.test(each.target.value)) return [];
      return { file: this.word(each.target), appends: each.operator.endsWith(">>") || each.operator === "<>" };
    });
  }

  /** The last text that a command is given; it hides those before it. */
  input(redirections: readonly Redirection[]): TextInput | undefined {
    const last = redirections.findLast(
      (each) => each.type !== "Redirect" || (each.operator === "<" && each.descriptor === undefined),
    );
    if (last?.type === "HereDoc") return this.heredoc(last);
    if (last?.type !== "HereString" || !last.target) return undefined;
    const { text, span } = this.word(last.target);
    return { text, span, expands: true };
  }

  private heredoc({ body, delimiter, operator }: HereDoc): TextInput {
    const { pos, end } = body;
    const lines = this.source.slice(pos, end);
    const text = operator === "<<-" ? lines.replace(/^\t+/gm, "") : lines;
    return { text, span: this.toFile(pos, end), expands: !delimiter?.quoted };
  }
}

/** A command substitution, or a process substitution. */
export type Substitution = CommandExpansionPart | ProcessSubstitutionPart;

/** The substitutions in a word, those in its quotes included, in order. */
export function substitutionsIn(word: Pick<Word, "text" | "parts">): readonly Substitution[] {
  return /\$\(|`|[<>]\(/.test(word.text) ? inParts(word.parts ?? []) : [];
}

function inParts(parts: readonly (WordPart | DoubleQuotedChild)[]): readonly Substitution[] {
  return parts.flatMap((part): readonly Substitution[] => {
    switch (part.type) {
      case "CommandExpansion":
      case "ProcessSubstitution":
        return [part];
      case "DoubleQuoted":
      case "LocaleString":
        return inParts(part.parts);
      case "ParameterExpansion":
        return part.operation?.type === "Default" ? substitutionsIn(part.operation.operand) : [];
      default:
        return [];
    }
  });
}

/** The words of `[[ … ]]`. */
export function wordsOfTest(test: TestExpression): readonly Word[] {
  switch (test.type) {
    case "TestUnary":
    case "TestNot":
      return test.type === "TestNot" ? wordsOfTest(test.operand) : [test.operand];
    case "TestBinary":
      return [test.left, test.right];
    case "TestLogical":
      return test.operands.flatMap(wordsOfTest);
    case "TestGroup":
      return wordsOfTest(test.expression);
  }
}
