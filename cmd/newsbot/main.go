package main

import (
	"context"
	"os"
	"os/signal"
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

// newEncoder opens multilingual-e5-small, which is inside the program.
func newEncoder() (retrieval.Encoder, error) {
	return e5.New(e5.Options{})
}

// newUSE opens the Universal Sentence Encoder, which is inside the program.
func newUSE() (retrieval.Encoder, error) {
	return use.New(use.Options{})
}
