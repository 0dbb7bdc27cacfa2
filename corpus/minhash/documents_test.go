package minhash

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// documentsEnv names a folder of benchmark texts: any *.jsonl files in it, or in folders of it, whose names begin with
// "corpus." and whose lines have a "text".
const documentsEnv = "NEWSBOT_EVAL"

// doubtful is how much of a copy is in the other, at least, for the pair to be hardly an accident.
const doubtful = 0.6

// Among texts by many hands few pairs are taken for copies that are not. The texts are not part of the project, and
// some are copies; run it with -v to see the pairs.
func TestDocuments(t *testing.T) {
	dir := os.Getenv(documentsEnv)
	if dir == "" {
		t.Skipf("%s does not name a folder of benchmark texts", documentsEnv)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*", "corpus.*.jsonl"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no corpus.*.jsonl below %s: %v", dir, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(filepath.Dir(name))+"/"+filepath.Base(name), func(t *testing.T) {
			list := readTexts(t, name)
			sketches := make([]Sketch, len(list))
			byKey := map[int32][]int{}
			compared, copies, doubts := 0, 0, 0
			for i, s := range list {
				sketches[i] = New(s)
				shared := map[int]int{}
				for _, key := range sketches[i].Keys {
					for _, j := range byKey[key] {
						shared[j]++
					}
					byKey[key] = append(byKey[key], i)
				}
				for j, n := range shared {
					if n < Shared {
						continue
					}
					compared++
					if !Copies(&sketches[i], &sketches[j]) {
						continue
					}
					copies++
					if inBoth := Containment(&sketches[i], &sketches[j]); inBoth < doubtful {
						doubts++
						t.Logf("%.3f:\n\t%.80q\n\t%.80q", inBoth, s, list[j])
					}
				}
			}
			t.Logf("%d texts, %d pairs compared, %d taken for copies, %d of them doubtful", len(list), compared, copies, doubts)
			if doubts*50 > len(list) {
				t.Errorf("%d pairs of %d texts are hardly copies, want one of 50 texts at most", doubts, len(list))
			}
		})
	}
}

func readTexts(t *testing.T, name string) (list []string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var line struct{ Text string }
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		list = append(list, line.Text)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
