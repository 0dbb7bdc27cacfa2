package figures

import (
	"testing"
	"time"

	"newsbot/corpus/text"
)

func TestSameEvent(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2024, 5, d, 0, 0, 0, 0, time.UTC) }
	type article struct {
		title     string
		published time.Time
		lead      string
	}
	crash := article{"Bus crash near Minya in Egypt", day(4), "A bus crashed near Minya in Egypt on Friday."}
	tests := []struct {
		name string
		a, b article
		want bool
	}{
		{"the same day", crash, article{"Egypt mourns after a bus crash", day(5), "Mourners gathered in Minya in Egypt after the crash of Friday."}, true},
		{"in Arabic", article{"Bus crash near Cairo in Egypt", day(4), "A bus crashed near Cairo on Friday."}, article{"تصادم حافلة قرب القاهرة", day(4), "اصطدمت حافلة بشاحنة قرب القاهرة يوم الجمعة في تصادم عنيف."}, true},
		{"another day", crash, article{"Bus crash near Minya in Egypt", day(14), "A bus crashed near Minya in Egypt on Monday."}, false},
		{"another place", crash, article{"Bus crash near Sohag in Egypt", day(4), "A bus crashed near Sohag in Egypt on Friday."}, false},
		{"another country", crash, article{"Bus crash in Peru", day(4), "A bus crashed in Peru on Friday."}, false},
		{"another kind", crash, article{"Fire near Minya in Egypt", day(4), "A fire broke out near Minya in Egypt on Friday."}, false},
		{"no day, next day", crash, article{"Bus crash near Minya in Egypt", day(5), "A bus crashed near Minya in Egypt."}, true},
		{"no day, a week later", crash, article{"Bus crash near Minya in Egypt", day(11), "A bus crashed near Minya in Egypt."}, false},
		{"undated", crash, article{"Bus crash near Minya in Egypt", time.Time{}, "A bus crashed near Minya in Egypt on Friday."}, false},
		{"undated, with the day", crash, article{"Bus crash near Minya in Egypt", time.Time{}, "A bus crashed near Minya in Egypt on 3 May 2024."}, true},
		{"a year later", crash, article{"A year after the bus crash near Minya in Egypt", day(4).AddDate(1, 0, 0), "On 3 May 2024 a bus crashed near Minya in Egypt."}, false},
		{"no names", article{"Bus crash", day(4), "A bus crashed on Friday."}, article{"Bus crash", day(4), "A bus crashed on Friday."}, false},
		{"empty", article{}, article{}, false},
	}
	rd := newReader(t)
	read := func(a article) *Report {
		return rd.Report(text.Detect(a.lead), a.title, a.published, []Line{{a.lead, rd.Analyzer.Terms(a.lead)}})
	}
	for _, tt := range tests {
		a, b := read(tt.a), read(tt.b)
		if got := a.SameEvent(b); got != tt.want || b.SameEvent(a) != tt.want {
			t.Errorf("%s: %v, the other way round %v, want %v", tt.name, got, b.SameEvent(a), tt.want)
		}
	}
}

func TestDaysIn(t *testing.T) {
	rd := newReader(t)
	published := time.Date(2025, 8, 16, 0, 0, 0, 0, time.UTC) // a Saturday
	tests := []struct {
		sentence string
		want     string
	}{
		{"It happened on Friday.", "2025-08-15"},
		{"It happened on Saturday.", "2025-08-16"},
		{"It happened yesterday.", "2025-08-15"},
		{"It happened on 3 May.", "2025-05-03"},
		{"It happened on December 30.", "2024-12-30"},
		{"It happened on 30 January 2020.", "2020-01-30"},
		{"They may march 12 times.", ""},
		{"وقع ذلك يوم الجمعة.", "2025-08-15"},
		{"وقع ذلك أمس.", "2025-08-15"},
		{"وقع ذلك في 15 آب 2025.", "2025-08-15"},
		{"وقع ذلك في 3 تشرين الثاني 2024.", "2024-11-03"},
		{"وقع ذلك في 31 كانون الأول 2024.", "2024-12-31"},
		{"قال أب لطفلين.", ""},
	}
	for _, tt := range tests {
		report := &Report{Published: published, Known: true}
		got := ""
		for _, d := range report.daysIn(&reading{s: tt.sentence, terms: rd.Analyzer.Terms(tt.sentence)}) {
			got += time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.sentence, got, tt.want)
		}
	}
}
