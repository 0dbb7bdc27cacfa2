package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/joho/godotenv"
)

const (
	defaultEnvFile = ".env"
	defaultDataDir = "data"
)

// A config is what the environment and the global flags say. It is read once
// and handed down as values.
type config struct {
	dataDir string // holds the collection
	token   string // of the Telegram bot; "" for none
}

// readConfig reads the environment, completed by an env file. file is "" for
// the default one, which need not exist. The real environment always wins, and
// the flag -data (dataDir unless "") over both.
func (m *Main) readConfig(file, dataDir string) (config, error) {
	fromFile, err := readEnvFile(file)
	if err != nil {
		return config{}, err
	}
	lookup := func(name string) string {
		if v, ok := m.LookupEnv(name); ok {
			return v
		}
		return fromFile[name]
	}
	c := config{dataDir: dataDir, token: lookup("TELEGRAM_BOT_TOKEN")}
	if c.dataDir == "" {
		c.dataDir = lookup("DATA_DIR")
	}
	if c.dataDir == "" {
		c.dataDir = defaultDataDir
	}
	return c, nil
}

func readEnvFile(file string) (map[string]string, error) {
	name := file
	if name == "" {
		name = defaultEnvFile
	}
	values, err := godotenv.Read(name)
	if file == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, withHint(fmt.Errorf("there is no env file %s", name), "leave -env out to use %s when it exists", defaultEnvFile)
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("reading env file %s: %w", name, err), "each line is NAME=value")
	}
	return values, nil
}
