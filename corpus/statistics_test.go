package corpus

import (
	"bytes"
	"testing"
)

// Statistics stay with an encoder, also in a backup, until its vectors are dropped.
func TestStatistics(t *testing.T) {
	s := testStore(t)
	mustAdd(t, s, sample(1, 40))
	check := func(s *Store, want []byte) {
		t.Helper()
		got, err := s.Statistics(t.Context(), "enc")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("Statistics = %q, %v; want %q", got, err, want)
		}
	}
	set := func(data []byte) {
		t.Helper()
		if err := s.SetStatistics(t.Context(), "enc", data); err != nil {
			t.Fatal(err)
		}
	}
	check(s, nil)
	set([]byte("first"))
	check(s, []byte("first"))
	checkBacklog(t, s, "enc", 1, 4)
	putAll(t, s, "enc")
	check(s, []byte("first"))
	seq := mustSeq(t, s)
	set([]byte("second"))
	if got := mustSeq(t, s); got != seq {
		t.Errorf("statistics moved the log from %d to %d", seq, got)
	}
	check(s, []byte("second"))
	checkIntegrity(t, s)

	dir := t.TempDir()
	if _, err := s.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	check(openStore(t, Config{Dir: dir}), []byte("second"))

	if err := s.DropVectors(t.Context(), "enc"); err != nil {
		t.Fatal(err)
	}
	check(s, nil)
}

func TestStatisticsRefused(t *testing.T) {
	s := testStore(t)
	for name, data := range map[string][]byte{"enc": nil, "big": make([]byte, maxStatistics+1), "": {1}, WordsOf("enc"): {1}} {
		if err := s.SetStatistics(t.Context(), name, data); err == nil {
			t.Errorf("SetStatistics of %q with %d bytes = nil, want an error", name, len(data))
		}
	}
	if names, err := s.Encoders(t.Context()); err != nil || len(names) > 0 {
		t.Errorf("Encoders = %q, %v; want none", names, err)
	}
}
