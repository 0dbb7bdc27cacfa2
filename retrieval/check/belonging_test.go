package check

import (
	"testing"

	"newsbot/corpus/text"
)

const (
	twoWinners = "Anna Kos, a Czech aged 61, is a professor at Charles University. Peter Lindqvist, 48, was born in Malmö and works in Oslo."
	twoTremors = "The first tremor, of magnitude 6.1, struck near the port at 3:10 a.m. local time. A second, measured at magnitude 5.4, followed at 2:45 p.m. in the hills."
	twoCrowds  = "More than 90,000 spectators lined the river, and about 12,000 police officers were on duty."
	twoSides   = "Kos was joined by Finance Minister Jana Dvorak, while Lindqvist sat with Ambassador Erik Halvorsen."
	twoDates   = "She joined the company on 6 February 2002, when her father retired, and was appointed chairwoman of the supervisory board on 2 June 2013."
)

// What a figure or a name belongs to, in the words of the source and across languages.
var belongingCases = []wholeCase{
	{twoWinners, "Peter Lindqvist, who is 48, works in Oslo.", Fine},
	{twoWinners, "Anna Kos, who is 61, teaches at Charles University.", Fine},
	{twoWinners, "Anna Kos, who is 48, teaches at Charles University.", Number},
	{twoWinners, "Peter Lindqvist is 61 years old.", Number},
	{twoTremors, "The second tremor had a magnitude of 5.4.", Fine},
	{twoTremors, "The second tremor had a magnitude of 6.1.", Number},
	{twoTremors, "The first tremor had a magnitude of 6.1 and the second of 5.4.", Fine},
	{twoTremors, "وقع الزلزال الثاني عند الساعة 3:10.", Number},
	{twoTremors, "وقع الزلزال الأول عند الساعة 3:10.", Fine},
	{twoCrowds, "About 12,000 police officers were deployed.", Fine},
	{twoCrowds, "More than 90,000 police officers were deployed.", Number},
	{twoSides, "Kos was joined by Jana Dvorak.", Fine},
	{twoSides, "Kos was joined by Erik Halvorsen.", Name},
	{twoSides, "Kos and Halvorsen took part.", Fine},
	{twoDates, "She was appointed chairwoman of the supervisory board in June 2013.", Fine},
}

func TestBelongings(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the encoders: not with -short")
	}
	c := encodersChecker(t)
	for _, tt := range belongingCases {
		claim := Claim{Text: tt.claim, Language: text.Detect(tt.claim), Sources: []Source{{N: 1, Text: tt.source, Language: text.Detect(tt.source)}}}
		got, err := c.belongings(t.Context(), claim)
		if err != nil {
			t.Fatal(err)
		}
		if got.Kind != tt.want {
			t.Errorf("%q about %q: %q in %q, want %q", tt.claim, tt.source, got.Kind, got.What, tt.want)
		}
	}
}

func TestSequence(t *testing.T) {
	const summit = "Delegates chose Baku as the venue of the next annual summit."
	rule(t, []ruling{
		{summit, "Next year's summit will be held in Baku.", Fine},
		{summit, "ستُعقد قمة العام المقبل في باكو.", Fine},
		{summit, "Last year's summit was held in Baku.", Date},
		{"Delegates chose Baku as the venue of a summit.", "Next year's summit will be held in Baku.", Date},
		// the end of a range has what its beginning says
		{"The loan grew from three to eight billion dollars.", "The loan grew from three billion dollars to eight.", Fine},
		{"The loan grew from three to eight billion dollars.", "ارتفع القرض من ثلاثة مليارات دولار إلى ثمانية.", Fine},
		{"The loan grew from three to eight billion dollars.", "The loan grew from three billion dollars to nine.", Number},
		// a rival may be told more precisely than the claim tells
		{twoDates, "She was appointed chairwoman of the supervisory board in February 2002.", Date},
		{twoDates, "She joined the company in February 2002.", Fine},
	})
}
