package check

import (
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A ruling is a claim about a source, with what is wrong with it.
type ruling struct {
	source, claim string
	want          Kind
}

// rule runs rulings about sources that were published on 12 March 2024, a Tuesday.
func rule(t *testing.T, all []ruling) {
	t.Helper()
	c := figuresChecker(t)
	for _, r := range all {
		s := Source{N: 1, Text: r.source, Outlet: "The Daily", Published: corpus.Day(2024, time.March, 12), Language: text.Detect(r.source)}
		if got := c.figureFault(t, Claim{r.claim, text.Detect(r.claim), []Source{s}}); got.Kind != r.want {
			t.Errorf("%q by %q: got %q %q, want %q", r.claim, r.source, got.Kind, got.What, r.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	rule(t, []ruling{
		// the value, in digits and words of both languages
		{"Rescuers found 23 people alive.", "Twenty-three people were found alive.", Fine},
		{"Rescuers found 23 people alive.", "عُثر على ثلاثة وعشرين شخصًا أحياء.", Fine},
		{"Rescuers found 23 people alive.", "عُثر على ٢٣ شخصًا أحياء.", Fine},
		{"Rescuers found 23 people alive.", "عُثر على ثلاثة وثلاثين شخصًا أحياء.", Number},
		{"Rescuers found 23 people alive.", "Rescuers found 32 people alive.", Number},
		{"The plan costs 1.5 million dollars.", "The plan costs $1,500,000.", Fine},
		{"The plan costs 1.5 million dollars.", "تبلغ كلفة الخطة مليونًا ونصف المليون دولار.", Fine},
		{"The plan costs 1.5 million dollars.", "The plan costs one and a half million dollars.", Fine},
		{"The plan costs 1.5 million dollars.", "The plan costs 1.5 billion dollars.", Number},
		{"بلغت الكلفة نصف مليون دولار.", "It cost half a million dollars.", Fine},
		{"بلغت الكلفة نصف مليون دولار.", "It cost 500,000 dollars.", Fine},
		{"A dozen houses burned.", "احترق 12 منزلًا.", Fine},
		{"A dozen houses burned.", "احترق 20 منزلًا.", Number},
		{"انهار سدان قرب المدينة.", "Two dams collapsed near the city.", Fine},
		// of what
		{"The storm killed 5 people and injured 12.", "The storm killed five people.", Fine},
		{"The storm killed 5 people and injured 12.", "The storm injured five people.", Number},
		{"The storm killed 5 people and injured 12.", "أدت العاصفة إلى مقتل 12 شخصًا.", Number},
		{"The road is 200 km long.", "The road is 200 kilometres long.", Fine},
		{"The road is 200 km long.", "The road carries 200 people.", Number},
		{"The road is 2 km long.", "The road is 2,000 metres long.", Fine},
		{"The talks took two weeks.", "The talks took 14 days.", Fine},
		{"The talks took two weeks.", "استغرقت المحادثات أسبوعين.", Fine},
		{"The talks took two weeks.", "استغرقت المحادثات شهرين.", Number},
		{"Prices rose by 6 per cent.", "ارتفعت الأسعار بنسبة 6 في المئة.", Fine},
		{"Prices rose by 6 per cent.", "Prices rose by 6 dollars.", Number},
		{"Turnout was 50%.", "Half of the voters took part.", Fine},
		{"The group gave 20 euros.", "The group gave 20 dollars.", Number},
		{"The group gave 20 euros.", "The group planted 20 trees.", Number},
		{"The pound fell from 31 to 49 to the dollar.", "تراجع الجنيه من 31 جنيهًا إلى 49 جنيهًا للدولار.", Fine},
		{"The loan grew from three to eight billion dollars.", "ارتفع القرض من 3 مليارات إلى 8 مليارات دولار.", Fine},
		{"An orbit takes 11 hours and 55 minutes.", "An orbit takes nearly 12 hours.", Fine},
		{"The board raised rates by 6 percentage points.", "The board raised rates by 600 basis points.", Fine},
		// numbers that changed places
		{"The mayor counted 40 tents in the valley, and the police counted 4,000 in the hills.", "The mayor counted 40 tents in the valley.", Fine},
		{"The mayor counted 40 tents in the valley, and the police counted 4,000 in the hills.", "The mayor counted 4,000 tents in the valley and the police 40 in the hills.", Number},
		// order
		{"It is the third visit.", "هذه هي الزيارة الثالثة.", Fine},
		{"It is the third visit.", "هذه هي الزيارة الرابعة.", Number},
		{"She is the 31st member.", "هي العضو الحادي والثلاثون.", Fine},
		{"She is the 31st member.", "She is the thirty-first member.", Fine},
		{"She is the 31st member.", "She is the 32nd member.", Number},
		{"توج ليو الرابع عشر.", "Leo XIV was crowned.", Fine},
		{"توج ليو الرابع عشر.", "Leo XIII was crowned.", Number},
		{"Article 5 binds all.", "تلزم المادة الخامسة الجميع.", Fine},
		// no numbers
		{"The minister resigned.", "One of the ministers resigned.", Fine},
		{"The minister resigned.", "استقال أحد الوزراء.", Fine},
		{"The minister resigned and left.", "First, the minister resigned.", Fine},
		// rounding that says so
		{"The match drew 88,966 spectators.", "The match drew nearly 89,000 spectators.", Fine},
		{"The match drew 88,966 spectators.", "The match drew more than 88,000 spectators.", Fine},
		{"The match drew 88,966 spectators.", "تابع المباراة نحو 89 ألف متفرج.", Fine},
		{"The match drew 88,966 spectators.", "The match drew 89,000 spectators.", Number},
		{"The match drew 900 spectators.", "The match drew about 890 spectators.", Number},
		{"The match drew 88,966 spectators.", "The match drew more than 89,000 spectators.", Number},
		{"The match drew 88,966 spectators.", "The match drew more than 40,000 spectators.", Number},
		{"More than 300 people came.", "Fewer than 300 people came.", Number},
		// scores and times of day
		{"They won 4-2 after a 3-3 draw.", "فازوا 4-2 بعد التعادل 3-3.", Fine},
		{"They won 4-2 after a 3-3 draw.", "They won 4-3.", Number},
		{"The bomb went off at 1:30 p.m. in the square.", "وقع الانفجار عند الساعة 1:30 ظهرًا في الساحة.", Fine},
		{"The bomb went off at 1:30 p.m. in the square.", "The bomb went off at 13:30 in the square.", Fine},
		{"The bomb went off at 1:30 p.m. in the square.", "The bomb went off at half past one in the square.", Fine},
		{"The bomb went off at 1:30 p.m. in the square.", "The bomb went off at 1:30 a.m. in the square.", Number},
		{"The bomb went off at 1:30 p.m. in the square.", "The bomb went off at 2:30 p.m. in the square.", Number},
	})
}

func TestDates(t *testing.T) {
	rule(t, []ruling{
		{"The law was passed on 8 August 2023.", "The law was passed in August 2023.", Fine},
		{"The law was passed on 8 August 2023.", "أُقر القانون في 8 آب 2023.", Fine},
		{"The law was passed on 8 August 2023.", "أُقر القانون في أوت 2023.", Fine},
		{"The law was passed on 8 August 2023.", "أُقر القانون في غشت 2023.", Fine},
		{"The law was passed on 8 August 2023.", "أُقر القانون في الثامن من أغسطس 2023.", Fine},
		{"The law was passed on 8 August 2023.", "The law was passed on Tuesday, 8 August 2023.", Fine},
		{"The law was passed on 8 August 2023.", "The law was passed on Monday, 8 August 2023.", Date},
		{"The law was passed on 8 August 2023.", "The law was passed on 9 August 2023.", Date},
		{"The law was passed on 8 August 2023.", "The law was passed on 8 July 2023.", Date},
		{"The law was passed on 8 August 2023.", "The law was passed in August 2022.", Date},
		{"The law was passed on 8 August 2023.", "أُقر القانون في 8 أيلول 2023.", Date},
		{"The law was passed in August 2023.", "The law was passed on 8 August 2023.", Date},
		{"أُقر القانون في تشرين الثاني 2023.", "The law was passed in November 2023.", Fine},
		{"أُقر القانون في تشرين الثاني 2023.", "The law was passed in October 2023.", Date},
		// by the publication date
		{"The minister resigned yesterday.", "The minister resigned on Monday.", Fine},
		{"The minister resigned yesterday.", "The minister resigned on 11 March 2024.", Fine},
		{"The minister resigned yesterday.", "استقال الوزير يوم الاثنين 11 مارس 2024.", Fine},
		{"The minister resigned yesterday.", "The minister resigned on Sunday.", Date},
		{"استقال الوزير أمس.", "The minister resigned on 11 March 2024.", Fine},
		{"The minister resigned.", "The minister resigned in March 2024.", Fine},
		{"The minister resigned.", "The minister resigned in 2021.", Date},
		{"They will meet on Friday.", "سيجتمعون يوم الجمعة.", Fine},
		{"They will meet on Friday.", "سيجتمعون يوم الخميس.", Date},
		// stretches
		{"The talks ran from 6 to 10 March.", "The talks ended on 10 March.", Fine},
		{"The talks ran from 6 to 10 March.", "The talks ran from 3 to 10 March.", Date},
		{"The dam was built in the 1970s.", "بُني السد في سبعينيات القرن الماضي.", Fine},
		{"The dam was built in the 1970s.", "بُني السد في ثمانينيات القرن الماضي.", Date},
		{"The tower was built in 1889.", "The tower was built in the 19th century.", Fine},
		// dates that changed places
		{"The observatory opened in 1950 and the cathedral opened in 1980.", "The observatory opened in 1980.", Date},
		{"The observatory opened in 1950 and the cathedral opened in 1980.", "The cathedral opened in 1980.", Fine},
	})
}

// TestUndated checks that a source whose date nobody knows bears out what it says itself.
func TestUndated(t *testing.T) {
	c := figuresChecker(t)
	s := Source{N: 1, Text: "The talks began on 5 August and the minister left on Friday.", Language: text.English}
	for claim, want := range map[string]Kind{
		"The talks began on 5 August.":     Fine,
		"بدأت المحادثات في 5 أغسطس.":       Fine,
		"The talks began on 6 August.":     Date,
		"The talks began in 2019.":         Date,
		"The minister left on Friday.":     Fine,
		"The minister left on a Friday.":   Fine,
		"The talks, on 5 August, went on.": Fine,
	} {
		if got := c.figureFault(t, Claim{claim, text.Detect(claim), []Source{s}}); got.Kind != want {
			t.Errorf("%q: got %q %q, want %q", claim, got.Kind, got.What, want)
		}
	}
}

// TestSeveralSources checks that each figure may be in another source.
func TestSeveralSources(t *testing.T) {
	c := figuresChecker(t)
	a := Source{N: 1, Text: "The quake killed 40 people in Rabat.", Published: corpus.Day(2024, time.March, 12), Language: text.English}
	b := Source{N: 2, Text: "أعلن رئيس الوزراء عزيز أخنوش الحداد 3 أيام.", Published: corpus.Day(2024, time.March, 14), Language: text.Arabic}
	claim := Claim{"After the quake killed 40 people in Rabat, Aziz Akhannouch declared three days of mourning.", text.English, []Source{a, b}}
	if got := c.figureFault(t, claim); got.Kind != Fine {
		t.Errorf("of both: got %+v", got)
	}
	claim.Sources = claim.Sources[:1]
	if got := c.figureFault(t, claim); got != (Fault{Number, "three"}) {
		t.Errorf("of the first alone: got %+v", got)
	}
}
