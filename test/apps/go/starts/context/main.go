// Says what git knows of a repository that it makes, and counts its words by a shell.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	folder, err := os.MkdirTemp("", "log")
	if err != nil {
		fail(err)
	}
	run(exec.Command("git", "-C", folder, "init", "--quiet", "--initial-branch", "main"))
	run(exec.Command("git", "-C", folder, "symbolic-ref", "HEAD"))
	run(exec.Command("sh", "-c", "printf 'one two three' | wc -w"))
}

func run(command *exec.Cmd) {
	command.Stdout = os.Stdout
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
