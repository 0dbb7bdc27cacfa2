package background

import (
	"math"
	"slices"

	"newsbot/corpus/text"
)

// A Sample is what an encoder has made of the texts of package bank, and of some of a
// collection, which answer none of its questions but by chance; all by language.
type Sample struct {
	Questions, Passages, Sentences map[text.Language][][]float32 // the i-th answers the i-th question
	OtherPassages, OtherSentences  map[text.Language][][]float32 // of the collection; may be empty
}

// trimmed is the part of the pairs, those that come nearest, that are left out when it is
// measured how unrelated texts lie: some of them may answer after all.
const trimmed = 0.01

// A reach is what e5 does on the bank, in deviations as they ship.
type reach struct {
	unrelated float64 // deviation of the pairs that do not belong together
	related   float64 // mean of those that do
}

// The weights of ranking and the thresholds of answers were fitted for e5 with the
// statistics that ship of it, which come from many more texts. These say what the bank makes
// of it, for passages and for sentences, so that another encoder's can be put on its scale;
// this prints them:
//
//	go test ./retrieval/background -run TestReaches -v
var (
	passageReach = map[Direction]reach{
		{text.Arabic, text.Arabic}:   {unrelated: 1.079, related: 8.17},
		{text.Arabic, text.English}:  {unrelated: 1.123, related: 5.87},
		{text.English, text.Arabic}:  {unrelated: 1.103, related: 5.44},
		{text.English, text.English}: {unrelated: 1.159, related: 9.35},
	}
	sentenceReach = map[Direction]reach{
		{text.Arabic, text.Arabic}:   {unrelated: 1.076, related: 8.23},
		{text.Arabic, text.English}:  {unrelated: 1.070, related: 5.67},
		{text.English, text.Arabic}:  {unrelated: 1.123, related: 5.72},
		{text.English, text.English}: {unrelated: 1.098, related: 8.80},
	}
)

// collected is the same for the questions of the bank with a collection's texts: of four
// development sets e5 has .86 to 1.00 in every direction, and no set lies apart.
const collected = 0.93

// Measure says how the vectors of an encoder lie of which nothing ships. Its deviations make
// what belongs together reach as many of them as it does with e5, and no more where the
// encoder tells it apart better; where it does so worse they are those of unrelated
// texts, so that these come no nearer than with e5. Every number is finite when those
// of the sample are.
func Measure(s *Sample) *Vectors {
	v := &Vectors{
		Questions: map[text.Language][]float32{}, Passages: map[text.Language][]float32{},
		Passage: map[Direction]Spread{}, Sentence: map[Direction]Spread{},
	}
	asked := map[text.Language][][]float32{}
	for _, l := range languages {
		v.Questions[l], v.Passages[l] = mean(s.Questions[l]), mean(slices.Concat(s.Passages[l], s.OtherPassages[l]))
		asked[l] = centre(s.Questions[l], v.Questions[l])
	}
	for _, p := range languages {
		usual, others := mean(s.Passages[p]), mean(s.OtherPassages[p]) // a collection's lie around their own mean
		for _, q := range languages {
			d := Direction{q, p}
			compare := func(answers, rest [][]float32) pairs {
				return newPairs(asked[q], centre(answers, usual), centre(rest, others))
			}
			v.Passage[d] = compare(s.Passages[p], s.OtherPassages[p]).spread(passageReach[d])
			v.Sentence[d] = compare(s.Sentences[p], s.OtherSentences[p]).spread(sentenceReach[d])
		}
	}
	return v
}

// pairs are the centred cosines of questions with texts.
type pairs struct{ related, unrelated, collected []float64 }

// newPairs compares questions with texts of which the i-th answers the i-th, and with those
// of a collection.
func newPairs(questions, answers, others [][]float32) pairs {
	var p pairs
	for i, q := range questions {
		for j, a := range answers {
			if i == j {
				p.related = append(p.related, dot(q, a))
			} else {
				p.unrelated = append(p.unrelated, dot(q, a))
			}
		}
		for _, o := range others {
			p.collected = append(p.collected, dot(q, o))
		}
	}
	return p
}

// spread is that of unrelated texts on the scale of e5. Its mean is 0, as of all that is
// centred: what the few pairs of the bank have beside it is by chance.
func (p pairs) spread(e5 reach) Spread {
	bank, others := deviation(p.unrelated)/e5.unrelated, deviation(p.collected)/collected
	n, m := float64(len(p.unrelated)), float64(len(p.collected))
	wide := math.Sqrt((n*bank*bank + m*others*others) / max(n+m, 1))
	return Spread{Deviation: max(wide, average(p.related)/e5.related, leastDeviation)}
}

// leastDeviation keeps an encoder to which all texts are alike from telling them apart.
const leastDeviation = 1e-3

// deviation is the standard deviation of all but the nearest pairs; 0 without any.
func deviation(cosines []float64) float64 {
	sorted := slices.Sorted(slices.Values(cosines))
	sorted = sorted[:len(sorted)-int(trimmed*float64(len(sorted)))]
	m := average(sorted)
	var squares float64
	for _, c := range sorted {
		squares += (c - m) * (c - m)
	}
	return math.Sqrt(squares / max(float64(len(sorted)), 1))
}

// average is 0 of nothing.
func average(x []float64) float64 {
	var sum float64
	for _, c := range x {
		sum += c
	}
	return sum / max(float64(len(x)), 1)
}

func mean(vectors [][]float32) []float32 {
	if len(vectors) == 0 {
		return nil
	}
	sum := make([]float64, len(vectors[0]))
	for _, v := range vectors {
		for i, x := range v {
			sum[i] += float64(x)
		}
	}
	out := make([]float32, len(sum))
	for i, x := range sum {
		out[i] = float32(x / float64(len(vectors)))
	}
	return out
}

// centre takes the mean from every vector and scales what is left to length one.
func centre(vectors [][]float32, mean []float32) [][]float32 {
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		c := make([]float32, len(v))
		for j := range v {
			c[j] = v[j] - mean[j]
		}
		if n := math.Sqrt(dot(c, c)); n > 0 {
			for j := range c {
				c[j] /= float32(n)
			}
		}
		out[i] = c
	}
	return out
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
