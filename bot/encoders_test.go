package bot

import "testing"

// TestEncoderState shows administrators the encoder that somebody else runs, in each of its states.
func TestEncoderState(t *testing.T) {
	states := map[string]EncoderState{
		"serves":  {Name: "ollama:bge-m3", Known: true},
		"unknown": {Name: "openai:BAAI/bge-m3", Down: august(20, 8), Reason: "the encoder is not set up rightly: it answers 401 Unauthorized: it refuses the key, or wants one"},
		"down":    {Name: "ollama:bge-m3", Known: true, Down: august(19, 7), Reason: "the encoder gives no vectors: dial tcp: <refused>"},
	}
	for _, lang := range bothLanguages {
		w := newWorld(t)
		w.lang = string(lang)
		for name, state := range states {
			w.Encoder = func() EncoderState { return state }
			golden(t, "html/status-encoder-"+name+"."+string(lang)+".html", show(w.send(admin, "/status")))
			saysAll(t, w.send(admin, "/health"), state.Name, state.Reason)
		}
		saysNot(t, w.send(reader, "/status"), "bge-m3")
	}
}
