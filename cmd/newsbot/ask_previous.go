package main

import (
	"flag"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// previousFlag defines the flag with the question that one goes on from. The function
// returned gives what it was, nil for none.
func previousFlag(flags *flag.FlagSet) func() *retrieval.Turn {
	previous := flags.String("previous", "", "`question` asked before, which this one may go on from")
	return func() *retrieval.Turn {
		if question := strings.TrimSpace(text.Valid(*previous)); question != "" {
			return &retrieval.Turn{Question: question}
		}
		return nil
	}
}
