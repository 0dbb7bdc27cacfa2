package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)   // a second signal ends the program the hard way
	signal.Ignore(syscall.SIGPIPE) // an import goes on when nobody reads what it says
	go limitMemory(ctx, os.LookupEnv)
	m := &Main{
		Stdin:      os.Stdin,
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		LookupEnv:  os.LookupEnv,
		Now:        time.Now,
		NewEncoder: newEncoder,
		NewUSE:     newUSE,
	}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// kernelEnv names the kernel that both encoders run on, to compare kernels and to
// test them. It is a matter of one run on one machine, so it is read from the
// environment alone.
const kernelEnv = "NEWSBOT_KERNEL"

// newEncoder opens multilingual-e5-small, which is inside the program.
func newEncoder() (retrieval.Encoder, error) {
	opts := e5.Options{Kernel: forcedKernel(os.LookupEnv)}
	if err := opts.Validate(); err != nil {
		return nil, badKernel(err)
	}
	return e5.New(opts)
}

// newUSE opens the Universal Sentence Encoder, which is inside the program.
func newUSE() (retrieval.Encoder, error) {
	opts := use.Options{Kernel: forcedKernel(os.LookupEnv)}
	if err := opts.Validate(); err != nil {
		return nil, badKernel(err)
	}
	return use.New(opts)
}

// forcedKernel is the kernel that the environment names, "" for none.
func forcedKernel(lookup func(string) (string, bool)) string {
	name, _ := lookup(kernelEnv)
	return strings.TrimSpace(name)
}

func badKernel(err error) error {
	return withHint(named(kernelEnv, err), "leave it out, and newsbot takes the fastest kernel of this processor")
}
