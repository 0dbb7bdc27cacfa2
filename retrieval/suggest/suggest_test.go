package suggest

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

var maker = sync.OnceValue(func() Maker {
	a := text.NewAnalyzer()
	l, err := lexicon.Default(a)
	if err != nil {
		panic(err)
	}
	return Maker{Analyzer: a, Lexicon: func() *lexicon.Lexicon { return l }}
})

// article is one of sentences; those that begin with "*" are shown.
func article(id, title string, quoted bool, sentences ...string) Article {
	a := Article{ID: id, Title: title, Language: text.Detect(title), Quoted: quoted}
	for _, s := range sentences {
		shown := strings.HasPrefix(s, "*")
		a.Sentences = append(a.Sentences, Sentence{strings.TrimPrefix(s, "*"), shown})
	}
	return a
}

func texts(questions []Question) (all []string) {
	for _, q := range questions {
		all = append(all, q.Text)
	}
	return all
}

var (
	alaska = article("a", "Trump and Putin leave Alaska summit without an agreement on Ukraine", true,
		"*The talks ended without an agreement.",
		"The summit took place at Joint Base Elmendorf-Richardson in Anchorage.",
		"Ukrainian President Volodymyr Zelensky said he would travel to Washington.")
	kyiv = article("b", "Trump meets Zelensky in Washington", false, "Volodymyr Zelensky met Donald Trump in Washington.")
)

func TestQuestions(t *testing.T) {
	tests := []struct {
		name string
		m    Material
		want []string
	}{
		{"event", Material{Question: "Did Trump and Putin reach an agreement?", Language: text.English, Articles: []Article{alaska, kyiv}}, []string{
			"Where did the Alaska summit take place?",
			"What did Ukrainian President Volodymyr Zelensky say about the Alaska summit?",
			"What is the latest on Trump?",
			"Timeline of the Alaska summit",
			"What are the main points of “Trump and Putin leave Alaska summit without an agreement on Ukraine”?",
			"What is reported about “Trump meets Zelensky in Washington”?",
		}},
		{"turned", Material{Question: "When did Finland join NATO?", Language: text.English, Articles: []Article{
			article("a", "Finland becomes the 31st member of NATO", true, "*Finland joined NATO on 4 April 2023.",
				"Finland joined the alliance because of the war in Ukraine."),
		}}, []string{
			"Why did Finland join NATO?",
			"Where did Finland join NATO?",
			"What are the main points of “Finland becomes the 31st member of NATO”?",
		}},
		{"deed and number", Material{Question: "Who won the World Cup?", Language: text.English, Articles: []Article{
			article("a", "Argentina win the World Cup", true, "*Argentina won.", "Szymon Marciniak refereed the final at Lusail Stadium.",
				"More than 88,000 spectators watched the final in Lusail."),
		}}, []string{
			"How many spectators watched the final in Lusail?",
			"What is reported about Lusail Stadium?",
			"What are the main points of “Argentina win the World Cup”?",
		}},
		{"Arabic event", Material{Question: "هل توصل ترامب وبوتين إلى اتفاق؟", Language: text.Arabic, Articles: []Article{
			article("a", "قمة ألاسكا بين ترامب وبوتين تنتهي من دون اتفاق", true, "*انتهت المحادثات من دون اتفاق.",
				"وعُقدت القمة في قاعدة إلمندورف ريتشاردسون المشتركة بمدينة أنكوراج.",
				"وقال الرئيس الأوكراني فولوديمير زيلينسكي إنه سيزور واشنطن."),
		}}, []string{
			"أين عُقدت قمة ألاسكا؟",
			"ماذا قال الرئيس الأوكراني فولوديمير زيلينسكي عن قمة ألاسكا؟",
			"من حضر قمة ألاسكا؟",
			"التسلسل الزمني لقمة ألاسكا",
			"ما أبرز ما جاء في «قمة ألاسكا بين ترامب وبوتين تنتهي من دون اتفاق»؟",
		}},
		{"about what", Material{Question: "When did Finland join NATO?", Language: text.English, Articles: []Article{
			article("a", "Finland becomes the 31st member of NATO", true, "*Finland joined NATO on 4 April 2023.",
				"Kremlin spokesman Dmitry Peskov said Moscow would take measures.", "The flag was raised before President Sauli Niinistö."),
		}}, []string{
			"What did Kremlin spokesman Dmitry Peskov say about Finland?",
			"What is reported about Sauli Niinistö?",
			"What are the main points of “Finland becomes the 31st member of NATO”?",
		}},
		{"not about who was asked for", Material{Question: "What did Guterres say?", Language: text.English, Articles: []Article{
			article("a", "BRICS leaders invite six countries", true, "*António Guterres attended the last day.",
				"South African President Cyril Ramaphosa said he was glad."),
		}}, []string{
			"What did South African President Cyril Ramaphosa say?",
			"What are the main points of “BRICS leaders invite six countries”?",
		}},
		{"a deal between countries", Material{Question: "ما بنود الاتفاق السعودي الإيراني؟", Language: text.Arabic, Articles: []Article{
			article("a", "السعودية وإيران تتفقان في بكين", true, "*اتفقت السعودية وإيران.", "وقال البيت الأبيض إن واشنطن كانت على اطلاع على الاتفاق."),
		}}, []string{
			"أين أُبرم الاتفاق السعودي الإيراني؟",
			"ماذا قال البيت الأبيض عن الاتفاق السعودي الإيراني؟",
			"التسلسل الزمني للاتفاق السعودي الإيراني",
			"ما أبرز ما جاء في «السعودية وإيران تتفقان في بكين»؟",
		}},
		{"passing names of another language", Material{Question: "How many died in Derna?", Language: text.English, Articles: []Article{
			article("a", "السيول تجرف أحياء كاملة في درنة", true, "*انهار سدان في درنة.", "وتتنازع السلطة حكومة الوحدة الوطنية وحكومة في الشرق.",
				"ووصلت مساعدات من الولايات المتحدة.", "وقال مسؤول الهلال الأحمر تامر رمضان إن عدد المفقودين كبير."),
		}}, []string{"What is reported about the Government of National Unity?", "What is reported about the Red Crescent?"}},
		{"nothing", Material{Question: "How is soup made?", Language: text.English, Articles: []Article{alaska}, Nearest: true}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(maker().Questions(tt.m))); diff != "" {
				t.Errorf("questions -want +got:\n%s", diff)
			}
		})
	}
}

