package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"newsbot/retrieval"
)

// report measures every cell, an index for each language of documents, and then
// the mixed ones. Runs and the plot are put into place when all that is done.
func (r *runner) report(ctx context.Context) (*Report, error) {
	out := &Report{Cells: []Cell{}, Typing: r.typing}
	for _, enc := range []retrieval.Encoder{r.Encoders.Strong, r.Encoders.Quick} {
		if enc != nil {
			out.Encoders = append(out.Encoders, enc.ID())
		}
	}
	for _, lang := range r.plan.corpora() {
		cells, err := r.cells(ctx, lang)
		if err != nil {
			return nil, err
		}
		out.Cells = append(out.Cells, cells...)
	}
	if r.Mixed {
		mixed, err := r.mixed(ctx, r.alone)
		if err != nil {
			return nil, err
		}
		out.Mixed = mixed
	}
	if r.Provenance {
		out.Provenance = provenanceOf(r.shown)
	}
	if err := r.plotCells(out.Cells); err != nil {
		return nil, err
	}
	if err := r.runs.commit(); err != nil {
		return nil, err
	}
	return out, r.plot.commit()
}

// cells measures those of one language of documents.
func (r *runner) cells(ctx context.Context, lang string) (_ []Cell, err error) {
	documents := r.plan.documents(lang)
	if len(documents) == 0 {
		return nil, fmt.Errorf("every document in %s is left out", lang)
	}
	x, err := r.indexes.make(ctx, lang, documents)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if r.Provenance {
		x.shown = &r.shown
	}
	var cells []Cell
	for _, c := range r.plan.pairs {
		if c.corpus != lang {
			continue
		}
		m, err := r.measure(ctx, x, c)
		if err != nil {
			return nil, err
		}
		cells = append(cells, r.cell(x, c, m))
		if r.typing == nil {
			continue
		}
		typed, err := r.typed(ctx, x, c, r.alone[c])
		if err != nil {
			return nil, err
		}
		r.typing.add(typed)
	}
	return cells, nil
}

// cell makes figures of what was measured.
func (r *runner) cell(x *index, c pair, m *measurement) Cell {
	out := Cell{QueryLang: c.query, CorpusLang: c.corpus, Documents: x.size, Latency: latency(m.took, m.cached), Run: r.runs.path(c)}
	var all sums
	for i, s := range r.plan.sets {
		if s.Questions[c.query] != nil && s.Documents[c.corpus] != nil {
			out.Sets = append(out.Sets, SetFigures{s.Name, m.sets[i].figures()})
			all.merge(m.sets[i])
		}
	}
	out.Overall = all.figures()
	out.Others = r.othersFigures(m.others)
	out.Calibration = calibration(all.verdicts.kept, slices.Concat(all.verdicts.lost, m.others))
	return out
}
