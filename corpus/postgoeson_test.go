package corpus

import (
	"fmt"
	"strings"
	"testing"
)

// TestGoesOn: which posts of one minute are one text. Stories that have nothing to do with one another are not.
func TestGoesOn(t *testing.T) {
	const (
		aquarium = "The aquarium bought two octopuses on Monday."
		resigned = "URGENT: The prime minister of Ruritania resigned"
		football = "🔴 Football: United beat Rovers"
	)
	long := func(units int) string { return strings.Repeat("é", units-1) + "." }
	tests := []struct {
		first, second string
		want          bool
	}{
		{aquarium, resigned, false},
		{resigned, football, false},
		{football, aquarium, false},
		{resigned, "iPhone sales fell in May.", false},
		{resigned, "after the vote in the council.", true},
		{resigned, "…استقال رئيس البلدية بعد التصويت", false}, // in another language
		{aquarium, "iPhone sales fell in May.", false},
		{"عاجل: استقالة رئيس الوزراء", "وزير الخارجية يصل إلى القاهرة", false},
		{"The port said so. Follow us on @harbour_news", football, false},
		{"The port said so. More on harbour.example", football, false},
		{"The port said so.\n\nHarbour News", football, false},
		{"The quay opened. The port said that ships", "Four of them came at once.", true},
		{"افتُتح الرصيف. وقالت الهيئة إن أربع سفن", "رست فيه على الفور", true},
		{"The minister said:", "“We are ready.”", true},
		{"قال الوزير، وهو يبتسم،", "إن كل شيء جاهز", true},
		{"The quay opened…", football, true},
		{"The quay opened...", football, true},
		{aquarium, "… and a squid.", true},
		{aquarium, "...and a squid.", true},
		{"The aquarium bought two octopuses", "and a squid.", true},
		{"The quay opened. (To be continued)", football, true},
		{"افتُتح الرصيف.\n\n(يُتبع)", "رست فيه أربع سفن.", true},
		{"افتُتح الرصيف.", "تتمة: رست فيه أربع سفن.", true},
		{"افتُتح الرصيف.", "تابع الجيش تقدمه.", false},
		{"The case is discontinued", "The judge left", false},
		{"1/3 The quay opened.", "2/3 Ships moored there.", true},
		{"The quay opened. (1/3)", "Ships moored there. (2/3)", true},
		{"١/٢ افتُتح الرصيف.", "٢/٢ رست فيه السفن.", true},
		{"The quay opened. (1/3)", "Ships moored there. (3/3)", false},
		{aquarium, "(2/2) A squid came, too.", true},
		{aquarium, "2/3 of the voters say no.", false},
		{aquarium, "(24/7) is what they call it.", false},
		{long(fullText), football, true},
		{long(fullText - 1), football, false},
		{long(fullCaption), football, true},
		{long(mostCaption), football, true},
		{long(mostCaption + 1), football, false},
		{"", football, false},
		{aquarium, "", false},
		{"\"", "\"", false},
	}
	for _, tt := range tests {
		if got := goesOn(tt.first, tt.second); got != tt.want {
			t.Errorf("%.60q, then %.60q: goes on %t, want %t", tt.first, tt.second, got, tt.want)
		}
	}
}

// TestStoriesOfAMinute: stories of one minute are articles of their own, a post that replies to the one before goes on with it.
func TestStoriesOfAMinute(t *testing.T) {
	s, c := openChannel(t)
	for i, story := range []string{"The aquarium bought two octopuses.", "URGENT: The prime minister resigned", "Football: United beat Rovers"} {
		a := addPost(t, s, postAt(c, 12+i, i, story), Added)
		wantBody(t, s, a.ID, fmt.Sprintf("https://t.me/HarbourNews/%d", 12+i), story)
	}
	reply := postAt(c, 20, 30, "Rovers want the match to be repeated.")
	reply.Reply = 14
	a := addPost(t, s, reply, Updated)
	wantBody(t, s, a.ID, "https://t.me/HarbourNews/14", "Football: United beat Rovers", reply.Text)
	far := postAt(c, 21, 40, "The aquarium has named them.")
	far.Reply = 12
	addPost(t, s, far, Added)
}

func FuzzGoesOn(f *testing.F) {
	f.Add("The quay opened. (1/3)", "(2/3) Ships")
	f.Add("افتُتح الرصيف…", "تتمة:")
	f.Add("\xff\"", "…\xf0")
	f.Fuzz(func(t *testing.T, first, second string) {
		if goesOn(first, second) && strings.TrimSpace(first) == "" && strings.TrimSpace(second) == "" {
			t.Error("nothing goes on with nothing")
		}
	})
}
