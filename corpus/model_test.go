package corpus

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// model is what a store should hold, of articles that differ in title, outlet, address and text alone.
type model struct {
	t        *testing.T
	r        *rand.Rand
	s        *Store
	articles map[string]*modelled
	gone     map[string]bool // IDs, addresses and texts of what was removed
	entries  int             // of the audit
}

type modelled struct {
	Article
	given    Article
	versions []Article // oldest first
}

// TestModel does things at random to a store and to a model of it.
func TestModel(t *testing.T) {
	seeds := uint64(5)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			now := time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC)
			s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { now = now.Add(time.Second); return now }})
			m := &model{t: t, r: rand.New(rand.NewPCG(seed, 8)), s: s, articles: map[string]*modelled{}, gone: map[string]bool{}}
			for range 200 {
				m.step()
				if t.Failed() {
					return
				}
			}
			checkIntegrity(t, s)
			checkMarks(t, s)
		})
	}
}

func (m *model) step() {
	id := m.some()
	switch m.r.IntN(10) {
	case 0:
		m.remove(id)
	case 1:
		m.restore(id)
	case 2:
		m.purge(id)
	case 3, 4:
		m.edit(id)
	default:
		m.add()
	}
	m.check()
}

// some returns the ID of an article, or one that nothing has.
func (m *model) some() string {
	a, err := Prepare(m.article())
	if err != nil {
		m.t.Fatal(err)
	}
	return a.ID
}

func (m *model) article() Article {
	pick := func(n int, format string) string {
		if i := m.r.IntN(n); i > 0 {
			return fmt.Sprintf(format, i)
		}
		return ""
	}
	return Article{
		URL: pick(5, "https://news.example/%d"), Title: pick(3, "Title %d"), Source: pick(3, "Outlet %d"),
		Body: fmt.Sprintf("Text number %d, which is long enough to be known by what it says alone.", m.r.IntN(4)),
	}
}

// keys are what an article is known again by.
func keys(a *Article) []string {
	list := []string{a.ID, a.Body}
	if a.URL != "" {
		list = append(list, a.URL)
	}
	return list
}

func (m *model) add() {
	o := AddOptions{Explicit: m.r.IntN(3) == 0, Overrule: m.r.IntN(4) == 0, DryRun: m.r.IntN(6) == 0}
	a, err := Prepare(m.article())
	if err != nil {
		m.t.Fatal(err)
	}
	want, next := m.outcome(a, o)
	got, err := m.s.AddWith(m.t.Context(), a, o)
	if err != nil || got.Status != want {
		m.t.Fatalf("AddWith(%v, %+v) = %v, %v; want %v", a, o, got.Status, err, want)
	}
	if o.DryRun {
		return
	}
	old := m.articles[a.ID]
	if old != nil && want == Added {
		m.unbury(old)
	}
	switch want {
	case Added, Updated:
		m.entries++
		if old == nil {
			old = &modelled{Article: a}
			if o.Explicit {
				m.unbury(old)
			}
			old.Article = Article{}
			m.articles[a.ID] = old
		}
		m.become(old, next)
		old.given = a
	case Kept:
		old.given = a
	}
}

// unbury takes back that an article is gone, and what it was before.
func (m *model) unbury(old *modelled) {
	for _, a := range append(slices.Clone(old.versions), old.Article) {
		for _, k := range keys(&a) {
			delete(m.gone, k)
		}
	}
}

// bury notes that an article is gone, and what it was before, but for what another is.
func (m *model) bury(old *modelled) {
	for _, a := range append(slices.Clone(old.versions), old.Article) {
		m.gone[a.ID] = true
		for _, k := range keys(&a)[1:] {
			if !m.taken(old.ID, k) {
				m.gone[k] = true
			}
		}
	}
	m.entries++
}

// taken tells whether another article that is there has a link or text.
func (m *model) taken(id, key string) bool {
	for _, other := range m.articles {
		if other.ID != id && other.Removed.IsZero() && slices.Contains(keys(&other.Article), key) {
			return true
		}
	}
	return false
}

// twinned tells whether another article that is there has the link or the text of one.
func (m *model) twinned(a *Article) bool {
	return m.taken(a.ID, a.Body) || a.URL != "" && m.taken(a.ID, a.URL)
}

// become makes a stored article another, which may be the same.
func (m *model) become(old *modelled, next Article) {
	if old.ID != "" && differences(&old.Article, &next) != 0 {
		old.versions = append(old.versions, old.Article)
	}
	old.Article = next
}

// outcome returns what should become of an article, and what it should be then.
func (m *model) outcome(a Article, o AddOptions) (Status, Article) {
	old := m.articles[a.ID]
	says := said(&a, true)
	if old == nil {
		gone := false
		for _, k := range keys(&a) {
			gone = gone || m.gone[k]
		}
		for _, other := range m.articles {
			if other.Body == a.Body || a.URL != "" && other.URL == a.URL {
				if other.Removed.IsZero() {
					return Duplicate, a
				}
				gone = true
			}
		}
		if gone && !o.Explicit {
			return RemovedBefore, a
		}
		if o.Overrule {
			a.Edited = says
		}
		return Added, a
	}
	if !old.Removed.IsZero() && !o.Explicit {
		return RemovedBefore, a
	}
	if old.Removed.IsZero() && !o.Explicit && !o.Overrule && old.given == a {
		return Unchanged, a
	}
	next, kept := old.Article, false
	take := func(f Fields, same bool, set func()) {
		switch {
		case says&f == 0 || same:
		case old.Edited&f != 0 && !o.Overrule:
			kept = true
		default:
			set()
		}
	}
	take(FieldTitle, !next.TitleDerived && next.Title == a.Title, func() { next.Title, next.TitleDerived = a.Title, false })
	take(FieldSource, next.Source == a.Source, func() { next.Source = a.Source })
	take(FieldURL, next.URL == a.URL, func() { next.URL = a.URL })
	take(FieldBody, next.Body == a.Body, func() { next.Body = a.Body })
	if next.TitleDerived {
		next.Title = deriveTitle(next.Body)
	}
	changed := differences(&old.Article, &next) != 0
	if o.Overrule && changed {
		next.Edited |= says
	}
	next.Removed = time.Time{}
	switch {
	case !old.Removed.IsZero() && m.twinned(&next):
		return Duplicate, a
	case !old.Removed.IsZero():
		return Added, next
	case changed:
		return Updated, next
	case kept:
		return Kept, next
	}
	return Unchanged, next
}

