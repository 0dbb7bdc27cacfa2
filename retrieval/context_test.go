package retrieval

import (
	"slices"
	"testing"

	"newsbot/corpus/text"
)

func TestNeedOf(t *testing.T) {
	tests := []struct {
		sentence string
		want     bool
	}{
		{"He added that the talks would go on.", true},
		{"She was born in Lyon.", true},
		{"But he said nothing about the price.", true},
		{"It killed more than 50,000 people.", true},
		{"The president said he would return.", true},
		{"The minister, who spoke in Doha, declined.", true},
		{"Their goal is to land in May.", true},
		{"The president of Kenya arrived on Monday.", false},
		{"The minister Marina Silva signed the text.", false},
		{"Putin said Arctic cooperation was possible.", false},
		{"The summit ended without a deal.", false},
		{"", false},
		{"وأضاف أن المحادثات ستستمر.", true},
		{"وقال إن الاجتماع كان مثمرًا.", true},
		{"وأوضحت أن السعر سيرتفع.", true},
		{"وأعرب عن أمله في التوصل إلى حل.", true},
		{"وأشار إلى أن الفريق وصل.", true},
		{"وقال الرئيس إن الاتفاق قريب.", true},
		{"وهو أول لقاء بينهما.", true},
		{"هي أكبر مدينة في الولاية.", true},
		{"وقال بوتين إن المفاوضات جرت في أجواء بناءة.", false},
		{"من جانبه، قال بوتين إنه يوافق.", false},
		{"وقال الرئيس الفرنسي إيمانويل ماكرون إن القمة ناجحة.", false},
		{"وأعلن ترامب عن نيته الاتصال بزيلينسكي.", false},
		{"واستغرق الاجتماع ثلاث ساعات.", false},
		{"انتهت القمة من دون اتفاق.", false},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		if got := needOf(tt.sentence, a.Terms(tt.sentence)); (got != nothing) != tt.want {
			t.Errorf("needOf(%q) = %v, want something left open: %v", tt.sentence, got, tt.want)
		}
	}
}

func TestNamesSomebody(t *testing.T) {
	tests := []struct {
		sentence string
		want     bool
	}{
		{"Putin said the war must end.", true},
		{"Rachel Reeves presented the budget on Wednesday.", true},
		{"Kenyan President William Ruto signed the text.", true},
		{"The summit lasted three hours.", false},
		{"Shares of banks fell.", false},
		{"The price rose to 90 dollars in London.", false},
		{"وقال بوتين إن الحرب يجب أن تنتهي.", true},
		{"وحث بوتين على معالجة الأسباب.", true},
		{"استقبل الرئيس المصري عبد الفتاح السيسي ضيفه.", true},
		{"واستمر الاجتماع ثلاث ساعات.", false},
		{"وأضاف أن الاجتماع انتهى.", false},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		if got := namesSomebody(tt.sentence, a.Terms(tt.sentence)); got != tt.want {
			t.Errorf("namesSomebody(%q) = %v, want %v", tt.sentence, got, tt.want)
		}
	}
}

func TestAntecedent(t *testing.T) {
	at := func(needs ...need) func(int) need { return func(i int) need { return needs[i] } }
	names := func(which ...int) func(int) bool { return func(i int) bool { return slices.Contains(which, i) } }
	far := make([]need, 20)
	for i := 1; i < len(far); i++ {
		far[i] = somebody
	}
	tests := []struct {
		name  string
		i     int
		needs func(int) need
		names func(int) bool
		want  int
	}{
		{"nothing open", 1, at(nothing, nothing), names(0), 1},
		{"the nearest that names", 3, at(nothing, nothing, nothing, somebody), names(0, 1), 1},
		{"past one that names nobody", 2, at(nothing, nothing, somebody), names(0), 0},
		{"past others that leave it open", 3, at(nothing, somebody, somebody, somebody), names(0), 0},
		{"a thing is in the sentence before", 2, at(nothing, nothing, something), names(0), 1},
		{"none names: the nearest complete", 2, at(nothing, nothing, somebody), names(), 1},
		{"none at all", 1, at(somebody, somebody), names(), 1},
		{"too far back", 19, at(far...), names(0), 19},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := antecedent(tt.i, tt.needs, tt.names); got != tt.want {
				t.Errorf("antecedent(%d) = %d, want %d", tt.i, got, tt.want)
			}
		})
	}
}
