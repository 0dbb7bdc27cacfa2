package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

const (
	// mostUploaded is how many articles one event may bring, and as many may fail. They
	// are taken in at some hundred a second, and somebody waits for the reply; archives
	// that hold more are for newsbot import.
	mostUploaded = 5000
	// batchArticles and batchBytes bound what is taken in with one commit, and is in
	// memory until then.
	batchArticles = 50
	batchBytes    = 2 << 20
)

// An intake takes in the articles of an event's files. What it will have added is in
// the journal before it is added, so that an event that is handled again knows it from
// what was there.
type intake struct {
	turn
	files int      // that were sent
	first *arrival // until there is another

	record journal.Change
	kept   several
	before map[string]bool // the IDs of kept.Added; nil until there is a record
	fresh  []string        // those of them that were promised last
	batch  []arrival
	bytes  int // of its texts

	taken    int // articles, and what is none
	count    map[corpus.Status]int
	reported map[string]bool  // IDs of those that were added
	named    []corpus.Outcome // the first of those that are there now, without their texts
	failed   int
	problems []arrival // the first of those that are not, without their texts
	unread   int       // of these, the files that were not looked at
	notes    notes
}

// notes are what people should know of what was taken in.
type notes struct {
	other  files.Kind      // of a file whose name says another
	left   []source.Unread // what of a caption was not understood
	words  []source.Unread // what came with a file that was forwarded
	future bool            // a caption has a date that is still to come
	ofOne  bool            // a caption has what only one article can have
	filled bool            // a caption stands for all that do not say otherwise
	kept   bool            // an article that was there says otherwise than its caption
	full   bool            // there were more than are taken
	broken error           // that has ended the intake
}

// take takes in one article. The first waits until it is known whether it is the only
// one.
func (in *intake) take(ctx context.Context, a arrival) error {
	if in.taken == 0 && in.first == nil && in.files == 1 {
		in.first = &a
		return nil
	}
	if first := in.first; first != nil {
		in.first = nil
		if err := in.put(ctx, *first); err != nil {
			return err
		}
	}
	return in.put(ctx, a)
}

// put takes in one article of several.
func (in *intake) put(ctx context.Context, a arrival) error {
	if in.taken == mostUploaded {
		in.notes.full = true
	}
	if in.isOver() {
		return nil
	}
	in.taken++
	in.notes.add(a)
	if a.err == nil {
		a.err = in.prepare(&a)
	}
	if a.err != nil {
		in.fail(a)
		return nil
	}
	in.batch = append(in.batch, a)
	in.bytes += len(a.article.Body)
	if len(in.batch) < batchArticles && in.bytes < batchBytes {
		return nil
	}
	return in.flush(ctx)
}

// add notes what an arrival says besides the article.
func (n *notes) add(a arrival) {
	n.other = cmp.Or(n.other, a.other)
	if n.left == nil {
		n.left = a.caption.left
	}
	if n.words == nil {
		n.words = a.caption.foreign
	}
	n.future = n.future || a.caption.future
	if a.caption.shared || !a.alone {
		n.ofOne = n.ofOne || a.caption.ofOne()
	}
}

// prepare makes an article ready: with what its caption says, and with the ID that it
// will have.
func (in *intake) prepare(a *arrival) error {
	given := a.origin.fill(a.caption.apply(a.article, a.alone), a.alone)
	if !a.byID {
		given.ID = ""
	}
	if articleID.FindString(given.ID) != given.ID {
		return badID(given.ID)
	}
	ready, err := corpus.Prepare(given)
	if err != nil {
		return err
	}
	if corpus.CountWords(ready.Body) < FewestWords {
		return errShort
	}
	a.article, a.id = given, cmp.Or(given.ID, ready.ID)
	return nil
}

// A badID is the error of an article whose file gives it an ID that cannot be.
type badID string

func (e badID) Error() string { return fmt.Sprintf("the ID %.40q cannot be", string(e)) }

// errShort is the error of an article that is so short that it is a slip.
var errShort = errors.New("too short")

// fail counts what is not taken in.
func (in *intake) fail(a arrival) {
	in.failed++
	a.article = corpus.Article{}
	if len(in.problems) < mostNamed {
		in.problems = append(in.problems, a)
	}
}