func (m *model) edit(id string) {
	to := m.article()
	field := m.r.IntN(4)
	change := func(a *Article) {
		switch field {
		case 0:
			a.Title = to.Title
		case 1:
			a.Source = to.Source
		case 2:
			a.URL = to.URL
		case 3:
			a.Body = to.Body
		}
	}
	_, status, err := m.s.Edit(m.t.Context(), id, func(a *Article) error { change(a); return nil })
	old := m.articles[id]
	if m.refused("Edit", err, ErrNotFound, old == nil || !old.Removed.IsZero()) {
		return
	}
	next := old.Article
	change(&next)
	twinned := next.Body != old.Body && m.taken(id, next.Body) || next.URL != old.URL && next.URL != "" && m.taken(id, next.URL)
	if m.refused("Edit", err, ErrDuplicate, twinned) {
		return
	}
	next.TitleDerived = next.Title == "" || next.TitleDerived && next.Title == old.Title
	if next.TitleDerived {
		next.Title = deriveTitle(next.Body)
	}
	changed := differences(&old.Article, &next)
	if (status == Updated) != (changed != 0) {
		m.t.Fatalf("Edit = %v; %v should change", status, changed)
	}
	if changed != 0 {
		m.entries++
	}
	next.Edited |= changed
	m.become(old, next)
}

// refused checks that what cannot be done was not.
func (m *model) refused(what string, err, with error, want bool) bool {
	if errors.Is(err, with) != want || err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrDuplicate) {
		m.t.Fatalf("%s: %v; want it refused with %v: %v", what, err, with, want)
	}
	return want
}

func (m *model) remove(id string) {
	old := m.articles[id]
	if !m.refused("Remove", m.s.Remove(m.t.Context(), id), ErrNotFound, old == nil || !old.Removed.IsZero()) {
		old.Removed = time.Unix(1, 0)
		m.bury(old)
	}
}

func (m *model) restore(id string) {
	old := m.articles[id]
	err := m.s.Restore(m.t.Context(), id)
	if m.refused("Restore", err, ErrNotFound, old == nil || old.Removed.IsZero()) {
		return
	}
	if !m.refused("Restore", err, ErrDuplicate, m.twinned(&old.Article)) {
		old.Removed = time.Time{}
		m.unbury(old)
		m.entries++
	}
}

func (m *model) purge(id string) {
	old := m.articles[id]
	if !m.refused("Purge", m.s.Purge(m.t.Context(), id), ErrNotFound, old == nil) {
		delete(m.articles, id)
		m.bury(old)
	}
}

// check compares the store with the model.
func (m *model) check() {
	m.t.Helper()
	ctx := m.t.Context()
	visible := 0
	for id, want := range m.articles {
		got, err := m.s.Lookup(ctx, id)
		if err != nil || differences(&got, &want.Article) != 0 || got.Title != want.Title || got.Edited != want.Edited ||
			got.Removed.IsZero() != want.Removed.IsZero() {
			m.t.Fatalf("%s is %+v, %v\nwant %+v", id, got, err, want.Article)
		}
		if want.Removed.IsZero() {
			visible++
		}
		versions, _, err := m.s.Versions(ctx, id, 0)
		if err != nil || len(versions) != len(want.versions) {
			m.t.Fatalf("%s has %d versions, %v; want %d", id, len(versions), err, len(want.versions))
		}
		for i, v := range versions {
			was := want.versions[len(versions)-1-i]
			if v, err = m.s.Version(ctx, id, v.N); err != nil || differences(&v.Article, &was) != 0 || v.Article.Title != was.Title {
				m.t.Fatalf("version %d of %s is %+v; want %+v", i, id, v.Article, was)
			}
		}
	}
	st := mustStats(m.t, m.s)
	if st.Articles != visible || st.Articles+st.Removed != len(m.articles) {
		m.t.Fatalf("%d articles and %d removed; want %d of %d", st.Articles, st.Removed, visible, len(m.articles))
	}
	if list, err := m.s.Audit(ctx, AuditOptions{}); err != nil || len(list) != m.entries {
		m.t.Fatalf("%d entries in the audit, %v; want %d", len(list), err, m.entries)
	}
}

// checkMarks compares the hashes that articles are known by with those of what is stored.
func checkMarks(t *testing.T, s *Store) {
	t.Helper()
	list, err := s.List(t.Context(), ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		a, err := s.Article(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		var address, content []byte
		err = s.reader.QueryRowContext(t.Context(), "SELECT address, content FROM article WHERE id = ?", m.ID).Scan(&address, &content)
		wantAddress, _ := addressHash(&a)
		wantContent := contentHash(a.Body)
		if err != nil || string(content) != string(wantContent[:]) || (a.URL != "" && string(address) != string(wantAddress[:])) ||
			(a.URL == "" && address != nil) {
			t.Errorf("article %s is known by %x and %x, %v", m.ID, address, content, err)
		}
	}
}
