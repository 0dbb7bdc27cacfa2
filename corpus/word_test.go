package corpus

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestDamagedWords(t *testing.T) {
	for _, packed := range []string{"80", "0100", "ffffffffffffffffff01", "01ffffffffffffffff7f", "8080808080808080808001"} {
		t.Run(packed, func(t *testing.T) {
			s := testStore(t)
			ctx := t.Context()
			a := mustAdd(t, s, Article{Body: "One. Two.", URL: "https://news.example/1"})
			putAllWords(t, s, "enc")
			if _, err := s.writer.ExecContext(ctx, "UPDATE article_word SET words = x'"+packed+"'"); err != nil {
				t.Fatal(err)
			}
			_, _, addErr := s.Add(ctx, Article{Body: "Three.", URL: a.URL})
			_, _, editErr := s.Edit(ctx, a.ID, func(a *Article) error { a.Body = "Three."; return nil })
			for name, err := range map[string]error{
				"Remove": s.Purge(ctx, a.ID), "Add": addErr, "Edit": editErr, "DropVectors": s.DropVectors(ctx, "enc"),
			} {
				if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), a.ID) {
					t.Errorf("%s: %v; want ErrDamaged and the article", name, err)
				}
			}
			if got, err := s.Article(ctx, a.ID); err != nil || got.Body != a.Body {
				t.Errorf("Article = %v, %v; want it unchanged", got, err)
			}
		})
	}
}

func TestKeysOfWords(t *testing.T) {
	for _, keys := range [][]int64{{}, {1}, {1, 2, 3}, {127, 128, 100_000}, {1, math.MaxInt64}, {math.MaxInt64}} {
		got, err := decodeKeys(encodeKeys(keys))
		if err != nil || !slices.Equal(got, keys) {
			t.Errorf("decodeKeys(encodeKeys(%v)) = %v, %v", keys, got, err)
		}
	}
}

func FuzzDecodeKeys(f *testing.F) {
	f.Add([]byte{})
	f.Add(encodeKeys([]int64{3, 4, 500, math.MaxInt64}))
	f.Add([]byte{0x80})
	f.Add([]byte{1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		keys, err := decodeKeys(b)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("decodeKeys: %v; want ErrDamaged", err)
			}
			return
		}
		for i, k := range keys {
			if k <= 0 || (i > 0 && k <= keys[i-1]) {
				t.Fatalf("decodeKeys(%x) = %v; want ascending keys", b, keys)
			}
		}
		if again, err := decodeKeys(encodeKeys(keys)); err != nil || !slices.Equal(again, keys) {
			t.Errorf("packed again, %v is %v, %v", keys, again, err)
		}
	})
}
