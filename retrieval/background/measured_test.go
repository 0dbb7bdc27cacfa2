package background

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"newsbot/corpus/text"
)

func someMeasured() *Measured {
	return &Measured{Dim: 2, Passages: 7, Vectors: Measure(toy(.5, 9))}
}

func TestMeasuredRoundTrip(t *testing.T) {
	raw := EncodeMeasured(someMeasured())
	m, err := DecodeMeasured(raw)
	if err != nil || m.Dim != 2 || m.Passages != 7 {
		t.Fatalf("DecodeMeasured = %+v, %v", m, err)
	}
	if !bytes.Equal(EncodeMeasured(m), raw) {
		t.Error("what was read is written differently")
	}
	d := Direction{text.English, text.Arabic}
	if got, want := m.Vectors.PassageSpread(d), someMeasured().Vectors.PassageSpread(d); math.Abs(got.Deviation-want.Deviation) > 1e-6 {
		t.Errorf("spread = %v, want %v", got, want)
	}
}

// TestMark keeps by what an encoder is recognized, and refuses what is no mark.
func TestMark(t *testing.T) {
	m := someMeasured()
	m.Mark = []float32{.6, -.8}
	raw := EncodeMeasured(m)
	got, err := DecodeMeasured(raw)
	if err != nil || !slices.Equal(got.Mark, m.Mark) {
		t.Fatalf("DecodeMeasured = %+v, %v", got, err)
	}
	if got, err := DecodeMeasured(EncodeMeasured(someMeasured())); err != nil || got.Mark != nil {
		t.Errorf("without a mark: %+v, %v", got, err)
	}
	nan := append(bytes.Clone(raw[:len(raw)-4]), 0, 0, 0xc0, 0x7f)
	for name, raw := range map[string][]byte{"short": raw[:len(raw)-4], "longer": append(bytes.Clone(raw), 0, 0, 0, 0), "NaN": nan, "zeros": append(bytes.Clone(raw[:len(raw)-8]), make([]byte, 8)...)} {
		if m, err := DecodeMeasured(raw); err == nil {
			t.Errorf("%s: DecodeMeasured = %+v, want an error", name, m)
		}
	}
}

// TestMeasuredRefused refuses what would spoil every cosine.
func TestMeasuredRefused(t *testing.T) {
	good := EncodeMeasured(someMeasured())
	with := func(at int, v uint32) []byte {
		raw := bytes.Clone(good)
		binary.LittleEndian.PutUint32(raw[at:], v)
		return raw
	}
	last := len(good) - 4
	for name, raw := range map[string][]byte{
		"nothing": nil, "too short": good[:9], "a byte less": good[:len(good)-1], "a byte more": append(bytes.Clone(good), 0),
		"another version": append([]byte("lie2"), good[4:]...), "no dimension": with(4, 0), "another dimension": with(4, 3),
		"dimensions without end": with(4, math.MaxUint32), "passages without end": with(8, math.MaxUint32),
		"a mean that is no number": with(12, math.Float32bits(float32(math.NaN()))), "a long mean": with(12, math.Float32bits(2)),
		"no deviation": with(last, 0), "an infinite deviation": with(last, math.Float32bits(float32(math.Inf(1)))),
		"a negative one": with(last, math.Float32bits(-1)),
	} {
		if m, err := DecodeMeasured(raw); err == nil {
			t.Errorf("%s: DecodeMeasured = %+v, want an error", name, m)
		}
	}
}

func FuzzDecodeMeasured(f *testing.F) {
	f.Add(EncodeMeasured(someMeasured()))
	f.Add([]byte(measuredHead))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := DecodeMeasured(raw)
		if err != nil {
			return
		}
		if err := m.Vectors.check(); err != nil || m.Dim <= 0 {
			t.Errorf("%d dimensions, %v", m.Dim, err)
		}
	})
}
