package bot

import "time"

// An EncoderState is how an encoder is that somebody else runs. Nobody who asks sees more of one that does not answer than
// that less is found.
type EncoderState struct {
	Name string // as it is set, as in "ollama:bge-m3"
	// Known says that it has answered once, and is used or is going to be when all is encoded with it.
	Known bool
	// Down is since when it does not answer, and Reason why, in a few English words; zero when it does.
	Down   time.Time
	Reason string
}

// The texts of the encoder that somebody else runs.
const (
	keyStatusEncoder        key = "status_encoder"
	keyStatusEncoderUnknown key = "status_encoder_unknown"
	keyStatusEncoderDown    key = "status_encoder_down"
	keyStatusEncoderReason  key = "status_encoder_reason"
	keyStatusEncoderMeans   key = "status_encoder_meanwhile"
)

// encoderLines tell administrators of the encoder that somebody else runs.
func (t turn) encoderLines() []line {
	if t.Encoder == nil {
		return nil
	}
	e := t.Encoder()
	lines := []line{{spans: []span{{text: say(t.lang, keyStatusEncoder)}, {role: roleCode, text: e.Name}}}}
	if e.Reason != "" {
		down := line{spans: append([]span{{text: say(t.lang, keyStatusEncoderDown)}}, moment(e.Down, t.lang)...)}
		why := line{spans: []span{{text: say(t.lang, keyStatusEncoderReason)}, {role: roleCode, text: e.Reason}}}
		lines = append(lines, down, why)
	}
	switch {
	case !e.Known:
		lines = append(lines, sentence(say(t.lang, keyStatusEncoderUnknown)))
	case e.Reason != "":
		lines = append(lines, sentence(say(t.lang, keyStatusEncoderMeans)))
	}
	return lines
}
