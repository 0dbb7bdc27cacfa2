package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

const (
	defaultEnvFile = ".env"
	// maxEnvFile and maxSecret bound the files that are read, in bytes.
	maxEnvFile = 1 << 20
	maxSecret  = 16 << 10
)

// settings are the places that say something: the flag -data wins over the
// environment, and that over the env file. An environment variable that is set
// but empty wins too, and means the default: so a setting of the file can be
// taken back.
type settings struct {
	lookup  func(string) (string, bool) // the environment
	dataDir string                      // of the flag -data; "" when it is not given
	file    string                      // the env file
	inFile  map[string]string           // nil when there is no env file
}

// A value is what a setting says and where it is from.
type value struct {
	setting
	text string // without white space around it; "" for none
	from string
	err  error // what kept it from being read
}

// readSettings reads an env file. file is "" for the default one, which need
// not exist.
func (m *Main) readSettings(file, dataDir string) (settings, error) {
	s := settings{lookup: m.LookupEnv, dataDir: dataDir, file: file}
	if file == "" {
		s.file = defaultEnvFile
	}
	var err error
	s.inFile, err = readEnvFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		if file == "" {
			return s, nil
		}
		return s, withHint(fmt.Errorf("there is no env file %s", file), "leave -env out to use %s when it exists", defaultEnvFile)
	}
	return s, err
}

// readEnvFile reads lines NAME=value. What the parser says of a line that is
// none is kept back: it quotes the file, with the secrets in it.
func readEnvFile(name string) (map[string]string, error) {
	data, err := readSmall(name, maxEnvFile)
	if err != nil {
		return nil, fmt.Errorf("reading env file %s: %w", name, err)
	}
	values, err := godotenv.UnmarshalBytes(bytes.TrimPrefix(data, []byte("\uFEFF")))
	if err != nil {
		return nil, withHint(fmt.Errorf("reading env file %s: some line is no setting", name), "each line is NAME=value")
	}
	return values, nil
}

// readSmall reads a file of at most limit bytes.
func readSmall(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, cause(err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("it is larger than %d bytes", limit)
	}
	return data, nil
}

// cause is an error without the name of the file, which its caller gives.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// values returns what every setting says, and after each secret what names its
// file.
func (s settings) values() []value {
	var list []value
	for _, st := range table() {
		if !st.secret {
			list = append(list, s.find(st))
			continue
		}
		file := s.find(setting{name: st.name + fileSuffix})
		list = append(list, s.secret(st, file), file)
	}
	return list
}

// find looks a setting up.
func (s settings) find(st setting) value {
	v := value{setting: st, text: st.fallback, from: "default"}
	if st.name == settingDataDir && s.dataDir != "" {
		v.text, v.from = s.dataDir, "flag -data"
		return v
	}
	if text, ok := s.lookup(st.name); ok {
		if text = strings.TrimSpace(text); text != "" {
			v.text, v.from = text, "environment"
			return v
		}
		v.from = "default (empty in the environment)"
		return v
	}
	if text := strings.TrimSpace(s.inFile[st.name]); text != "" {
		v.text, v.from = text, "file "+s.file
	}
	return v
}

// secret looks a secret up, itself and in the file that another setting names.
func (s settings) secret(st setting, file value) value {
	v := s.find(st)
	if file.text == "" {
		return v
	}
	if v.text != "" {
		v.err = withHint(fmt.Errorf("both %s (%s) and %s (%s) are set", v.name, v.from, file.name, file.from), "leave one of them out")
		return v
	}
	v.from = file.name
	data, err := readSmall(file.text, maxSecret)
	v.text = strings.TrimSpace(string(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	switch {
	case err != nil:
		v.err = withHint(fmt.Errorf("%s: reading %s: %w", file.name, hidden(file.text), err), "it names a file that holds the secret and nothing else")
	case v.text == "":
		v.err = withHint(fmt.Errorf("%s: %s is empty", file.name, hidden(file.text)), "put the secret into it")
	}
	return v
}

// folder is the data folder, which cannot be wrong as a setting.
func (s settings) folder() string {
	return s.find(setting{name: settingDataDir, fallback: defaultDataDir}).text
}

// hasToken tells whether there is a bot token, be it a wrong one. It opens no
// file.
func (s settings) hasToken() bool {
	return s.find(setting{name: settingToken}).text != "" || s.find(setting{name: settingToken + fileSuffix}).text != ""
}

// shown is the value as others may see it.
func (v value) shown() string {
	switch {
	case v.secret && v.err != nil:
		return "unusable"
	case v.text == "":
		return "not set"
	case v.secret, (v.name == settingAPI || v.name == settingEmbedderURL) && strings.ContainsAny(v.text, "@?"):
		return "set, hidden"
	case v.name == settingModelURL && strings.ContainsAny(v.text, "@?#"):
		return "set, hidden"
	case v.prose:
		return beginning(oneLine(hidden(v.text)))
	}
	return oneLine(hidden(v.text))
}

// maxShown is how many characters of a text are shown among the settings.
const maxShown = 40

// beginning is a text without what is too long to be shown.
func beginning(s string) string {
	if r := []rune(s); len(r) > maxShown {
		return strings.TrimSpace(string(r[:maxShown-1])) + "…"
	}
	return s
}
