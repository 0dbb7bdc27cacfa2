package minhash

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// words makes a text of the words from one number to another.
func words(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "w%d ", i)
	}
	return b.String()
}

func BenchmarkNew(b *testing.B) {
	body := words(0, 400)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		New(body)
	}
}

// Of a text whose words are numbers, how much is shared is known.
func TestEstimates(t *testing.T) {
	tests := []struct {
		name                     string
		a, b                     string
		resemblance, containment float64
	}{
		{"the same", words(0, 402), words(0, 402), 1, 1},
		{"half of one", words(0, 402), words(0, 202), 0.5, 1},
		{"overlapping", words(0, 402), words(200, 602), 1. / 3, 0.5},
		{"cut to three tenths", words(0, 1002), words(0, 302), 0.3, 1},
		{"different", words(0, 400), words(1000, 1400), 0, 0},
		{"too short", words(0, 2), words(0, 2), 0, 0},
		{"nothing", "", words(0, 400), 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := New(tt.a), New(tt.b)
			if got := Resemblance(&a, &b); got < tt.resemblance-0.08 || got > tt.resemblance+0.08 {
				t.Errorf("Resemblance = %.3f, want about %.3f", got, tt.resemblance)
			}
			if got := Containment(&a, &b); got < tt.containment-0.13 || got > tt.containment+0.13 {
				t.Errorf("Containment = %.3f, want about %.3f", got, tt.containment)
			}
			if x, y := Containment(&a, &b), Containment(&b, &a); x != y {
				t.Errorf("Containment is %.3f one way and %.3f the other", x, y)
			}
		})
	}
}

// The estimate of the resemblance has the error that its number of values promises, and no lean.
func TestEstimateError(t *testing.T) {
	const rounds, size, shared = 200, 200, 100
	r := rand.New(rand.NewPCG(1, 1))
	var sum, squares float64
	for range rounds {
		from := r.IntN(1 << 30)
		a, b := New(words(from, from+size+2)), New(words(from+size-shared, from+2*size-shared+2))
		off := Resemblance(&a, &b) - float64(shared)/(2*size-shared)
		sum += off
		squares += off * off
	}
	// sqrt(1/3 * 2/3 / 256) is 0.0295; the mean of 200 has an error of 0.002.
	if mean := sum / rounds; mean < -0.007 || mean > 0.007 {
		t.Errorf("the estimate is off by %.4f in the mean", mean)
	}
	if v := squares / rounds; v > 0.035*0.035 {
		t.Errorf("the mean square of the error is %.5f, want at most %.5f", v, 0.035*0.035)
	}
}

// Sketches that are stored are compared with those of later programs: the same text has the same sketch for ever, however
// it is spelled.
func TestSketchStays(t *testing.T) {
	const want = "084be8647707cb3b"
	for _, s := range []string{
		"Tram line 7 opened on Monday, after 1,200 days of work. وافتُتح الخط ٧ أمس.",
		"TRAM LINE 7 opened — on Monday (after 1200 days of work)! وافتتح الخط 7 امس",
	} {
		sk := New(s)
		h := sha256.New()
		h.Write(sk.Values.Bytes())
		for _, key := range sk.Keys {
			h.Write(binary.LittleEndian.AppendUint32(nil, uint32(key)))
		}
		if got := hex.EncodeToString(h.Sum(nil)); !strings.HasPrefix(got, want) || sk.Shingles != 13 {
			t.Errorf("%d shingles with the hash %s of %q, want 13 and %s…", sk.Shingles, got, s, want)
		}
	}
}

func TestParseValues(t *testing.T) {
	sk := New(words(0, 50))
	got, err := ParseValues(sk.Values.Bytes())
	if err != nil || got != sk.Values {
		t.Errorf("ParseValues of Bytes: %v, and the same: %t", err, got == sk.Values)
	}
	if _, err := ParseValues(sk.Values.Bytes()[1:]); err == nil {
		t.Error("ParseValues takes 511 bytes")
	}
}

// Whatever the text, its sketch is its own copy, and of twice the text.
func FuzzNew(f *testing.F) {
	f.Add("")
	f.Add("Tram line 7 opened on Monday. وافتُتح الخط ٧ أمس.")
	f.Add(words(0, 40))
	f.Add("a a a a \xff\u200f ١٢٣ ..")
	f.Fuzz(func(t *testing.T, s string) {
		a := New(s)
		if again := New(s); a != again {
			t.Error("the sketch is another at the second time")
		}
		if a.Comparable() && !Copies(&a, &a) {
			t.Error("a text is no copy of itself")
		}
		twice := New(s + "\n" + s)
		if got := Containment(&a, &twice); a.Comparable() && got < Same {
			t.Errorf("%.2f of a text is in twice the text", got)
		}
	})
}
