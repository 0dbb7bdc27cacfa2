package suggest

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/figures"
)

// A template is a question of an event, "%" being its name.
type template struct {
	english, arabic string // {v} is the verb that it happens by, {l} "lasted"
	role            figures.Role
}

// templates are the questions of the events of a class, the most wanted first.
var templates = map[class][]template{
	disaster: {
		{"How many people were killed in %?", "كم عدد قتلى %؟", figures.Killed},
		{"What caused %?", "ما سبب %؟", ""},
		{"Where did % happen?", "أين {v} %؟", ""},
		{"When did % happen?", "متى {v} %؟", ""},
		{"How many people were injured in %?", "كم عدد جرحى %؟", figures.Injured},
	},
	meeting: {
		{"Where did % take place?", "أين {v} %؟", ""},
		{"How long did % last?", "كم {l} %؟", ""},
		{"When did % take place?", "متى {v} %؟", ""},
		{"Who attended %?", "من حضر %؟", ""},
	},
	contest: {
		{"Who won %?", "من فاز في %؟", ""},
		{"Where did % take place?", "أين {v} %؟", ""},
		{"When did % take place?", "متى {v} %؟", ""},
	},
	deal: {
		{"What does % say?", "علامَ نصّ %؟", ""},
		{"When was % reached?", "متى {v} %؟", ""},
		{"Where was % reached?", "أين {v} %؟", ""},
	},
	occasion: {
		{"When did % take place?", "متى {v} %؟", ""},
		{"Where did % take place?", "أين {v} %؟", ""},
	},
}

// ofTopics are questions of facts about events.
func (w *workshop) ofTopics(topics []topic) (all []Question) {
	for _, t := range topics {
		for _, p := range templates[t.class] {
			if q, ok := w.fact(w.fill(p, t), t.stems); ok && (p.role == "" || w.tells(p.role)) {
				all = append(all, q)
			}
		}
	}
	return all
}

// fill puts an event into a template.
func (w *workshop) fill(p template, t topic) string {
	if w.Language == text.English {
		return strings.Replace(p.english, "%", t.text, 1)
	}
	form := p.arabic
	if t.head.feminine {
		form = strings.Replace(form, "نصّ", "نصّت", 1)
	}
	return strings.NewReplacer("{v}", t.head.happened(), "{l}", t.head.lasted(), "%", t.text).Replace(form)
}

// tells reports whether a line that is not shown has a number with a word of a role.
func (w *workshop) tells(role figures.Role) bool {
	words := map[string]bool{}
	for _, s := range figures.Stems(role) {
		words[s] = true
	}
	return slices.ContainsFunc(w.lines, func(l line) bool {
		return !l.shown && l.article.Quoted && shares(l.words, words) && slices.ContainsFunc(l.words, func(t text.Term) bool {
			return text.NumberWord(t.Norm) || len(text.Numbers(t.Norm)) > 0
		})
	})
}

// timelines are questions of what happened in the main event.
func (w *workshop) timelines(topics []topic) (all []Question) {
	for _, t := range topics {
		if !t.main {
			continue
		}
		q := "Timeline of " + t.text
		if w.Language == text.Arabic {
			name := "ل" + t.text
			if rest, ok := strings.CutPrefix(t.text, "ال"); ok {
				name = "لل" + rest
			}
			q = "التسلسل الزمني " + name
		}
		all = append(all, Question{Text: q, Article: t.article, form: timelines})
	}
	return all
}
