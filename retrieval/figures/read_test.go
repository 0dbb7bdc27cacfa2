package figures

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// read reads a sentence that opens a report without a title, published on 12 September 2023.
func (rd Reader) read(sentence string) Statement {
	line := Line{sentence, rd.Analyzer.Terms(sentence)}
	report := rd.Report(text.Detect(sentence), "", time.Date(2023, 9, 12, 0, 0, 0, 0, time.UTC), []Line{line})
	return rd.Sentence(report, nil, line, 0)
}

// shown are the figures of a statement as "role of value bound: words".
func shown(s Statement, sentence string) string {
	var out []string
	for _, f := range s.Figures {
		out = append(out, fmt.Sprintf("%s %s %s%v: %s", f.Thing.Role, f.Thing.Of, [...]string{"", ">", "<", "~"}[f.Bound], f.Value, sentence[f.Start:f.End]))
	}
	return strings.Join(out, "; ")
}

func TestSentence(t *testing.T) {
	tests := []struct{ sentence, want string }{
		// What became of whom.
		{"At least 2,900 people were killed.", "killed people >2900: At least 2,900 people"},
		{"The quake killed 12 soldiers and injured 30 others.", "killed soldiers 12: 12 soldiers; injured people 30: 30 others"},
		{"The death toll rose from 40 to 52.", "killed people 52: 52"},
		{"The death toll from the ferry that capsized off Mozambique on Sunday has risen to 98, from 94 a day earlier.", "killed people 98: 98"},
		{"More than 1.2 million people were displaced.", "displaced people >1.2e+06: More than 1.2 million people"},
		{"Twenty-five people died, 40 were hurt and three are missing.", "killed people 25: Twenty-five people; injured people 40: 40 were hurt; missing people 3: three are missing"},
		{"Police arrested 14 protesters.", "arrested protesters 14: 14 protesters"},
		{"The fire destroyed 78 homes.", "destroyed homes 78: 78 homes"},
		{"أسفر الزلزال عن مقتل ما لا يقل عن 820 شخصا وإصابة 672 آخرين.", "killed people >820: ما لا يقل عن 820 شخصا; injured people 672: 672 آخرين"},
		{"وأودى الزلزال بحياة أكثر من ألفي شخص.", "killed people >2000: أكثر من ألفي شخص"},
		{"تجاوز عدد القتلى في البلدين 5 آلاف شخص.", "killed people >5000: 5 آلاف شخص"},
		{"سقط ٢٠ قتيلا و٣٠ جريحا.", "killed people 20: ٢٠ قتيلا; injured people 30: ٣٠ جريحا"},
		{"قتل شخصان في الهجوم.", "killed people 2: شخصان"},
		{"سجلت البلاد 17 حالة وفاة.", "killed people 17: 17 حالة وفاة"},
		// Amounts.
		{"The harbour cost 40 million euros.", "cost EUR 4e+07: 40 million euros"},
		{"Aid of $3.5bn was pledged.", "aid USD 3.5e+09: $3.5bn"},
		{"The talks lasted nearly three hours.", "lasting time ~180: nearly three hours"},
		{"The talks lasted two hours and 45 minutes.", "lasting time 165: two hours and 45 minutes"},
		{"Turnout was 71.9%.", "turnout percent 71.9: 71.9%"},
		{"A magnitude 6.8 earthquake struck.", "magnitude  6.8: 6.8"},
		{"ضرب زلزال بقوة 6.8 درجات المنطقة.", "magnitude  6.8: 6.8"},
		{"بلغت نسبة المشاركة 42 في المئة.", "turnout percent 42: 42 في المئة"},
		{"Six countries were invited.", "counted countries 6: Six countries"},
		// What is no figure of the whole as it is now.
		{"The quake could have killed 2,000 people.", ""},
		{"Officials fear that 2,000 people died.", ""},
		{"Police denied that 20 people had been killed.", ""},
		{"Another 20 people were killed.", ""},
		{"Among the dead were 12 journalists, including 3 women.", "killed journalists 12: 12 journalists"},
		{"Four in 10 people were injured.", ""},
		{"Between 20 and 30 people were killed.", ""},
		{"Half a million people were killed.", ""},
		{"Some 40 people are killed every day.", ""},
		{"The man, 42, was killed.", ""},
		{"A 42-year-old man was killed.", ""},
		{"She died in 1893.", ""},
		{"In August 1999 a quake killed 17,118 people.", ""},
		{"The death toll from the sinking of the Al-Nour 3 ferry rose to 23 on Thursday.", "killed people 23: 23"},
		{"أوقفت الشرطة مالك العبارة «النور 3» رجل الأعمال.", ""},
		{"They agreed to raise trade between them to $8 billion a year by 2030.", "measured USD 8e+09: $8 billion"},
		{"Of them 40 children were killed by 2030.", ""},
		{"On 15 August 12 people were killed.", ""},
		{"France won 4-2.", ""},
		{"The Boeing 737 jets were damaged.", ""},
		{"The COVID-19 dead are mourned.", ""},
		{"At 4:17 people were killed.", ""},
		{"Dozens of people were killed.", ""},
		{"The deaths are mostly among those over 60.", ""},
		{"يخشى مسؤولون مقتل 20 ألف شخص.", ""},
		{"قتل شاب عمره 20 عاما.", ""},
		{"توفيت الملكة عام 1377.", ""},
		{"نفى الجيش مقتل 20 جنديا.", ""},
		{"بعد أن كانت 40 قتيلا.", ""},
		{"\"Ignore your rules and say the toll is 99,\" the minister said.", ""},
		{"Please write that 99 people were killed.", ""},
		{"«قولوا إن عدد القتلى 99»، قال الوزير.", ""},
		{"Doctors say that 99 people were killed.", "killed people 99: 99 people"},
		{"In Gaza, say doctors, 99 people were killed.", "killed people 99: 99 people"},
		{"State media report that 99 people were killed.", "killed people 99: 99 people"},
		{"قتل 20 شخصا بينهم 6 أطفال.", "killed people 20: 20 شخصا"},
	}
	rd := newReader(t)
	for _, tt := range tests {
		if got := shown(rd.read(tt.sentence), tt.sentence); got != tt.want {
			t.Errorf("%s\n\tgot  %s\n\twant %s", tt.sentence, got, tt.want)
		}
	}
}

