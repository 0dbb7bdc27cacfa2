// Package schema holds JSON Schemas of the Bot API that were made from types
// published by others (see README.md), so that what the server of telegramtest
// accepts and sends is judged by somebody else's reading of the API too.
package schema

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What generate.sh makes.
var (
	//go:embed params.schema.json
	paramsJSON []byte
	//go:embed update.schema.json
	updateJSON []byte
)

// Request says what is wrong with the parameters of a method, nil for nothing.
// Parameters are as JSON decodes them, with int64 for whole numbers; a text that
// is formatted is the text that people see, since its length counts after
// parsing.
func Request(method string, params map[string]any) error {
	if len(params) == 0 && parameterless[method] {
		return nil
	}
	name := []rune(method)
	name[0] = unicode.ToUpper(name[0])
	return paramsFile.check(string(name)+"Params", params)
}

// parameterless are methods that the schema does not know, since there is nothing
// to say about their parameters.
var parameterless = map[string]bool{"getMe": true, "getWebhookInfo": true}

// Update says what is wrong with the JSON of an update, nil for nothing.
func Update(raw []byte) error { return Object("TelegramUpdate", raw) }

// Object says what is wrong with the JSON of an object that an update may hold,
// such as a "TelegramMessage".
func Object(kind string, raw []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("decode a %s: %w", kind, err)
	}
	return updateFile.check(kind, v)
}

// A file is a schema with the definitions compiled so far, of which a process
// needs few.
type file struct {
	name   string
	source []byte

	mu       sync.Mutex
	compiler *jsonschema.Compiler // nil before the first definition
	compiled map[string]*jsonschema.Schema
}

var (
	paramsFile = &file{name: "params.schema.json", source: paramsJSON}
	updateFile = &file{name: "update.schema.json", source: updateJSON}
)

func (f *file) check(definition string, v any) error {
	s, err := f.definition(definition)
	if err != nil {
		return err
	}
	if err := s.Validate(v); err != nil {
		return fmt.Errorf("%s: %s", definition, brief(err))
	}
	return nil
}

func (f *file) definition(name string) (*jsonschema.Schema, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s, ok := f.compiled[name]; ok {
		return s, nil
	}
	if err := f.load(); err != nil {
		return nil, fmt.Errorf("load %s: %w", f.name, err)
	}
	s, err := f.compiler.Compile(f.name + "#/definitions/" + name)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", name, err)
	}
	f.compiled[name] = s
	return s, nil
}

// load makes the compiler of a file.
func (f *file) load() error {
	if f.compiler != nil {
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.source))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	for _, format := range byteFormats(f.source) {
		c.RegisterFormat(format)
	}
	if err := c.AddResource(f.name, doc); err != nil {
		return err
	}
	f.compiler, f.compiled = c, map[string]*jsonschema.Schema{}
	return nil
}

var byteFormat = regexp.MustCompile(`"format":"((\d+)-(\d+) bytes)"`)

// byteFormats are the formats that count bytes, such as "1-64 bytes": JSON Schema
// itself counts characters only.
func byteFormats(source []byte) []*jsonschema.Format {
	found := map[string]*jsonschema.Format{}
	for _, m := range byteFormat.FindAllSubmatch(source, -1) {
		least, _ := strconv.Atoi(string(m[2])) // digits
		most, _ := strconv.Atoi(string(m[3]))
		found[string(m[1])] = &jsonschema.Format{Name: string(m[1]), Validate: func(v any) error {
			if s, ok := v.(string); ok && (len(s) < least || len(s) > most) {
				return fmt.Errorf("%d bytes", len(s))
			}
			return nil
		}}
	}
	out := make([]*jsonschema.Format, 0, len(found))
	for f := range maps.Values(found) {
		out = append(out, f)
	}
	return out
}

// maxBrief keeps a line of a test's log readable.
const maxBrief = 600

// brief is a validator's report on one line.
func brief(err error) string {
	s := strings.Join(strings.Fields(err.Error()), " ")
	if _, rest, ok := strings.Cut(s, " - "); ok {
		s = rest // without the name of the schema
	}
	if len(s) > maxBrief {
		s = strings.ToValidUTF8(s[:maxBrief], "") + "…"
	}
	return s
}
