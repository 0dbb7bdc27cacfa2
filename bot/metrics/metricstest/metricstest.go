// Package metricstest is for tests of what counts itself.
package metricstest

import (
	"bytes"
	"strings"
	"testing"

	"newsbot/bot/metrics"
)

// Want wants lines among the metrics.
func Want(t testing.TB, m *metrics.Metrics, lines ...string) {
	t.Helper()
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if !strings.Contains("\n"+b.String(), "\n"+line+"\n") {
			t.Errorf("the metrics have no line %s:\n%s", line, b.String())
		}
	}
}
