package main

import (
	"context"
	"time"

	"newsbot/corpus/source/pdf"
)

// prepareAfter is how long the bot serves before it prepares for PDF files: who asks at the start comes first.
const prepareAfter = time.Minute

// prepareBehind has what reads PDF files compiled behind, when it is not yet, so that the first one does not wait. To
// end it is not waited for: what it leaves is whole or made anew.
func (a *app) prepareBehind(ctx context.Context) {
	go func() {
		select {
		case <-time.After(prepareAfter):
		case <-ctx.Done():
			return
		}
		if err := pdf.Prepare(); err != nil {
			a.logger.Warn("PDF reading cannot be prepared", "error", err)
		}
	}()
}