// What was asked before is not suggested, in these words or nearly so.
func TestQuestionsAreNew(t *testing.T) {
	m := Material{Question: "Did Trump and Putin reach an agreement?", Language: text.English, Articles: []Article{alaska}}
	for _, asked := range texts(maker().Questions(m)) {
		for _, again := range []string{asked, strings.ToUpper(asked), "So " + asked} {
			m.Asked = []string{again}
			if slices.Contains(texts(maker().Questions(m)), asked) {
				t.Errorf("%q is suggested after %q", asked, again)
			}
		}
	}
	m.Asked = []string{"Where was the Alaska summit held?"}
	if got := texts(maker().Questions(m)); slices.Contains(got, "Where did the Alaska summit take place?") {
		t.Errorf("asked in other words: %q", got)
	}
}

func TestFits(t *testing.T) {
	find := func(start string) Question {
		for _, q := range maker().Questions(Material{Question: "Did Trump agree?", Language: text.English, Articles: []Article{alaska, kyiv}}) {
			if strings.HasPrefix(q.Text, start) {
				return q
			}
		}
		t.Fatalf("no question begins with %q", start)
		return Question{}
	}
	where, said := alaska.Sentences[1].Text, alaska.Sentences[2].Text
	tests := []struct {
		start string
		a     Answered
		want  bool
	}{
		{"Where", Answered{"a", "", where, true, 1}, true},
		{"Where", Answered{"a", "", where, false, 1}, false},
		{"Where", Answered{"c", "", where, true, 1}, false},
		{"Where", Answered{"a", "", "They left.", true, 1}, false},
		{"What did", Answered{"a", "", said, true, 1}, true},
		{"What did", Answered{"a", "", "Volodymyr Zelensky was born in 1978.", true, 1}, false},
		{"What did", Answered{"a", "", "The mayor said no.", true, 1}, false},
		{"What is the latest", Answered{"z", "Trump visits London", "He arrived.", true, 1}, true},
		{"What is the latest", Answered{"z", "Storm in Greece", "Trump spoke.", true, 1}, false},
		{"Timeline", Answered{"z", "", "", false, 2}, true},
		{"Timeline", Answered{"z", "", "", false, 1}, false},
		{"What is reported about “", Answered{"b", "", "", true, 1}, true},
		{"What is reported about “", Answered{"a", "", "", true, 1}, false},
	}
	for _, tt := range tests {
		if got := maker().Fits(find(tt.start), tt.a); got != tt.want {
			t.Errorf("Fits(%q, %+v) = %v", tt.start, tt.a, got)
		}
	}
}

// Whatever articles hold, questions can be shown, and are of bounded length.
func FuzzQuestions(f *testing.F) {
	f.Add(alaska.Title, alaska.Sentences[1].Text, alaska.Sentences[2].Text, "Did they agree?", true)
	f.Add("قمة ألاسكا بين ترامب وبوتين", "وعُقدت القمة في أنكوراج.", "وقال ترامب إنه راض.", "متى انضمت فنلندا إلى الناتو؟", false)
	f.Add("The Alaska summit\u202e\x00", "Twelve people were injured in Paris", "Paris was built in 1900", "When did", true)
	f.Add("", "", "", "", false)
	f.Fuzz(func(t *testing.T, title, shown, hidden, question string, english bool) {
		m := Material{Question: question, Language: text.Arabic, Articles: []Article{article("a", title, true, "*"+shown, hidden, shown), kyiv}}
		if english {
			m.Language = text.English
		}
		seen := map[string]bool{}
		for _, q := range maker().Questions(m) {
			if !utf8.ValidString(q.Text) || utf8.RuneCountInString(q.Text) > longest || !presentable(q.Text) || seen[q.Text] {
				t.Errorf("the question is %q", q.Text)
			}
			seen[q.Text] = true
			maker().Fits(q, Answered{Article: "a", Title: title, Quote: hidden, First: true, New: 1})
		}
	})
}
