package writer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"newsbot/corpus/text"
	"newsbot/retrieval/check"
	"newsbot/retrieval/llm"
)

func TestTranslate(t *testing.T) {
	const quote = "Rain fell on Paris on Monday, said the mayor: “We were not ready.”"
	for name, tt := range map[string]struct {
		quote  string // "" is the one above
		says   string
		ends   error
		faults fakeChecker
		want   string
		reason Reason
	}{
		"plain":             {says: "هطلت الأمطار على باريس يوم الاثنين، وقال رئيس البلدية: «لم نكن مستعدين».", want: "هطلت الأمطار على باريس يوم الاثنين، وقال رئيس البلدية: «لم نكن مستعدين»."},
		"wrapped":           {says: "\"**هطلت الأمطار على باريس** يوم الاثنين، وقال رئيس البلدية إنهم لم يكونوا مستعدين.\"\n", want: "هطلت الأمطار على باريس يوم الاثنين، وقال رئيس البلدية إنهم لم يكونوا مستعدين."},
		"introduced":        {says: "إليك الترجمة:\n\nهطلت الأمطار على باريس يوم الاثنين.", want: "هطلت الأمطار على باريس يوم الاثنين."},
		"introduced inline": {says: "**الترجمة العربية:** هطلت الأمطار على باريس يوم الاثنين.", want: "هطلت الأمطار على باريس يوم الاثنين."},
		"in English":        {says: "Sure! Here is the Arabic translation of the quote:\nهطلت الأمطار على باريس يوم الاثنين.", want: "هطلت الأمطار على باريس يوم الاثنين."},
		"titled":            {says: "Translation: هطلت الأمطار على باريس يوم الاثنين.", want: "هطلت الأمطار على باريس يوم الاثنين."},
		"talkative":         {says: "هذه رسالة مني:\n\nهطلت الأمطار على باريس يوم الاثنين.", reason: ReasonLittle},
		"about translation": {quote: "Translation: an art.", says: "الترجمة: فن من الفنون.", want: "الترجمة: فن من الفنون."},
		"marks":             {says: "هطلت الأمطار على باريس يوم الاثنين [1].", reason: ReasonLittle},
		"a link":            {says: "هطلت الأمطار على باريس، انظر evil.example الآن.", reason: ReasonLittle},
		"another language":  {says: "Rain fell on Paris on Monday, the mayor said they were not ready.", reason: ReasonLanguage},
		"too long":          {says: strings.Repeat("هطلت الأمطار على باريس. ", 12), reason: ReasonLittle},
		"far too long":      {says: strings.Repeat("هطلت الأمطار على باريس. ", 500), reason: ReasonModel},
		"too short":         {quote: strings.Repeat("Rain fell on Paris on Monday. ", 20), says: "مطر.", reason: ReasonLittle},
		"something new":     {says: "هطلت الأمطار على باريس يوم الثلاثاء.", faults: fakeChecker{"الثلاثاء": check.Date}, reason: ReasonLittle},
		"something lost":    {says: "هطلت الأمطار على المدينة يوم الاثنين.", faults: fakeChecker{"Paris": check.Name}, reason: ReasonLittle},
		"meant differently": {says: "هطلت الثلوج على باريس.", faults: fakeChecker{"الثلوج": check.Meaning}, reason: ReasonLittle},
		"said the like":     {says: "هطلت الأمطار على باريس يوم الاثنين.", faults: fakeChecker{"Paris": check.Meaning}, want: "هطلت الأمطار على باريس يوم الاثنين."},
		"nothing":           {says: "", reason: ReasonModel},
		"cut":               {says: "هطلت الأمطار", ends: llm.ErrCut, reason: ReasonModel},
		"no quote":          {quote: " ", says: "مطر.", reason: ReasonUnfit},
		"too long a quote":  {quote: strings.Repeat("x", maxQuote+1), says: "مطر.", reason: ReasonUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.quote == "" {
				tt.quote = quote
			}
			w := newWriter(&fakeModel{says: tt.says, ends: tt.ends}, tt.faults)
			got, reason, err := w.Translate(t.Context(), tt.quote, text.English, text.Arabic)
			if err != nil || got != tt.want || reason != tt.reason {
				t.Errorf("%q, %q, %v", got, reason, err)
			}
		})
	}
}

