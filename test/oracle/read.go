package main

import (
	"strings"
	"unicode"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// quiet has no use for the advice that comes beside the tree.
var quiet = linter.New(&linter.Config{Warn: func(string, string, string, string, []parser.Range) {}})

// file is what the parser made of a Dockerfile. Without a tree the parser itself has rejected it.
type file struct {
	Error string `json:"error,omitempty"`
	// Conversion is why what the parser took does not become build steps.
	Conversion   string        `json:"conversion,omitempty"`
	Tree         bool          `json:"tree"`
	Escape       string        `json:"escape"`
	Directives   []directive   `json:"directives"`
	Instructions []instruction `json:"instructions"`
}

type directive struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type instruction struct {
	Keyword  string       `json:"keyword"`
	Start    int          `json:"start"`
	End      int          `json:"end"`
	Flags    []string     `json:"flags"`
	JSON     bool         `json:"json"`
	Args     []string     `json:"args"`
	Heredocs []heredoc    `json:"heredocs"`
	Nested   *instruction `json:"nested,omitempty"`
}

type heredoc struct {
	Name    string `json:"name"`
	Expand  bool   `json:"expand"`
	Chomp   bool   `json:"chomp"`
	Fd      uint   `json:"fd"`
	Content string `json:"content"`
}

func read(text string) file {
	result, err := parser.Parse(strings.NewReader(text))
	if result == nil || result.AST == nil {
		return file{Error: message(err)}
	}
	found := file{
		Tree:         true,
		Escape:       string(result.EscapeToken),
		Directives:   directives(text),
		Instructions: []instruction{},
		Error:        message(err),
	}
	for _, node := range result.AST.Children {
		found.Instructions = append(found.Instructions, instructionOf(node))
	}
	if err == nil {
		stages, _, err := instructions.Parse(result.AST, quiet)
		found.Error = message(err)
		if err == nil && len(stages) == 0 {
			// The next step of the frontend says so.
			found.Error = "dockerfile contains no stages to build"
		}
	}
	if found.Error == "" {
		found.Conversion = convert(text)
	}
	return found
}

// directives are read as the parser does: behind white space, and up to the first line that is none.
func directives(text string) []directive {
	found := []directive{}
	reader := &parser.DirectiveParser{}
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		each, err := reader.ParseLine([]byte(strings.TrimLeftFunc(strings.TrimRight(line, "\r\n"), unicode.IsSpace)))
		if each == nil || err != nil {
			break
		}
		found = append(found, directive{each.Name, each.Value})
	}
	return found
}

func instructionOf(node *parser.Node) instruction {
	found := instruction{
		Keyword:  node.Value,
		Start:    node.StartLine,
		End:      node.EndLine,
		Flags:    append([]string{}, node.Flags...),
		JSON:     node.Attributes["json"],
		Args:     []string{},
		Heredocs: []heredoc{},
	}
	for next := node.Next; next != nil; next = next.Next {
		if len(next.Children) == 1 {
			nested := instructionOf(next.Children[0])
			found.Nested = &nested
			continue
		}
		found.Args = append(found.Args, next.Value)
	}
	for _, each := range node.Heredocs {
		found.Heredocs = append(found.Heredocs, heredoc{each.Name, each.Expand, each.Chomp, each.FileDescriptor, each.Content})
	}
	return found
}

// message is the innermost reason: without the line, which is the caller's affair.
func message(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	if rest, ok := strings.CutPrefix(text, "dockerfile parse error on line "); ok {
		_, text, _ = strings.Cut(rest, ": ")
	}
	return text
}
