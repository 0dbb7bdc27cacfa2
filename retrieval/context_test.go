package retrieval

import (
	"testing"

	"newsbot/corpus/text"
)

func TestNeedsName(t *testing.T) {
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
		if got := needsName(tt.sentence, a.Terms(tt.sentence)); got != tt.want {
			t.Errorf("needsName(%q) = %v, want %v", tt.sentence, got, tt.want)
		}
	}
}

func TestAntecedent(t *testing.T) {
	needs := []bool{false, true, true, false, true}
	for i, want := range []int{0, 0, 0, 3, 3} {
		if got := antecedent(at(needs), i); got != want {
			t.Errorf("antecedent(%d) = %d, want %d", i, got, want)
		}
	}
	if got := antecedent(at([]bool{true, true}), 1); got != 1 {
		t.Errorf("antecedent without a name = %d, want the sentence itself", got)
	}
	far := make([]bool, 20)
	for i := 1; i < len(far); i++ {
		far[i] = true
	}
	if got := antecedent(at(far), 19); got != 19 {
		t.Errorf("antecedent too far back = %d, want the sentence itself", got)
	}
}

func at(needs []bool) func(int) bool { return func(i int) bool { return needs[i] } }