// store takes in what is waiting, with one commit.
func (in *intake) store(ctx context.Context) error {
	if err := in.announce(ctx); err != nil {
		return err
	}
	articles := make([]corpus.Article, len(in.batch))
	for i, a := range in.batch {
		articles[i] = a.article
	}
	outcomes, err := in.Editor.AddAll(ctx, articles, uploadOptions)
	if err != nil {
		return err
	}
	updated, retracted := len(in.kept.Updated), in.retractAll(outcomes)
	for i, o := range outcomes {
		err = errors.Join(err, in.settle(ctx, in.batch[i], o))
	}
	clear(in.batch) // the texts
	in.batch, in.bytes = in.batch[:0], 0
	if len(in.kept.Updated) > updated || retracted {
		err = errors.Join(err, in.noteSeveral(ctx, in.record, in.kept))
	}
	return err
}

// retractAll takes back, of what was promised last, what this event has not added: somebody else has meanwhile, and Undo is
// not to remove it. It reports whether there was any.
func (in *intake) retractAll(outcomes []corpus.Outcome) bool {
	added := map[string]bool{}
	for i, o := range outcomes {
		added[in.batch[i].id] = added[in.batch[i].id] || o.Err == nil && o.Article.ID == in.batch[i].id && !isThere(o.Status)
	}
	gone := func(id string) bool { return !added[id] && slices.Contains(in.fresh, id) }
	kept := len(in.kept.Added)
	in.kept.Added = slices.DeleteFunc(in.kept.Added, gone)
	for _, id := range in.fresh {
		if gone(id) {
			delete(in.before, id)
		}
	}
	return len(in.kept.Added) < kept
}

// uploadOptions say how the articles of files are taken in: whoever sends them wants
// them, and what was set by hand stays.
var uploadOptions = corpus.AddOptions{Explicit: true, KeepIDs: true}

// announce keeps in the journal which articles are about to be added.
func (in *intake) announce(ctx context.Context) error {
	first := in.before == nil
	if first {
		if err := in.begin(ctx); err != nil {
			return err
		}
	}
	in.fresh = nil
	for _, a := range in.batch {
		was, err := in.stored(ctx, a.id)
		if err != nil {
			return err
		}
		if isHidden(was) && !in.before[a.id] {
			in.before[a.id], in.fresh = true, append(in.fresh, a.id)
			in.kept.Added = append(in.kept.Added, a.id)
		}
	}
	if len(in.fresh) == 0 {
		return nil
	}
	return in.noteSeveral(ctx, in.record, in.kept)
}

// begin keeps a change of articles that are not known yet. When the event is handled
// again it is the one that was kept first, with those that are.
func (in *intake) begin(ctx context.Context) (err error) {
	in.before, in.count, in.reported = map[string]bool{}, map[corpus.Status]int{}, map[string]bool{}
	in.record, err = in.Journal.ChangeOf(ctx, in.ID)
	if err == nil && !strings.HasPrefix(in.record.Article, severalChange) {
		err = in.generalize(ctx)
	}
	if errors.Is(err, journal.ErrNotFound) {
		in.kept.Summary = true
		in.kept, in.record, err = in.keepSeveral(ctx, in.kept)
	}
	if err != nil {
		return err
	}
	in.kept, err = readSeveral(in.record)
	for _, id := range in.kept.Added {
		in.before[id] = true
	}
	return err
}

// generalize makes a change of several articles out of that of the only one that there
// was when the event was handled first. The error is [journal.ErrNotFound] then: it is
// to be kept.
func (in *intake) generalize(ctx context.Context) error {
	was, err := before(in.record)
	if err != nil {
		return err
	}
	if was.wasHidden() {
		in.kept.Added = []string{in.record.Article}
	}
	if err := in.Journal.DropChange(ctx, in.record.Key); err != nil {
		return err
	}
	return journal.ErrNotFound
}

// settle counts what has become of an article, and remembers what it was.
func (in *intake) settle(ctx context.Context, a arrival, o corpus.Outcome) error {
	fresh := in.before[o.Article.ID]
	var err error
	if o.Err == nil && isThere(o.Status) && !fresh {
		o, err = in.complete(ctx, a, o)
	}
	if o.Err == nil && o.Status == corpus.Updated && !fresh {
		err = errors.Join(err, in.noteUpdated(ctx, o.Article.ID))
	}
	_, known := in.kept.Updated[o.Article.ID]
	if o.Err == nil && o.Status == corpus.Unchanged && in.Again && known && !fresh {
		o.Status = corpus.Updated
	}
	in.account(a, o)
	taken := o.Err == nil && (o.Status == corpus.Added || o.Status == corpus.Updated || fresh)
	in.notes.filled = in.notes.filled || taken && a.caption.fills() && (a.caption.shared || !a.alone)
	return err
}

