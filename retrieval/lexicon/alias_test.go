package lexicon

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func newAliases(t testing.TB) *Aliases {
	t.Helper()
	return &Aliases{Dir: filepath.Join(t.TempDir(), "lexicon"), Analyzer: text.NewAnalyzer()}
}

// join makes two names mean the same.
func (s *Aliases) join(t testing.TB, a, b string) Change {
	t.Helper()
	c, err := s.Join(a, b)
	if err != nil {
		t.Fatalf("Join(%q, %q) = %v", a, b, err)
	}
	if err := s.Apply(t.Context(), c); err != nil {
		t.Fatalf("Apply(%v) = %v", c, err)
	}
	return c
}

// leave takes a name out.
func (s *Aliases) leave(t testing.TB, name string) Change {
	t.Helper()
	c, err := s.Leave(name)
	if err != nil {
		t.Fatalf("Leave(%q) = %v", name, err)
	}
	if err := s.Apply(t.Context(), c); err != nil {
		t.Fatalf("Apply(%v) = %v", c, err)
	}
	return c
}

// lines returns the aliases as lines.
func (s *Aliases) aliases(t testing.TB) []string {
	t.Helper()
	all, err := s.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, alias := range all {
		out = append(out, alias.line())
	}
	return out
}

func TestAliases(t *testing.T) {
	tests := []struct {
		name  string
		pairs []string // "a=b" joins, "-a" leaves
		want  []string
	}{
		{"across scripts", []string{"Zelensky=زيلينسكي"}, []string{"Zelensky\tزيلينسكي"}},
		{"the other way round", []string{"زيلينسكي=Zelensky"}, []string{"Zelensky\tزيلينسكي"}},
		{"another spelling joins", []string{"Zelensky=زيلينسكي", "Zelensky=زيلنسكي"}, []string{"Zelensky\tزيلينسكي|زيلنسكي"}},
		{"in other capitals and marks", []string{"Zelensky=زيلينسكي", "ZELENSKY=زِيلِنسكى"}, []string{"Zelensky\tزيلينسكي|زِيلِنسكى"}},
		{"twice", []string{"Zelensky=زيلينسكي", "zelensky=زيلينسكي"}, []string{"Zelensky\tزيلينسكي"}},
		{"one script", []string{"Gaddafi=Qaddafi"}, []string{"Gaddafi|Qaddafi\t-"}},
		{"one script, Arabic", []string{"ترامب=ترمب"}, []string{"-\tترامب|ترمب"}},
		{"two become one", []string{"Gaddafi=القذافي", "Kyiv=كييف", "Qaddafi=قذافي", "Gaddafi=Qaddafi"}, []string{"Gaddafi|Qaddafi\tالقذافي|قذافي", "Kyiv\tكييف"}},
		{"phrases", []string{"United Kingdom=UK", "UK=المملكة المتحدة"}, []string{"United Kingdom|UK\tالمملكة المتحدة"}},
		{"invisible marks, spaces and quotation marks", []string{"\u200f «Abu\t Dhabi» =  \u200e“أبو\nظبي”\u200f"}, []string{"Abu Dhabi\tأبو ظبي"}},
		{"digits and hyphens", []string{"COVID-19=كوفيد-19"}, []string{"COVID-19\tكوفيد-19"}},
		{"of two, none is left", []string{"Zelensky=زيلينسكي", "-zelensky"}, nil},
		{"of three, two are left", []string{"Zelensky=زيلينسكي", "Zelensky=زيلنسكي", "-زيلينسكى"}, []string{"Zelensky\tزيلنسكي"}},
		{"others stay", []string{"Zelensky=زيلينسكي", "Kyiv=كييف", "-Zelensky"}, []string{"Kyiv\tكييف"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newAliases(t)
			for _, p := range tt.pairs {
				if name, ok := strings.CutPrefix(p, "-"); ok {
					s.leave(t, name)
					continue
				}
				a, b, _ := strings.Cut(p, "=")
				s.join(t, a, b)
			}
			if diff := cmp.Diff(tt.want, s.aliases(t)); diff != "" {
				t.Errorf("aliases (-want +got):\n%s", diff)
			}
			entries, problems := ReadDir(s.Analyzer, s.Dir)
			if len(entries) != len(tt.want) || problems != nil {
				t.Errorf("ReadDir = %v, %v; want %d entries", entries, problems, len(tt.want))
			}
			for _, e := range entries {
				if !e.Proper {
					t.Errorf("%s:%d is not a name", e.Name, e.Line)
				}
			}
		})
	}
}