// The checker is never given quotation marks: the words in them are other ones in
// another language.
func TestTranslateChecksBothWays(t *testing.T) {
	var claims []check.Claim
	c := checkerFunc(func(c check.Claim) check.Fault {
		claims = append(claims, c)
		return check.Fault{}
	})
	w := newWriter(&fakeModel{says: "قال العمدة: «هطلت الأمطار»."}, c)
	if _, reason, err := w.Translate(t.Context(), "The mayor said: “Rain fell.”", text.English, text.Arabic); reason != ReasonNone || err != nil {
		t.Fatal(reason, err)
	}
	if len(claims) != 2 || claims[0].Text != "قال العمدة: هطلت الأمطار." || claims[0].Language != text.Arabic || claims[0].Sources[0].Text != "The mayor said: “Rain fell.”" ||
		claims[1].Text != "The mayor said: Rain fell." || claims[1].Language != text.English || claims[1].Sources[0].Text != "قال العمدة: «هطلت الأمطار»." {
		t.Errorf("%+v", claims)
	}
}

type checkerFunc func(check.Claim) check.Fault

func (f checkerFunc) Check(ctx context.Context, c check.Claim) (check.Fault, error) {
	return f(c), ctx.Err()
}

// A translation that was trusted is not asked for again, one that was not is.
func TestTranslateRemembers(t *testing.T) {
	m := &fakeModel{says: "هطلت الأمطار على باريس."}
	w := newWriter(m, fakeChecker{})
	for range 2 {
		if got, reason, err := w.Translate(t.Context(), "Rain fell on Paris.", text.English, text.Arabic); got == "" || reason != ReasonNone || err != nil {
			t.Fatal(got, reason, err)
		}
	}
	if len(m.asked) != 1 {
		t.Errorf("asked %d times", len(m.asked))
	}
	m.says = "Rain."
	for range 2 {
		if _, reason, _ := w.Translate(t.Context(), "Snow fell on Paris.", text.English, text.Arabic); reason != ReasonLanguage {
			t.Fatal(reason)
		}
	}
	if len(m.asked) != 3 {
		t.Errorf("asked %d times", len(m.asked))
	}
}

func TestTranslateLanguages(t *testing.T) {
	m := &fakeModel{says: "Rain fell on Paris."}
	w := newWriter(m, fakeChecker{})
	for _, tt := range [][2]text.Language{{text.English, text.English}, {text.Other, text.English}, {text.Arabic, text.Other}, {text.Arabic, ""}} {
		if _, reason, err := w.Translate(t.Context(), "مطر.", tt[0], tt[1]); reason != ReasonUnfit || err != nil {
			t.Errorf("%v: %q, %v", tt, reason, err)
		}
	}
	if len(m.asked) > 0 {
		t.Error("the model was asked")
	}
}

func TestTranslateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWriter(&fakeModel{says: "هطلت", stall: true}, fakeChecker{})
		if got, reason, err := w.Translate(t.Context(), "Rain fell.", text.English, text.Arabic); got != "" || reason != ReasonTime || err != nil {
			t.Errorf("%q, %q, %v", got, reason, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			synctest.Wait()
			cancel()
		}()
		if _, _, err := w.Translate(ctx, "Rain fell.", text.English, text.Arabic); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func TestCache(t *testing.T) {
	var c cache
	key := func(i int) cacheKey { return keyOf("m", fmt.Sprint(i)) }
	for i := range maxCached {
		c.put(key(i), fmt.Sprint(i))
	}
	c.get(key(0))
	c.put(key(1), "1")
	c.put(key(maxCached), "new")
	for i, want := range map[int]bool{0: true, 1: true, 2: false, 3: true, maxCached: true} {
		if _, ok := c.get(key(i)); ok != want {
			t.Errorf("get(%d): %v", i, ok)
		}
	}
	if len(c.found) != maxCached || c.order.Len() != maxCached {
		t.Errorf("%d and %d remembered", len(c.found), c.order.Len())
	}
	if keyOf("a", "b") == keyOf("ab", "") {
		t.Error("keys run together")
	}
}
