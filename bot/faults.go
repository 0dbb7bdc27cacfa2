package bot

import (
	"errors"

	"newsbot/corpus/source"
)

// faultKeys say what is wrong with what a file says of its articles, and what to write instead.
var faultKeys = map[source.FaultKind]key{
	source.FaultNUL: keyFaultNUL, source.FaultCharset: keyFileCharset, source.FaultCells: keyFaultCells, source.FaultColumns: keyFaultColumns,
	source.FaultColumnMissing: keyFaultColumnMissing, source.FaultColumnTwice: keyFaultColumnTwice,
	source.FaultQuote: keyFaultQuote, source.FaultQuoteOpen: keyFaultQuoteOpen, source.FaultDate: keyFaultDate,
	source.FaultURL: keyFaultURL, source.FaultLanguage: keyFaultLanguage, source.FaultLong: keyFaultLong,
	source.FaultFront: keyFaultFront, source.FaultTOML: keyFaultTOML, source.FaultEmbargo: keyFaultEmbargo,
	source.FaultJSON: keyFileJSON, source.FaultJSONEnd: keyFaultJSONEnd, source.FaultJSONTwice: keyFaultJSONTwice,
	source.FaultJSONString: keyFaultJSONString,
}

// wordlessFaults are what is said of some kinds when there are no words of the file to end the sentence.
var wordlessFaults = map[source.FaultKind]key{
	source.FaultFront: keyFaultFrontEnd, source.FaultColumnMissing: keyFaultColumnNone,
}

// mostFaultWords is how many words of a file are shown with what is wrong, such as names of columns.
const mostFaultWords = 10

// fault says what is wrong with what a file says of its article. ok is false when the error is none of that.
func (t turn) fault(err error) (l line, ok bool) {
	f, ok := errors.AsType[*source.Fault](err)
	if !ok {
		return line{}, false
	}
	k, ok := faultKeys[f.Kind]
	if !ok {
		return line{}, false
	}
	var words []span
	for _, w := range f.Words[:min(len(f.Words), mostFaultWords)] {
		if !isBlank(w) {
			words = append(words, span{role: roleOutside, text: cutShort(w, mostLeft)})
		}
	}
	if other, is := wordlessFaults[f.Kind]; is && len(words) == 0 {
		k = other
	}
	var numbers []any
	for _, n := range f.Numbers {
		numbers = append(numbers, n)
	}
	l = sentence(say(t.lang, k, numbers...))
	l.spans = append(l.spans, list(t.lang, words...).spans...)
	return l, true
}