func TestAliasesRefuse(t *testing.T) {
	long := strings.Repeat("a", MaxName+1)
	tests := []struct {
		name, a, b string
		want       error
	}{
		{"empty", "", "زيلينسكي", ErrLetters},
		{"empty, the other", "Zelensky", " ", ErrLetters},
		{"invisible", "\u200f\u200e", "زيلينسكي", ErrLetters},
		{"quotation marks alone", "«»", "زيلينسكي", ErrLetters},
		{"the longest", strings.Repeat("a", MaxName), "زيلينسكي", nil},
		{"too long", long, "زيلينسكي", ErrLong},
		{"too long, the other", "Zelensky", long, ErrLong},
		{"control character", "Zel\x07ensky", "زيلينسكي", ErrLetters},
		{"bar", "A|B", "زيلينسكي", ErrLetters},
		{"tilde", "~Zelensky", "زيلينسكي", ErrLetters},
		{"comment", "#Zelensky", "زيلينسكي", ErrLetters},
		{"sense", "strike (labour)", "إضراب", ErrLetters},
		{"verb", "announce", "أعلن/يعلن", ErrLetters},
		{"both scripts in one", "قناة MBC", "MBC", ErrLetters},
		{"another script", "Зеленский", "Zelensky", ErrLetters},
		{"digits alone", "2030", "رؤية", ErrLetters},
		{"emoji", "😀", "Zelensky", ErrLetters},
		{"function words", "of the", "زيلينسكي", ErrCommon},
		{"function words in Arabic", "Zelensky", "في", ErrCommon},
		{"the same", "Zelensky", "zelensky", ErrSame},
		{"the same but for marks", "إسلام", "اسلام", ErrSame},
		{"invalid UTF-8", "Zel\xffensky", "زيلينسكي", ErrLetters},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newAliases(t)
			if _, err := s.Join(tt.a, tt.b); !errors.Is(err, tt.want) {
				t.Errorf("Join(%q, %q) = %v, want %v", tt.a, tt.b, err, tt.want)
			}
			if _, err := os.Stat(s.Dir); err == nil {
				t.Error("to ask for a change has created the folder")
			}
		})
	}
	s := newAliases(t)
	if _, err := s.Leave("Zelensky"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Leave of an unknown name = %v, want %v", err, ErrUnknown)
	}
	if _, err := s.Leave(long); !errors.Is(err, ErrLong) {
		t.Errorf("Leave of a long name = %v, want %v", err, ErrLong)
	}
}

func TestAliasesBounds(t *testing.T) {
	s := newAliases(t)
	var b strings.Builder
	for i := range MaxAliases {
		fmt.Fprintf(&b, "Name%d|Nom%d\t-\n", i, i)
	}
	put(t, s.Dir, aliasName, b.String())
	c, err := s.Join("Zelensky", "زيلينسكي")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), c); !errors.Is(err, ErrFull) {
		t.Errorf("one alias too many = %v, want %v", err, ErrFull)
	}
	s.join(t, "Name0", "Zelensky") // joins a line
	s.join(t, "Name1", "Name2")
	s.join(t, "Kyiv", "كييف") // there is room again

	full := newAliases(t)
	for i := range MaxNames - 1 {
		full.join(t, "Zelensky", fmt.Sprintf("Zelensky%d", i))
	}
	if _, err := full.Join("Zelensky", "One More"); !errors.Is(err, ErrCrowded) {
		t.Errorf("one name too many = %v, want %v", err, ErrCrowded)
	}
	wide := newAliases(t)
	for i := range 20 {
		wide.join(t, "Zelensky", strings.Repeat(string([]rune("بتثجحخدذرزسشصضطظعغفق")[i]), MaxName))
	}
	if _, err := wide.Join("Zelensky", strings.Repeat("ك", MaxName)); !errors.Is(err, ErrCrowded) {
		t.Errorf("a line too long = %v, want %v", err, ErrCrowded)
	}
}

