package bot

// An Outside is somebody to whom what people ask is sent.
type Outside struct {
	Host  string // as in "localhost:11434"
	Model string
	// Writes says that it writes answers, from questions and passages; else it encodes both.
	Writes bool
}

// privacyOutside says to whom questions and passages are sent, and what for; nothing when they are sent to nobody.
func (t turn) privacyOutside(d *Document) {
	if len(t.Outside) == 0 {
		return
	}
	lines := []line{heading(say(t.lang, keyPrivacyOutside))}
	for _, o := range t.Outside {
		k := keyPrivacyEncodes
		if o.Writes {
			k = keyPrivacyWrites
		}
		l := sentenceAround(t.lang, k, o.Host, o.Model)
		l.spans[0].text = "• " + l.spans[0].text
		lines = append(lines, l)
	}
	d.add(append(lines, sentence(say(t.lang, keyPrivacyTheirs)))...)
}

// privacyShared is what is said of who is told what beside the person.
func (t turn) privacyShared() key {
	if len(t.Outside) > 0 {
		return keyPrivacySharedToo
	}
	return keyPrivacyShared
}

// outsideStatus names the models that write answers, for administrators.
func (t turn) outsideStatus() (lines []line) {
	for _, o := range t.Outside {
		if o.Writes {
			lines = append(lines, sentenceAround(t.lang, keyStatusWriter, o.Model, o.Host))
		}
	}
	return lines
}
