package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
)

// seats are states with what stands for them in the news: who asks what the United States
// said finds what Washington did.
var seats = [...]string{
	"United States|Washington|White House|Pentagon", "Russia|Moscow|Kremlin", "China|Beijing", "United Kingdom|London|England|Downing Street",
	"France|Paris|Elysee", "Germany|Berlin", "Italy|Rome", "Spain|Madrid", "Ukraine|Kyiv", "Turkey|Ankara", "Iran|Tehran", "Iraq|Baghdad",
	"Syria|Damascus", "Lebanon|Beirut", "Jordan|Amman", "Egypt|Cairo", "Saudi Arabia|Riyadh", "Qatar|Doha", "United Arab Emirates|Abu Dhabi|Dubai",
	"Kuwait|Kuwait City", "Bahrain|Manama", "Oman|Muscat", "Yemen|Sanaa", "Libya|Tripoli", "Tunisia|Tunis", "Algeria|Algiers", "Morocco|Rabat",
	"Sudan|Khartoum", "Ethiopia|Addis Ababa", "Somalia|Mogadishu", "Kenya|Nairobi", "Nigeria|Abuja", "South Africa|Pretoria", "India|New Delhi",
	"Pakistan|Islamabad", "Afghanistan|Kabul", "Japan|Tokyo", "South Korea|Seoul", "North Korea|Pyongyang", "Taiwan|Taipei", "Indonesia|Jakarta",
	"Malaysia|Kuala Lumpur", "Thailand|Bangkok", "Vietnam|Hanoi", "Philippines|Manila", "Australia|Canberra", "Canada|Ottawa", "Mexico|Mexico City",
	"Brazil|Brasilia", "Argentina|Buenos Aires", "Venezuela|Caracas", "Colombia|Bogota", "Cuba|Havana", "Israel|Tel Aviv|Jerusalem",
	"Greece|Athens", "Cyprus|Nicosia", "Poland|Warsaw", "Hungary|Budapest", "Austria|Vienna", "Sweden|Stockholm", "Norway|Oslo", "Finland|Helsinki",
	"Denmark|Copenhagen", "Netherlands|The Hague", "Belgium|Brussels", "European Union|Brussels", "Portugal|Lisbon", "Ireland|Dublin",
	"Switzerland|Bern", "Serbia|Belgrade", "Georgia|Tbilisi", "Armenia|Yerevan", "Azerbaijan|Baku", "Vatican|Holy See",
}

// holdsSeat reports whether the article has another name for the state that a name of the
// question stands for.
func (w *witness) holdsSeat(g *group) bool {
	for _, row := range seats {
		names := strings.Split(row, "|")
		if !slices.ContainsFunc(names, g.saidAs) {
			continue
		}
		for _, name := range names {
			if w.hasListed(name) {
				return true
			}
		}
	}
	return false
}

// saidAs reports whether a name is one of the ways to say a group.
func (g *group) saidAs(name string) bool {
	words := strings.Fields(text.Normalize(name))
	for i := range words {
		words[i] = text.Stem(words[i])
	}
	return slices.ContainsFunc(g.alternatives, func(a alternative) bool { return !a.summed && slices.Equal(a.stems, words) })
}

// hasListed reports whether the article has a name in any way that the lexicon lists.
func (w *witness) hasListed(name string) bool {
	for _, g := range w.engine.lexicon.Load().Groups(w.engine.analyzer.Terms(name)) {
		for _, a := range slices.Concat(g.Alternatives, g.Kin) {
			if all(w.words, a.Stems) {
				return true
			}
		}
	}
	return false
}