// What people have written into the file stays there.
func TestAliasesKeepHandwriting(t *testing.T) {
	const hand = "\uFEFF# mine\r\n\r\nno tab\r\nZelensky|~Zel\tزيلينسكي\r\n# common\nstrike (labour)\tأضرب/يضرب\n\xff\nAlone\t-"
	tests := []struct {
		name string
		do   func(*Aliases)
		want string
	}{
		{"a new name", func(s *Aliases) { s.join(t, "Kyiv", "كييف") }, hand + "\n# proper\nKyiv\tكييف\n"},
		{"two new names", func(s *Aliases) { s.join(t, "Kyiv", "كييف"); s.join(t, "Lviv", "لفيف") }, hand + "\n# proper\nKyiv\tكييف\nLviv\tلفيف\n"},
		{"another spelling", func(s *Aliases) { s.join(t, "Zelensky", "زلنسكي") }, strings.Replace(hand, "زيلينسكي\r\n", "زيلينسكي|زلنسكي\n", 1)},
		{"with notation", func(s *Aliases) { s.join(t, "strike", "إضراب") }, strings.Replace(hand, "يضرب\n", "يضرب|إضراب\n", 1)},
		{"one goes", func(s *Aliases) { s.leave(t, "Zel") }, strings.Replace(hand, "|~Zel\tزيلينسكي\r\n", "\tزيلينسكي\n", 1)},
		{"there and back", func(s *Aliases) { c := s.join(t, "Zelensky", "زلنسكي"); s.apply(t, c.Inverse()) }, strings.Replace(hand, "زيلينسكي\r\n", "زيلينسكي\n", 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newAliases(t)
			put(t, s.Dir, aliasName, hand)
			if err := os.Chmod(s.path(), 0o640); err != nil {
				t.Fatal(err)
			}
			tt.do(s)
			got, err := os.ReadFile(s.path())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("the file (-want +got):\n%s", diff)
			}
			if info, err := os.Stat(s.path()); err != nil || info.Mode().Perm() != 0o640 && runtime.GOOS != "windows" {
				t.Errorf("the file has mode %v, %v; want that of before", info.Mode(), err)
			}
		})
	}
}

