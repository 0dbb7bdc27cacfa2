package retrieval

// The weights of ranking: one set for every language and every collection. What
// follows fits them, and says what each feature is worth and what a set loses that
// is left out, DIR being where the development sets are; README.md has the figures
// and says in what these weights differ from what it prints:
//
//	go run ./retrieval/eval/fit -questions 400 -cache vectors -dir DIR/xquad-a \
//	  -dir DIR/ntrex-headlines -dir DIR/arcd-train -dir DIR/tydiqa-ar \
//	  -dir DIR/tydiqa-en -dir DIR/paraphrased

// The features of the linear score. They are comparable across languages: shares of
// the question's idf, and cosines in deviations from those of unrelated texts.
const (
	byCoverage = iota // share of the question's idf that the passage covers, 0 to 1
	byMass            // BM25 over the most it could be, 0 to about 1
	byPassage         // cosine of the passage
	bySentence        // cosine of its best sentence
	byQuick           // cosine of the passage, to the quick encoder
	features
)

var featureNames = [features]string{"coverage", "mass", "passage", "sentence", "quick"}

// A featured has a number for each feature.
type featured [features]float64

var ranking = featured{byCoverage: 5, byMass: 1.5, byPassage: 1.04, bySentence: 0.34, byQuick: 0.32}

// How the candidates of two languages are compared. A question finds more that
// looks like an answer in its own language, whether or not the answer is there: so
// most of what a language's runners-up reach on each feature is taken from all its
// candidates, and another language gets something on top.
const (
	levelled   = 0.85 // of the runners-up's score
	otherBonus = 1.0  // for a language that is not the question's
)

// What follows is not in the linear score, and was tried out on the same sets.
const (
	// gramsWeight is that of the 4-gram field inside BM25.
	gramsWeight = 0.3
	// unknownWeight is how much of a word counts that cannot be looked for.
	unknownWeight = 0.3
	// worded stands in for a cosine that is not there yet: how many deviations a
	// text of one language usually reaches by covering all of the question's idf.
	// So articles are found and answer by their words alone until they are encoded.
	worded = 6
	// While the strong encoder fails, so much of the cosine that is taken for its own is the
	// quick encoder's of the passage, and the words count for less,
	// so that not more is answered wrongly than with it; this tells how well that goes:
	//
	//	go run ./retrieval/eval/standins -only 'down ships' -cache vectors -dir DIR/xquad-a \
	//	  -drop DIR/xquad-a/unanswerable_topic.docs.txt -others DIR/ntrex-headlines
	blindQuick  = 0.5
	blindWithin = 5 // in place of worded, within a language
	blindAcross = 3 // and across languages
	// usualQuick does for the quick encoder's, by the other's.
	usualQuick = 0.75
)

// score is the inner product with the weights.
func (f *featured) score() float64 {
	var sum float64
	for i, x := range f {
		sum += ranking[i] * x
	}
	return sum
}

// add adds what o has, times so much.
func (f *featured) add(times float64, o featured) {
	for i, x := range o {
		f[i] += times * x
	}
}
