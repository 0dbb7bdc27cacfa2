// Package background holds what is true of news in general: how often words
// occur, and how an encoder's vectors lie. A collection of one article has no
// statistics of its own; these stand in for them and fade as it grows.
//
// Begin with [LoadWords], [LoadVectors] and [LoadWordVectors]; [Measure] finds out how the
// vectors of an encoder lie of which nothing ships. The data beside this file is made
// by the program in the folder build, whose comment has the command.
package background

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"newsbot/corpus/text"
)

//go:embed data
var data embed.FS

// PassageWords is the length of passage that [Words.Share] speaks of.
const PassageWords = 80

// Words knows how often stems occur in news. It is immutable.
type Words struct {
	share map[string]float64
	floor float64 // of a stem that is not listed
}

// LoadWords reads the list that ships with the program: a stem and its
// occurrences per million words a line.
func LoadWords() (*Words, error) {
	raw, err := data.ReadFile("data/words.tsv.gz")
	if err != nil {
		return nil, fmt.Errorf("reading word statistics: %w", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("reading word statistics: %w", err)
	}
	w := &Words{share: make(map[string]float64, 1<<15), floor: 1}
	scan := bufio.NewScanner(z)
	for scan.Scan() {
		stem, count, _ := strings.Cut(scan.Text(), "\t")
		perMillion, err := strconv.ParseFloat(count, 64)
		if err != nil {
			return nil, fmt.Errorf("reading word statistics of %q: %w", stem, err)
		}
		share := 1 - math.Exp(-perMillion*PassageWords/1e6)
		w.share[stem] = share
		w.floor = min(w.floor, share/2)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("reading word statistics: %w", err)
	}
	return w, nil
}

// Share returns the part of passages of [PassageWords] words, in (0, 1), that
// hold a stem. A stem nobody counted is taken for half as frequent as the
// rarest that was.
func (w *Words) Share(stem string) float64 {
	if s, ok := w.share[stem]; ok {
		return s
	}
	return w.floor
}

// Has reports whether a stem was counted.
func (w *Words) Has(stem string) bool {
	_, ok := w.share[stem]
	return ok
}

// A Spread is the mean and standard deviation of a cosine.
type Spread struct{ Mean, Deviation float64 }

// Z returns how many deviations a cosine lies above the mean.
func (s Spread) Z(cosine float64) float64 { return (cosine - s.Mean) / s.Deviation }

// A Direction is the language of a question and that of a passage.
type Direction struct{ Question, Passage text.Language }

// Vectors says how one encoder's vectors lie. Spreads are of centred cosines
// between questions and texts that do not answer them. It is immutable.
type Vectors struct {
	Questions map[text.Language][]float32 // mean of many questions
	Passages  map[text.Language][]float32 // mean of many passages
	Passage   map[Direction]Spread        // question and passage
	Sentence  map[Direction]Spread        // question and sentence
}

// unmeasured is a spread that is usual for encoders of sentences.
var unmeasured = Spread{Mean: 0, Deviation: 0.1}

// PassageSpread returns the spread for a direction; for one that was not
// measured, that of another or a usual one.
func (v *Vectors) PassageSpread(d Direction) Spread { return spread(v.Passage, d) }

// SentenceSpread is as [Vectors.PassageSpread], for single sentences.
func (v *Vectors) SentenceSpread(d Direction) Spread { return spread(v.Sentence, d) }

func spread(m map[Direction]Spread, d Direction) Spread {
	if s, ok := m[d]; ok {
		return s
	}
	if s, ok := m[Direction{text.English, text.English}]; ok {
		return s
	}
	return unmeasured
}

// LoadVectors reads what ships for the encoder called id, whose vectors have
// dim numbers; nil when nobody has measured it.
func LoadVectors(id string, dim int) (*Vectors, error) {
	raw, err := data.ReadFile("data/" + id + ".bin")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading vector statistics: %w", err)
	}
	return decode(raw, dim)
}

// languages and directions give the order of the file.
var languages = []text.Language{text.Arabic, text.English}

// Encode writes v as [LoadVectors] reads it: for Arabic and English the means
// of questions and of passages as float32, then for each of the four
// directions the spread of passages and of sentences, all little-endian.
func Encode(v *Vectors) []byte {
	var b bytes.Buffer
	put := func(f float32) { _ = binary.Write(&b, binary.LittleEndian, f) } // a Buffer never fails
	for _, l := range languages {
		for _, f := range v.Questions[l] {
			put(f)
		}
		for _, f := range v.Passages[l] {
			put(f)
		}
	}
	for _, q := range languages {
		for _, p := range languages {
			for _, s := range []Spread{v.Passage[Direction{q, p}], v.Sentence[Direction{q, p}]} {
				put(float32(s.Mean))
				put(float32(s.Deviation))
			}
		}
	}
	return b.Bytes()
}

// encodedBytes is how much [Encode] writes of vectors of so many numbers.
func encodedBytes(dim int) int { return 4 * (4*dim + 16) }

func decode(raw []byte, dim int) (*Vectors, error) {
	numbers := make([]float32, encodedBytes(dim)/4)
	if len(raw) != 4*len(numbers) {
		return nil, fmt.Errorf("vector statistics of %d bytes: %d are wanted", len(raw), 4*len(numbers))
	}
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	take := func(n int) []float32 { x := numbers[:n:n]; numbers = numbers[n:]; return x }
	v := &Vectors{
		Questions: map[text.Language][]float32{}, Passages: map[text.Language][]float32{},
		Passage: map[Direction]Spread{}, Sentence: map[Direction]Spread{},
	}
	for _, l := range languages {
		v.Questions[l], v.Passages[l] = take(dim), take(dim)
	}
	for _, q := range languages {
		for _, p := range languages {
			x := take(4)
			v.Passage[Direction{q, p}] = Spread{float64(x[0]), float64(x[1])}
			v.Sentence[Direction{q, p}] = Spread{float64(x[2]), float64(x[3])}
		}
	}
	return v, nil
}
