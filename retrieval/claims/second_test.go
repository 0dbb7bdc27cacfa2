package claims

import (
	"testing"

	"newsbot/corpus/text"
)

// TestSecond finds whom a sentence goes on to behind its first claim; "" when to nobody.
func TestSecond(t *testing.T) {
	tests := []struct {
		sentence string
		kind     Kind
		speaker  string
	}{
		{"Mansour said she had resigned for health reasons, while a local newspaper claimed that a dispute was behind it.", Alleges, "a local newspaper"},
		{"While the government insisted that the road was open, drivers denied it.", Denies, "drivers"},
		{"The mayor said the minister told him that the works were late.", "", ""},
		{"The mayor said the works were late and denied that money was missing.", "", ""},
		{"The mayor said: \"The works are late, but the minister denied it.\"", "", ""},
		{"The quay is 300 metres long.", "", ""},
		{"وقالت منصور إنها استقالت لأسباب صحية، بينما زعمت صحيفة محلية أن خلافًا وراء القرار.", Alleges, "صحيفة محلية"},
		{"وبينما قال المزارعون إن المياه شحيحة، أكدت الوزارة أن الخزانات ممتلئة.", Says, "الوزارة"},
		{"وأعلن الجيش استعادة المدينة، ونفى المتمردون ذلك.", Denies, "المتمردون"},
		{"وقال العمدة إن الوزير أكد له أن الأعمال تأخرت.", "", ""},
		{"وقال العمدة إن الأعمال تأخرت، ونفى ضياع المال.", "", ""},
		{"ويبلغ طول الرصيف 300 متر.", "", ""},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		c, ok := Second(tt.sentence, a.Terms(tt.sentence))
		if got := tt.sentence[c.Speaker.Start:c.Speaker.End]; ok != (tt.kind != "") || c.Kind != tt.kind || got != tt.speaker {
			t.Errorf("%s: %q by %q, want %q by %q", tt.sentence, c.Kind, got, tt.kind, tt.speaker)
		}
	}
}