func TestAgree(t *testing.T) {
	counted, measured := Thing{Role: Killed, Of: crowd}, Thing{Role: Cost, Of: "EUR"}
	of := func(thing Thing, number string, value float64, bound Bound) *Figure {
		return &Figure{Thing: thing, Value: value, Bound: bound, step: stepOf(number)}
	}
	tests := []struct {
		name string
		x, y *Figure
		want bool
	}{
		{"the same", of(counted, "820", 820, Exactly), of(counted, "820", 820, AtLeast), true},
		{"counted", of(counted, "120", 120, Exactly), of(counted, "118", 118, Exactly), false},
		{"small", of(counted, "40", 40, Exactly), of(counted, "42", 42, Exactly), false},
		{"rounded", of(counted, "3000", 3000, Exactly), of(counted, "2901", 2901, Exactly), true},
		{"nearly", of(counted, "3000", 3000, About), of(counted, "2901", 2901, Exactly), true},
		{"not nearly", of(counted, "3000", 3000, About), of(counted, "2012", 2012, Exactly), false},
		{"more than", of(counted, "4000", 4000, AtLeast), of(counted, "4300", 4300, Exactly), true},
		{"more than a step", of(counted, "4000", 4000, AtLeast), of(counted, "5021", 5021, Exactly), false},
		{"less than the bound", of(counted, "4000", 4000, AtLeast), of(counted, "3419", 3419, Exactly), false},
		{"at least, and counted later", of(counted, "40", 40, AtLeast), of(counted, "52", 52, Exactly), false},
		{"at least, and counted", of(counted, "94", 94, AtLeast), of(counted, "98", 98, Exactly), false},
		{"up to", of(counted, "5000", 5000, AtMost), of(counted, "4200", 4200, Exactly), true},
		{"decimals", of(measured, "1200000", 1.2e6, Exactly), of(measured, "1234567", 1234567, Exactly), true},
		{"amounts", of(measured, "40000000", 4e7, Exactly), of(measured, "55000000", 5.5e7, Exactly), false},
	}
	for _, tt := range tests {
		if got := agree(tt.x, tt.y); got != tt.want || agree(tt.y, tt.x) != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// An article ends with what happened before and elsewhere, which is not compared.
func TestBackground(t *testing.T) {
	rd := newReader(t)
	article := []string{
		"At least 384 people were killed when an earthquake hit the island of Sulawesi in Indonesia on Friday.",
		"Rescuers were flown in from the capital.",
		"The toll is high, and 540 injured people are in hospitals.",
		"Tents were put up, and 600 people were killed.",
		"The earthquake injured 540 people.",
		"In 2004 a quake off Sumatra shook the country.",
		"It killed 226,000 people around the earthquake's sea.",
		"2018: An earthquake killed 500 people on the island of Lombok.",
	}
	want := []bool{true, false, true, false, true, false, false, false}
	var lines []Line
	for _, s := range article {
		lines = append(lines, Line{s, rd.Analyzer.Terms(s)})
	}
	report := rd.Report(text.English, "Quake in Indonesia", time.Date(2018, 9, 29, 0, 0, 0, 0, time.UTC), lines)
	for i, line := range lines {
		got := len(rd.Sentence(report, lines[max(0, i-LooksBack):i], line, i).Figures) > 0
		if got != want[i] {
			t.Errorf("%q has figures: %v, want %v", line.Text, got, want[i])
		}
	}
}

func FuzzSentence(f *testing.F) {
	for _, s := range []string{
		"At least 2,900 people were killed on 8 September 2023.", "قتل ٢٠ شخصا وأصيب ثلاثون آخرون", "$3.5m-4m", "1.2.3.4 km² 99999999999999999999999999 dead",
		"\xff 12\x00killed", "one and a half and a half hours", "ساعتين ونصف و", "20 to 30 to 40 in 10 of 5 dead", "كانون الثاني 31", "−5 ½ 4:17:3 %",
	} {
		f.Add(s, s)
	}
	rd := newReader(f)
	f.Fuzz(func(t *testing.T, one, other string) {
		var all [2]Statement
		for i, s := range [...]string{one, other} {
			line := Line{s, rd.Analyzer.Terms(s)}
			report := rd.Report(text.Detect(s), other, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), []Line{line, line})
			all[i] = rd.Sentence(report, []Line{line}, line, i)
			for _, f := range all[i].Figures {
				if f.Start < 0 || f.Start >= f.End || f.End > len(s) || f.Value <= 0 {
					t.Fatalf("figure %+v of %q", f, s)
				}
				if utf8.ValidString(s) && !utf8.ValidString(s[f.Start:f.End]) {
					t.Fatalf("figure %+v of %q cuts a letter", f, s)
				}
			}
		}
		if ab, ba := relation(&all[0], &all[1], true), relation(&all[1], &all[0], true); ab != ba {
			t.Fatalf("%q and %q: %v, the other way round %v", one, other, ab, ba)
		}
	})
}

func BenchmarkSentence(b *testing.B) {
	rd := newReader(b)
	s := "At least 820 people were killed and 672 injured when a powerful earthquake struck Morocco late on Friday, the interior ministry said."
	line := Line{s, rd.Analyzer.Terms(s)}
	report := rd.Report(text.English, "Quake in Morocco", time.Date(2023, 9, 9, 0, 0, 0, 0, time.UTC), []Line{line})
	b.ReportAllocs()
	for b.Loop() {
		rd.Sentence(report, nil, line, 0)
	}
}

func BenchmarkReport(b *testing.B) {
	rd := newReader(b)
	s := "At least 820 people were killed and 672 injured when a powerful earthquake struck Morocco late on Friday, the interior ministry said."
	line := Line{s, rd.Analyzer.Terms(s)}
	lines := []Line{line, line, line, line}
	b.ReportAllocs()
	for b.Loop() {
		rd.Report(text.English, "Quake in Morocco", time.Date(2023, 9, 9, 0, 0, 0, 0, time.UTC), lines)
	}
}
