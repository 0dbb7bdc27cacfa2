package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// wordsSuffix ends the names of the words of encoders.
const wordsSuffix = " words"

// WordsOf names the words of an encoder where an encoder's name is asked for: in Backlog and Change.Encoder. No encoder
// may have such a name.
func WordsOf(encoder string) string { return encoder + wordsSuffix }

// namesWords reports whether WordsOf has made a name.
func namesWords(name string) bool { return strings.HasSuffix(name, wordsSuffix) }

// checkEncoder makes sure that an encoder may be called so.
func checkEncoder(name string) error {
	if name == "" {
		return errors.New("the encoder has no name")
	}
	if namesWords(name) {
		return fmt.Errorf("no encoder may be called %q: the name stands for its words", name)
	}
	return nil
}

// Word is a word as it is written in articles of a language, with its vector: Data[i]*Scale is the i-th coordinate.
type Word struct {
	// Key numbers the word; PutWords takes no notice of it. A word stored later has a larger key, and no key is ever given
	// twice: a word that goes and comes again has a new one.
	Key int64
	// Language is the language of the articles that hold the word.
	Language text.Language
	// Form is the word as it is written, letter for letter.
	Form  string
	Scale float32
	Data  []int8
}

// ArticleWords are the words of one article.
type ArticleWords struct {
	// ArticleID is the article they were read from.
	ArticleID string
	// Language is the article's.
	Language text.Language
	// Body is TextHash of the body they were read from.
	Body Hash
	// Forms are the words as they are written, each once.
	Forms []string
}

// WordSource is an article whose words are wanted.
type WordSource struct {
	ArticleID string
	Language  text.Language
	Body      string
}

// spelling is what tells words of an encoder apart.
type spelling struct {
	language text.Language
	form     string
}

// checkForms refuses what no prepared article can hold, which the store could not find again.
func checkForms(forms []string) error {
	for _, f := range forms {
		if f == "" || !utf8.ValidString(f) || strings.ContainsRune(f, 0) {
			return fmt.Errorf("%q is no word", shorten(f, 40))
		}
	}
	return nil
}

// encodeKeys packs ascending keys, all larger than 0.
func encodeKeys(keys []int64) []byte {
	b := make([]byte, 0, 2*len(keys))
	last := int64(0)
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	return b
}

// decodeKeys reads what encodeKeys packed.
func decodeKeys(b []byte) ([]int64, error) {
	keys := make([]int64, 0, len(b)/2)
	last := int64(0)
	for len(b) > 0 {
		step, n := binary.Uvarint(b)
		if n <= 0 || step == 0 || step > uint64(math.MaxInt64-last) {
			return nil, fmt.Errorf("keys of words, after %d: %w", last, ErrDamaged)
		}
		last += int64(step)
		keys = append(keys, last)
		b = b[n:]
	}
	return keys, nil
}
