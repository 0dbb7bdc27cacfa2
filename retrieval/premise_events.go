package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// eventKinds are kinds of events that are told apart as names are: a report of a fire does
// not tell of a flood. In a row are the words by which a question names one and, behind a
// bar, others by which an article tells of it.
var eventKinds = eventRows(
	`hurricane cyclone typhoon tornado storm إعصار عاصفة|hurricanes storms cyclones typhoons tornadoes gale أعاصير عواصف رياح`,
	`flood floods flooding فيضان فيضانات سيول|flooded deluge torrent torrents inundated سيل طوفان غمرت أغرقت غرق غرقت`,
	`earthquake quake زلزال|earthquakes quakes tremor tremors aftershock seismic زلازل زلزالين هزة هزات`,
	`tsunami تسونامي|`,
	`eruption بركان|volcano volcanoes volcanic erupted براكين بركاني ثوران`,
	`wildfire fire blaze حريق حرائق|wildfires fires blazes burned burnt arson flames نيران احترق احترقت التهمت`,
	`drought جفاف|droughts`,
	`famine مجاعة|famines hunger جوع`,
	`landslide avalanche|landslides mudslide avalanches انهيار انهيارات انزلاق`,
	`crash تحطم|crashed crashes collision collided derailment derailed plunged تحطمت سقوط سقطت اصطدام تصادم اصطدم اصطدمت حادث`,
	`explosion انفجار|explosions blast blasts exploded bombing bomb انفجارات تفجير تفجيرات انفجر انفجرت`,
	`coup انقلاب|coups putsch overthrow overthrown إطاحة أطاح`,
	`referendum استفتاء|plebiscite`,
)

// nobelFields are what the Nobel prizes are given for.
var nobelFields = eventRows(`physics فيزياء|`, `chemistry كيمياء|`, `medicine طب|medical physiology`, `literature أدب|literary`,
	`economics اقتصاد|economic اقتصادية`, `peace سلام|`)

// An eventKind has the words by which a question names a kind of event, normalised, and
// the stems of those by which an article tells of it.
type eventKind struct{ words, stems map[string]bool }

func eventRows(rows ...string) []eventKind {
	all := make([]eventKind, len(rows))
	for i, row := range rows {
		asked, others, _ := strings.Cut(row, "|")
		all[i] = eventKind{set(text.Normalize(asked)), map[string]bool{}}
		for w := range set(text.Normalize(asked + " " + others)) {
			all[i].stems[text.Stem(w)] = true
		}
	}
	return all
}

// presumedEvents returns the kinds of events that a question names.
func (e *Engine) presumedEvents(q *query, terms []text.Term) (taken []presumed) {
	kinds := eventKinds
	if slices.ContainsFunc(terms, func(t text.Term) bool { return t.Norm == "nobel" || t.Norm == "نوبل" }) {
		kinds = nobelFields
	}
	for i := range q.groups {
		g := &q.groups[i]
		for k := range kinds {
			if g.first == g.last && !g.proper && kinds[k].names(terms[g.first].Norm) {
				taken = append(taken, presumed{g.first, g.last, i, func(w *witness) bool {
					return w.says(i) || w.tellsOf(&kinds[k])
				}})
			}
		}
	}
	return taken
}

// names reports whether a word of a question is one of the kind.
func (k *eventKind) names(norm string) bool {
	return k.words[norm] || arabic(norm) && (k.words[withoutClitics(norm)] || k.words[unattached(norm)])
}

// tellsOf reports whether the article has a word of a kind of event, or one it is a part of.
func (w *witness) tellsOf(k *eventKind) bool {
	for s := range k.stems {
		if w.words[s] {
			return true
		}
	}
	for word := range w.words {
		for s := range k.stems {
			if len(s) > 4 && arabic(s) && strings.Contains(word, s) {
				return true
			}
		}
	}
	return false
}