func (s *Aliases) apply(t testing.TB, c Change) {
	t.Helper()
	if err := s.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// A change can be taken back as long as the names are as it has left them.
func TestAliasesInverse(t *testing.T) {
	s := newAliases(t)
	s.join(t, "Gaddafi", "القذافي")
	s.join(t, "Qaddafi", "قذافي")
	before := s.aliases(t)
	both := s.join(t, "Gaddafi", "Qaddafi")
	s.apply(t, both.Inverse())
	if diff := cmp.Diff(before, s.aliases(t)); diff != "" {
		t.Errorf("taken back (-want +got):\n%s", diff)
	}
	if err := s.Apply(t.Context(), both.Inverse()); !errors.Is(err, ErrChanged) {
		t.Errorf("taken back again = %v, want %v", err, ErrChanged)
	}
	gone := s.leave(t, "Gaddafi")
	s.apply(t, gone.Inverse())
	s.apply(t, gone.Inverse()) // what is there already is not added again
	if got := s.aliases(t); len(got) != 2 || !slices.Contains(got, "Gaddafi\tالقذافي") {
		t.Errorf("aliases = %v, want both of before", got)
	}
}

// What is no plain text file is not replaced.
func TestAliasesOddFile(t *testing.T) {
	odd := map[string]func(path string) error{
		"directory": func(path string) error { return os.Mkdir(path, 0o700) },
		"no text":   func(path string) error { return os.WriteFile(path, []byte("a\x00b"), 0o600) },
		"too large": func(path string) error { return os.WriteFile(path, make([]byte, maxFile+1), 0o600) },
	}
	if runtime.GOOS != "windows" {
		odd["link"] = func(path string) error { return os.Symlink("elsewhere", path) }
	}
	for name, create := range odd {
		t.Run(name, func(t *testing.T) {
			s := newAliases(t)
			if err := errors.Join(os.Mkdir(s.Dir, 0o700), create(s.path())); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Join("Kyiv", "كييف"); err == nil || !strings.Contains(err.Error(), aliasName) {
				t.Errorf("Join = %v, want an error that names the file", err)
			}
			c := Change{After: []Alias{{"Kyiv", "كييف"}}}
			if err := s.Apply(t.Context(), c); err == nil {
				t.Error("Apply has replaced the file")
			}
		})
	}
}

// A change is written beside the file and takes its place: who reads the file
// meanwhile has all of the former one.
func TestAliasesReplace(t *testing.T) {
	s := newAliases(t)
	s.join(t, "Kyiv", "كييف")
	put(t, s.Dir, temporary, "what a killed process has left") // which is in nobody's way
	f, err := os.Open(s.path())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	s.join(t, "Lviv", "لفيف")
	before, err := io.ReadAll(f)
	if err != nil || !strings.HasSuffix(string(before), "\nKyiv\tكييف\n") {
		t.Errorf("the file that was open has %q, %v; want what it had", before, err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, temporary)); err == nil {
		t.Error("the file beside is left")
	}
}

// The lock keeps changes apart: none is lost, whoever else makes some.
func TestAliasesConcurrent(t *testing.T) {
	s := newAliases(t)
	const writers, each = 4, 5
	var wg sync.WaitGroup
	for w := range writers {
		own := &Aliases{Dir: s.Dir, Analyzer: s.Analyzer}
		wg.Go(func() {
			for i := range each {
				c, err := own.Join(fmt.Sprintf("Name%d x%d", w, i), fmt.Sprintf("Nom%d x%d", w, i))
				if err == nil {
					err = own.Apply(t.Context(), c)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := s.aliases(t); len(got) != writers*each {
		t.Errorf("there are %d aliases, want %d: %q", len(got), writers*each, got)
	}
}

func TestAliasesLocked(t *testing.T) {
	s := newAliases(t)
	lock, err := corpus.TryLock(s.Dir, aliasLock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := Change{After: []Alias{{"Kyiv", "كييف"}}}
	if err := s.Apply(ctx, c); !errors.Is(err, corpus.ErrLocked) {
		t.Errorf("Apply = %v, want %v", err, corpus.ErrLocked)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	s.apply(t, c)
}

// foreverVar names the folder in which TestAliasesForever works.
const foreverVar = "LEXICON_TEST_FOREVER"

// TestAliasesForever is no test but the process that TestAliasesKill kills.
func TestAliasesForever(t *testing.T) {
	dir := os.Getenv(foreverVar)
	if dir == "" {
		t.Skip("for TestAliasesKill")
	}
	s := &Aliases{Dir: dir, Analyzer: text.NewAnalyzer()}
	for {
		for i := range 50 {
			s.join(t, "Zelensky", fmt.Sprintf("Name%02d", i%(MaxNames-2)))
			fmt.Println("changed")
		}
		s.leave(t, "Zelensky")
	}
}

// A process that is killed at any moment leaves the file of before or of after.
func TestAliasesKill(t *testing.T) {
	s := newAliases(t)
	s.join(t, "Kyiv", "كييف")
	for round := range 5 {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAliasesForever$")
		cmd.Env = append(os.Environ(), foreverVar+"="+s.Dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		scan := bufio.NewScanner(out)
		for n := 0; n < 3+7*round && scan.Scan(); n++ {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process has ended by itself")
		}
		entries, problems := ReadDir(s.Analyzer, s.Dir)
		if len(problems) > 0 || len(entries) == 0 || len(entries) > 2 || entries[0].English[0].Text != "Kyiv" {
			t.Fatalf("after the kill ReadDir = %v, %v", entries, problems)
		}
		s.join(t, "Kyiv", fmt.Sprintf("Kiev%d", round)) // neither the lock nor a rest is in the way
	}
	files, err := os.ReadDir(s.Dir)
	if err != nil || len(files) != 2 {
		t.Errorf("the folder holds %v, %v; want the aliases and their lock", files, err)
	}
}

// FuzzAliases: whatever is in the file and whatever is asked for, a change that is
// offered makes a list in which all its names are, that can be taken back, and that
// leaves all other lines as they were.
func FuzzAliases(f *testing.F) {
	f.Add("Zelensky\tزيلينسكي\n", "Zelensky", "زلنسكي")
	f.Add("# x\r\nA|B\t-\nbad\n-\tب|ت", "a", "ب")
	f.Add("strike (labour)|~x\tأضرب/يضرب", "strike", "x")
	f.Add("\uFEFFa\tب", "-", "|")
	a := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, file, one, other string) {
		x, errX := readName(a, one)
		y, errY := readName(a, other)
		if errX != nil || errY != nil {
			return
		}
		l := parseAliases(a, file, nil)
		if got := string(l.bytes()); got != file {
			t.Fatalf("written again the file is %q, want %q", got, file)
		}
		c, err := l.join(a, x, y)
		if err != nil || c.None() {
			return
		}
		before := l.all()
		if err := l.apply(a, c); err != nil {
			t.Fatalf("apply(%v) = %v", c, err)
		}
		again := parseAliases(a, string(l.bytes()), nil)
		if diff := cmp.Diff(l.all(), again.all()); diff != "" {
			t.Fatalf("read again (-want +got):\n%s", diff)
		}
		if line := again.having(x); len(line) != 1 || !y.in(line[0].entry) {
			t.Fatalf("%q and %q are in %v", one, other, line)
		}
		if err := again.apply(a, c.Inverse()); err != nil || len(again.all()) != len(before) {
			t.Fatalf("taken back: %v, %v; want %v", again.all(), err, before)
		}
	})
}

// BenchmarkAlias is what an alias takes beside 5,000 lines of an operator and some
// aliases, from the name to the lexicon that knows it.
func BenchmarkAlias(b *testing.B) {
	a, base := newDefault(b)
	for _, n := range []int{10, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := &Aliases{Dir: b.TempDir(), Analyzer: a}
			put(b, s.Dir, "operator.tsv", operatorList(5000))
			put(b, s.Dir, aliasName, operatorList(n))
			f := NewFolder(a, base, s.Dir)
			f.Refresh()
			f.Lexicon()
			for i := 0; b.Loop(); i++ {
				if c := s.join(b, "Zagarbut", fmt.Sprintf("Zagarbut%d", i%20)); c.None() {
					s.leave(b, "Zagarbut")
				}
				f.Refresh()
				f.Lexicon()
			}
		})
	}
}
