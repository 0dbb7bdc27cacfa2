package check

import (
	"slices"
	"testing"

	"newsbot/corpus/text"
)

// reading reads a text without encoders.
func readingOf(t testing.TB, s string) *reading {
	t.Helper()
	return figuresChecker(t).analyse(read{text: s, lang: text.Detect(s)})
}

func (r *reading) all() stretch { return stretch{first: 0, end: len(r.words)} }

func TestClauses(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"Prices fell in May.", []string{"Prices fell in May"}},
		{"The ferry sank in bad weather, but the passengers were rescued by fishermen.", []string{"The ferry sank in bad weather", "but the passengers were rescued by fishermen"}},
		{"The minister resigned in March and left the country.", []string{"The minister resigned in March", "and left the country"}},
		{"The leaders met in Cairo without reaching a written agreement.", []string{"The leaders met in Cairo", "without reaching a written agreement"}},
		{"وصل الوفد إلى بيروت لكن المحادثات لم تبدأ بعد أيام.", []string{"وصل الوفد إلى بيروت", "لكن المحادثات لم تبدأ بعد أيام"}},
		{"زار وفد من واشنطن العاصمة يوم الأحد.", []string{"زار وفد من واشنطن العاصمة يوم الأحد"}},
	}
	for _, tt := range tests {
		r := readingOf(t, tt.text)
		var got []string
		for _, k := range r.clauses {
			got = append(got, r.written(k))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("clauses of %q = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// What denies what, in both languages and across.
func TestContrary(t *testing.T) {
	tests := []struct {
		a, b     string
		contrary bool
	}{
		{"Zelensky was invited", "Zelensky was not invited", true},
		{"Zelensky was not invited", "Zelensky wasn't invited", false},
		{"the port is open", "the port never closed", false},
		{"the port is open", "the port is closed", true},
		{"shares rose sharply", "shares fell sharply", true},
		{"shares did not rise", "shares fell", false},
		{"they failed to agree", "they agreed", true},
		{"they failed to agree", "they did not agree", false},
		{"the parliament rejected the plan", "the parliament approved the plan", true},
		{"the parliament rejected the plan", "the parliament did not approve the plan", false},
		{"his stance is unchanged", "his stance did not change", false},
		{"the ship left no later than noon", "the ship left by noon", false},
		{"Sweden stayed out", "Sweden remained outside", false},
		{"with little machinery", "without machinery", false},
		{"a few people stayed", "people stayed", false},
		{"neither mayor nor council knew", "the mayor did not know", false},
		{"لم يُدعَ الرئيس", "دُعي الرئيس", true},
		{"لم يُدعَ الرئيس", "the president was invited", true},
		{"لم يُدعَ الرئيس", "the president was not invited", false},
		{"ارتفعت الأسعار", "وتراجعت الأسعار", true},
		{"ارتفعت الأسعار", "prices fell", true},
		{"انخفضت الأسعار", "prices fell", false},
		{"رحب الوزير بالقرار", "انتقد الوزير القرار", true},
		{"رفض الوزير القرار", "وافق الوزير على القرار", true},
		{"لا تزال الحدود مفتوحة", "الحدود مفتوحة", false},
		{"غير أن الحدود مفتوحة", "الحدود مفتوحة", false},
		{"فاز الفريق", "بعد خسارته", true},
		{"رفض الطلبات غير اللائقة", "refuse improper requests", false},
		{"the largest failure of a bank", "the largest bank that failed", false},
		{"وغاب الرئيس عن القمة", "الرئيس في القمة", true},
		{"the vote was against the plan", "the vote was in favour of the plan", true},
		{"الرحلات الجوية انقطعت", "flights resumed", true},
		{"مدة لا تتجاوز شهرين", "مدة أقصاها شهران", false},
	}
	for _, tt := range tests {
		a, b := readingOf(t, tt.a), readingOf(t, tt.b)
		if got := a.polarity(a.all()).contrary(b.polarity(b.all())); got != tt.contrary {
			t.Errorf("contrary(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.contrary)
		}
		if got := b.polarity(b.all()).contrary(a.polarity(a.all())); got != tt.contrary {
			t.Errorf("contrary(%q, %q) = %v, want %v", tt.b, tt.a, got, tt.contrary)
		}
	}
}

// What stands behind words of denial, and behind those of what is planned or possible.
func TestScopes(t *testing.T) {
	tests := []struct {
		text           string
		denied, unreal []string
	}{
		{"They left without taking any questions.", []string{"taking any questions"}, nil},
		{"No later than noon they left.", nil, nil},
		{"The bank hopes to raise two billion dollars.", nil, []string{"to raise two billion dollars"}},
		{"Her first act was to sign the treaty.", nil, nil},
		{"He had been due to speak outside.", nil, []string{"speak outside"}},
		{"ولم يُحدد بعد الموعد الجديد.", []string{"يُحدد بعد الموعد الجديد"}, nil},
		{"وأعلن الوزير أن يجتمع المجلس غدًا.", nil, []string{"يجتمع المجلس غدًا"}},
		{"استطاع أن يعبر النهر.", nil, nil},
		{"من المقرر اجتماع الوزيرين في الرياض.", nil, []string{"اجتماع الوزيرين في الرياض"}},
	}
	for _, tt := range tests {
		r := readingOf(t, tt.text)
		for _, x := range []struct {
			of   string
			find func(stretch) []stretch
			want []string
		}{{"denials", r.denials, tt.denied}, {"unreal", r.unreal, tt.unreal}} {
			var got []string
			for _, k := range r.clauses {
				for _, d := range x.find(k) {
					got = append(got, r.written(d))
				}
			}
			if !slices.Equal(got, x.want) {
				t.Errorf("%s of %q = %q, want %q", x.of, tt.text, got, x.want)
			}
		}
	}
}

func TestSameVerb(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"حدد", "يحدد", true}, {"حضرت", "سيحضر", true}, {"وحضروا", "تحضر", true}, {"أعلن", "تعلن", true},
		{"حضر", "يحدد", false}, {"met", "يحدد", false},
	}
	for _, tt := range tests {
		if got := sameVerb(text.Normalize(tt.a), text.Normalize(tt.b)); got != tt.same {
			t.Errorf("sameVerb(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func TestTense(t *testing.T) {
	tests := []struct {
		text                             string
		done, notDone, unlike, tentative bool
	}{
		{text: "The ministers have met.", done: true},
		{text: "The ministers plan a visit."},
		{text: "The council said it may meet.", tentative: true},
		{text: "The council could meet in July.", tentative: true},
		{text: "The council met in May.", done: true},
		{text: "He did not speak outside.", done: true, notDone: true},
		{text: "He will not speak outside.", tentative: true},
		{text: "No bank as large had failed since.", done: true, unlike: true},
		{text: "حضر الرئيس القمة.", done: true},
		{text: "يحضر الرئيس القمة."},
		{text: "سيحضر الرئيس القمة.", tentative: true},
		{text: "لم يحضر الرئيس القمة.", notDone: true},
	}
	for _, tt := range tests {
		r := readingOf(t, tt.text)
		k := r.sentences[0]
		if r.done(k) != tt.done || r.notDone(k) != tt.notDone || r.unlike(k) != tt.unlike || r.tentative(0) != tt.tentative {
			t.Errorf("%q: done %v, not done %v, unlike %v, tentative %v", tt.text, r.done(k), r.notDone(k), r.unlike(k), r.tentative(0))
		}
	}
}
