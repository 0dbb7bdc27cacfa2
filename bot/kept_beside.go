package bot

import (
	"context"
	"errors"
	"io/fs"

	"newsbot/retrieval"
)

// A keptFigures is a disagreement, as it is kept.
type keptFigures []keptFigure

type keptFigure struct {
	Value    float64
	From, To int
	Citation keptCitation
}

func keepFigures(all []retrieval.Disagreement) (kept []keptFigures) {
	for _, d := range all {
		var figures keptFigures
		for _, f := range d.Figures {
			figures = append(figures, keptFigure{f.Value, f.From, f.To, keepCitation(f.Citation)})
		}
		kept = append(kept, figures)
	}
	return kept
}

func keepReports(all []retrieval.Report) (ids []string) {
	for _, r := range all {
		ids = append(ids, r.ArticleID)
	}
	return ids
}

// besides are what an answer has beside its citations, as it is in the collection now.
type besides struct {
	disagreements []retrieval.Disagreement
	reports       []retrieval.Report
	near          *retrieval.Report
}

func (d *Dialogue) besidesOf(ctx context.Context, kept keptAnswer) (b besides, err error) {
	if b.reports, err = d.reportsOf(ctx, kept.Reports); err != nil {
		return besides{}, err
	}
	if kept.Near != "" {
		near, err := d.reportsOf(ctx, []string{kept.Near})
		if err != nil {
			return besides{}, err
		}
		if len(near) > 0 {
			b.near = &near[0]
		}
	}
	for _, k := range kept.Disagreements {
		figures, err := d.figuresOf(ctx, k)
		if err != nil {
			return besides{}, err
		}
		if len(figures) > 1 {
			b.disagreements = append(b.disagreements, retrieval.Disagreement{Figures: figures})
		}
	}
	return b, nil
}

// figuresOf returns those figures that still stand in their articles.
func (d *Dialogue) figuresOf(ctx context.Context, kept keptFigures) (figures []retrieval.Figure, err error) {
	for _, k := range kept {
		s, err := d.sourceOf(ctx, k.Citation)
		if err != nil {
			return nil, err
		}
		if !s.gone {
			figures = append(figures, retrieval.Figure{Citation: s.Citation, Value: k.Value, From: k.From, To: k.To})
		}
	}
	return figures, nil
}

// reportsOf returns those articles that are still there.
func (d *Dialogue) reportsOf(ctx context.Context, ids []string) (reports []retrieval.Report, err error) {
	for _, id := range ids {
		a, err := d.Library.Article(ctx, id)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		reports = append(reports, retrieval.ReportOf(&a))
	}
	return reports, nil
}