// account counts what has become of an article.
func (in *intake) account(a arrival, o corpus.Outcome) {
	if o.Err != nil {
		a.err = o.Err
		in.fail(a)
		return
	}
	if o.Status == corpus.Unchanged && in.Again && in.before[o.Article.ID] && !in.reported[o.Article.ID] {
		o.Status = corpus.Added
	}
	if o.Status == corpus.Added {
		in.reported[o.Article.ID] = true
	}
	in.count[o.Status]++
	in.name(o)
}

// name keeps an article among those that are named. New ones are worth more than
// others.
func (in *intake) name(o corpus.Outcome) {
	o.Article.Body = ""
	if len(in.named) < mostNamed {
		in.named = append(in.named, o)
		return
	}
	known := slices.IndexFunc(in.named, func(o corpus.Outcome) bool { return o.Status != corpus.Added })
	if o.Status == corpus.Added && known >= 0 {
		in.named = append(slices.Delete(in.named, known, known+1), o)
	}
}

// recall counts what was added when the event was handled first, and has not come
// again: a download may fail that did not then.
func (in *intake) recall(ctx context.Context) error {
	if !in.Again {
		return nil
	}
	if in.before == nil {
		if err := in.begin(ctx); err != nil {
			return err
		}
	}
	for _, id := range in.kept.Added {
		if in.reported[id] {
			continue
		}
		a, err := in.stored(ctx, id)
		if err != nil {
			return err
		}
		if !isHidden(a) {
			in.account(arrival{}, corpus.Outcome{Article: *a, Status: corpus.Added})
		}
	}
	return nil
}

// done takes in what is left and says what has become of everything.
func (in *intake) done(ctx context.Context) (Reply, error) {
	if in.first != nil {
		r, done, err := in.addAlone(ctx, *in.first)
		if done || err != nil {
			return r, err
		}
		if err := in.put(ctx, *in.first); err != nil {
			return Reply{}, err
		}
	}
	err := in.flush(ctx)
	if err == nil {
		err = in.recall(ctx)
	}
	if err != nil && in.notes.broken == nil { // of that it is said enough
		return Reply{}, err
	}
	d := in.summary()
	err = nil
	switch {
	case in.count[corpus.Added] > 0 || len(in.kept.Updated) > 0:
		return send(d, []Button{in.undoButton(in.record.Key)}), nil
	case in.record.Key != "" && in.notes.broken == nil:
		err = in.Journal.DropChange(ctx, in.record.Key)
	}
	return send(d), err
}

// addAlone adds the only article and shows it. done is false when it was one of several
// when the event was handled first.
func (in *intake) addAlone(ctx context.Context, a arrival) (r Reply, done bool, err error) {
	if in.Again {
		c, err := in.Journal.ChangeOf(ctx, in.ID)
		switch {
		case errors.Is(err, journal.ErrNotFound):
		case err != nil || strings.HasPrefix(c.Article, severalChange):
			return Reply{}, false, err
		case a.err != nil: // it may have been there the first time
			if r, done, err := in.addedBefore(ctx, c.Article); done || err != nil {
				return r, true, err
			}
		}
	}
	if a.err == nil {
		a.err = in.prepare(&a)
	}
	if a.err != nil {
		d := Document{language: in.lang}
		d.say(keyUploadRefused)
		d.add(in.problem(a)...)
		return send(d), true, nil
	}
	was, err := in.stored(ctx, a.id)
	if err != nil {
		return Reply{}, true, err
	}
	c, err := in.keepChange(ctx, a.id, was)
	if err != nil {
		return Reply{}, true, err
	}
	o, err := in.Editor.Add(ctx, a.article, uploadOptions)
	if err != nil {
		return Reply{}, true, err
	}
	if isThere(o.Status) {
		if o, c, err = in.completeAlone(ctx, a, o, c); err != nil {
			return Reply{}, true, err
		}
	}
	if r, err = in.acknowledge(ctx, o, c, a.rejected); err == nil {
		in.notes.add(a)
		in.notes.say(&r.Messages[0].Document)
	}
	return r, true, err
}

// noteSeveral keeps what is known of a change by now.
func (t turn) noteSeveral(ctx context.Context, c journal.Change, s several) error {
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keeping a change of articles: %w", err)
	}
	return t.Journal.NoteChange(ctx, c.Key, data)
}
