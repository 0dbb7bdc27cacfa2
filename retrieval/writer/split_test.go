package writer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// split returns the sentences of what is written, given in one piece.
func split(s string) []sentence {
	var sp splitter
	return append(sp.add(s), sp.end()...)
}

func TestSplit(t *testing.T) {
	for name, tt := range map[string]struct {
		written string
		want    []sentence
	}{
		"nothing":      {"", nil},
		"no words":     {" \n ** \n", nil},
		"before stop":  {"Rain fell on Monday [1]. It stopped on Tuesday [2].", []sentence{{"Rain fell on Monday.", []int{1}}, {"It stopped on Tuesday.", []int{2}}}},
		"behind stop":  {"Rain fell on Monday. [1] It stopped on Tuesday. [2]", []sentence{{"Rain fell on Monday.", []int{1}}, {"It stopped on Tuesday.", []int{2}}}},
		"at stop":      {"Rain fell on Monday.[1] It stopped on Tuesday.[2]", []sentence{{"Rain fell on Monday.", []int{1}}, {"It stopped on Tuesday.", []int{2}}}},
		"no space":     {"Rain fell.[1]It stopped.[2]", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"several":      {"Rain fell [3][1] [2].", []sentence{{"Rain fell.", []int{1, 2, 3}}}},
		"twice":        {"Rain [1] fell [1].", []sentence{{"Rain fell.", []int{1}}}},
		"list":         {"Rain fell [1, 3].", []sentence{{"Rain fell.", []int{1, 3}}}},
		"range":        {"Rain fell [1-3].", []sentence{{"Rain fell.", []int{1, 2, 3}}}},
		"long range":   {"Rain fell [1-500].", []sentence{{"Rain fell.", []int{noSource}}}},
		"huge":         {"Rain fell [2023].", []sentence{{"Rain fell.", []int{noSource}}}},
		"joined":       {"Rain fell [1], [2] and [3].", []sentence{{"Rain fell.", []int{1, 2, 3}}}},
		"joined ar":    {"هطل المطر [1] و[2]، [٣].", []sentence{{"هطل المطر.", []int{1, 2, 3}}}},
		"arabic":       {"هطل المطر يوم الاثنين [١]. وتوقف في اليوم التالي [١، ٢].", []sentence{{"هطل المطر يوم الاثنين.", []int{1}}, {"وتوقف في اليوم التالي.", []int{1, 2}}}},
		"arabic query": {"هل هطل المطر؟ [1] نعم، هطل [2].", []sentence{{"هل هطل المطر؟", []int{1}}, {"نعم، هطل.", []int{2}}}},
		"lenticular":   {"Rain fell【1】. It stopped【2†source】.", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"round":        {"Rain fell (1). It stopped. (2)", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"round inside": {"Article (3) of the law bans it [1].", []sentence{{"Article (3) of the law bans it.", []int{1}}}},
		"round years":  {"The queen (1926-2022) died at Balmoral (1926-2022) [1].", []sentence{{"The queen (1926-2022) died at Balmoral (1926-2022).", []int{1}}}},
		"superscript":  {"Rain fell.¹ It stopped².", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"unit":         {"It covers 5 km² [1].", []sentence{{"It covers 5 km².", []int{1}}}},
		"unit at end":  {"It covers 5 km². [1]", []sentence{{"It covers 5 km².", []int{1}}}},
		"worded":       {"Rain fell [source 1]. It stopped [المصدر 2].", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"footnote":     {"Rain fell [^1].", []sentence{{"Rain fell.", []int{1}}}},
		"linked mark":  {"Rain fell [1](http://evil.example/x).", []sentence{{"Rain fell.", []int{1}}}},
		"link":         {"Rain [fell](http://evil.example/x \"t\") [1].", []sentence{{"Rain fell.", []int{1}}}},
		"picture":      {"Rain fell ![x](http://evil.example/?q=a b) [1].", []sentence{{"Rain fell.", []int{1}}}},
		"emphasis":     {"**Rain** fell *hard* in `Paris` and __Lyon__ [1].", []sentence{{"Rain fell hard in Paris and Lyon.", []int{1}}}},
		"heading":      {"# Weather\n\nRain fell [1].", []sentence{{"Weather.", nil}, {"Rain fell.", []int{1}}}},
		"bullets":      {"- Rain fell [1]\n- It stopped [2]\n2. Sun came [3]\n", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}, {"Sun came.", []int{3}}}},
		"fenced":       {"```\nRain fell [1].\n```", []sentence{{"Rain fell.", []int{1}}}},
		"uncited":      {"Rain fell. It stopped [1].", []sentence{{"Rain fell.", nil}, {"It stopped.", []int{1}}}},
		"abbreviation": {"Rain fell in the U.S. [1] The sun came to St. Louis [2].", []sentence{{"Rain fell in the U.S.", []int{1}}, {"The sun came to St. Louis.", []int{2}}}},
		"goes on":      {"Rain fell in the U.S. [1] on Monday [2].", []sentence{{"Rain fell in the U.S. on Monday.", []int{1, 2}}}},
		"decimal":      {"Rain of 3.5 cm fell [1].", []sentence{{"Rain of 3.5 cm fell.", []int{1}}}},
		"quoted":       {"He said “it rains.” [1] She said “no” [2].", []sentence{{"He said “it rains.”", []int{1}}, {"She said “no”.", []int{2}}}},
		"own line":     {"Rain fell.\n[1]\nIt stopped.\n[2]", []sentence{{"Rain fell.", []int{1}}, {"It stopped.", []int{2}}}},
		"introduced":   {"Here is the answer:\nRain fell [1].", []sentence{{"Here is the answer:", nil}, {"Rain fell.", []int{1}}}},
		"hidden":       {"Rain\u202e fell\u200b [1]\u2069.", []sentence{{"Rain fell.", []int{1}}}},
		"open bracket": {"Rain fell. [see the map", []sentence{{"Rain fell.", nil}, {"[see the map.", nil}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, split(tt.written), cmp.AllowUnexported(sentence{})); diff != "" {
				t.Errorf("split(%q) (-want +got):\n%s", tt.written, diff)
			}
		})
	}
}

// A sentence that is too long stays one, and so falls as a whole.
func TestSplitLong(t *testing.T) {
	long := "Then it went on " + strings.Repeat("and the rain, which fell on the hills, went on ", 30)
	got := split("Rain fell [1]. " + long + "[2]. It stopped [3].")
	if len(got) != 3 || len(strings.Fields(got[1].text)) < 300 || got[1].cites[0] != 2 {
		t.Errorf("%d sentences, the second of %d words", len(got), len(strings.Fields(got[1].text)))
	}
}

// A sentence comes as soon as another one has begun behind it, and no sooner.
func TestSplitterShowsOnlyWhole(t *testing.T) {
	var sp splitter
	for _, step := range []struct {
		piece string
		want  int
	}{
		{"Rain fell", 0}, {" on Monday", 0}, {".", 0}, {" [", 0}, {"1] ", 0}, {"[2", 0}, {"] ", 0}, {"It ", 1}, {"stopped [1].", 0},
	} {
		if got := sp.add(step.piece); len(got) != step.want {
			t.Errorf("add(%q) = %+v, want %d", step.piece, got, step.want)
		}
	}
	if got := sp.end(); len(got) != 1 {
		t.Errorf("end() = %+v", got)
	}
}

// What never ends is not kept.
func TestSplitterEndless(t *testing.T) {
	var sp splitter
	for range 1000 {
		sp.add(strings.Repeat("x", 100))
	}
	if !sp.endless || len(sp.tail) > maxTail {
		t.Errorf("%d bytes kept, endless %v", len(sp.tail), sp.endless)
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"Rain fell [1]. It stopped [1, 2-4]. **So** said St. Louis. [3] هطل المطر [١]. وتوقف¹. ",
		"- a [1]\n- b【2†x】\n# c (1).\n```d``` [x](http://y/z) ![p](q) [[[[((( \u202e \xff\xfe\x00 ...",
		"“a. b” [1]. «ج. د» [٢] [ [1] [2",
	} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, step uint8) {
		whole := split(s)
		var sp splitter
		var pieces []sentence
		for size := int(step)%7 + 1; len(s) > 0; {
			n := min(size, len(s))
			pieces = append(pieces, sp.add(s[:n])...)
			s = s[n:]
		}
		pieces = append(pieces, sp.end()...)
		if diff := cmp.Diff(whole, pieces, cmp.AllowUnexported(sentence{})); diff != "" {
			t.Errorf("in pieces (-whole +pieces):\n%s", diff)
		}
		for _, one := range whole {
			if strings.ContainsAny(one.text, "\n*`\u202e") {
				t.Errorf("markup in %q", one.text)
			}
		}
	})
}
