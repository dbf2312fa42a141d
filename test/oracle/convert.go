package main

import (
	"context"
	"fmt"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
)

var capabilities = pb.Caps.CapSet(pb.Caps.All())

// convert gives the reason for which a Dockerfile that the parser took does not become build steps. Every base image is
// taken to be there, with an empty config.
func convert(text string) (reason string) {
	defer func() {
		if panicked := recover(); panicked != nil {
			reason = fmt.Sprint("panic: ", panicked)
		}
	}()
	opt := dockerfile2llb.ConvertOpt{MetaResolver: anyImage{}, LLBCaps: &capabilities}
	_, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(text), opt)
	return message(err)
}

type anyImage struct{}

const config = `{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%064d"]}}`

func (anyImage) ResolveImageConfig(_ context.Context, name string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	return name, "", fmt.Appendf(nil, config, 0), nil
}
