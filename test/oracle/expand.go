package main

import "github.com/moby/buildkit/frontend/dockerfile/shell"

type expansion struct {
	Value string `json:"value"`
	Error string `json:"error,omitempty"`
}

// expand gives a word the value it has for FROM, COPY, ENV, WORKDIR …
func expand(asked question) expansion {
	env := []string{}
	for name, value := range asked.Env {
		env = append(env, name+"="+value)
	}
	value, _, err := shell.NewLex([]rune(asked.Escape)[0]).ProcessWord(*asked.Word, shell.EnvsFromSlice(env))
	if err != nil {
		return expansion{Error: err.Error()}
	}
	return expansion{Value: value}
}
