package pdf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	_ "unsafe" // for go:linkname

	_ "github.com/klippa-app/go-pdfium/webassembly" // has the module
	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// pdfium is PDFium compiled to WebAssembly, as go-pdfium has it built in. Its pool of instances takes what its own
// functions need; these make a dozen calls for every letter, so that PDFium is called from here, see library.go.
//
//go:linkname pdfium github.com/klippa-app/go-pdfium/internal/pdfium_wasm.Module
var pdfium []byte

// memoryPages bounds the memory of the sandbox, in pages of 64 KiB: 256 MiB. A file has 20 MB at most, and its pictures
// are not decoded; what wants more is made to hurt.
const memoryPages = 256 << 20 / (64 << 10)

// A sandbox runs PDFium away from the memory, the files and the network of the process. It serves one file after the
// other; each has an instance of its own, with memory of its own, that is thrown away after.
type sandbox struct {
	turn    chan struct{} // holds a token while a file is read
	runtime wazero.Runtime
	cache   wazero.CompilationCache // nil when there is none
	library wazero.CompiledModule
	loop    wazero.CompiledModule
	workers int // that compile, 0 for as many as there are cores
}

// shared is the sandbox of the process: to compile PDFium takes seconds and some 60 MB, which is paid once, and by
// those alone that read a PDF.
var (
	shared  = &sandbox{turn: make(chan struct{}, 1)}
	started = sync.OnceValue(shared.start)
)

// enter waits until no other file is read, and starts an instance. The caller calls leave when err is nil.
func enter(ctx context.Context) (l *library, leave func(), err error) {
	select {
	case shared.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	ready := make(chan error, 1)
	go func() { ready <- started() }()
	select {
	case err = <-ready:
	case <-ctx.Done(): // it goes on, for the next file
		err = ctx.Err()
	}
	if err == nil {
		l, err = shared.instance(ctx)
	}
	if err != nil {
		<-shared.turn
		return nil, nil, err
	}
	return l, func() {
		l.close()
		<-shared.turn
	}, nil
}

// start compiles PDFium, or finds it compiled in the user's cache folder.
func (s *sandbox) start() error {
	if dir, err := cacheDir(); err == nil {
		if s.compile(dir) == nil {
			return nil
		}
		_ = os.RemoveAll(dir) // what lies there is damaged
	}
	return s.compile("")
}

// compile compiles PDFium and what it needs of its host. Compiled code is kept in dir; "" keeps it nowhere.
func (s *sandbox) compile(dir string) (err error) {
	ctx := context.Background()
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium's setjmp
		WithMemoryLimitPages(memoryPages)
	if dir != "" {
		if s.cache, err = wazero.NewCompilationCacheWithDir(dir); err != nil {
			return err
		}
		config = config.WithCompilationCache(s.cache)
	}
	r := wazero.NewRuntimeWithConfig(ctx, config)
	s.runtime = r
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if _, err = wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return fmt.Errorf("compile PDFium: %w", err)
	}
	workers := cmp.Or(s.workers, runtime.GOMAXPROCS(0))
	module, err := interruptible(pdfium)
	if err != nil {
		return fmt.Errorf("compile PDFium: %w", err)
	}
	if s.library, err = r.CompileModule(experimental.WithCompilationWorkers(ctx, workers), module); err != nil {
		return fmt.Errorf("compile PDFium: %w", err)
	}
	if _, err = imports.Instantiate(ctx, r, s.library); err != nil {
		return fmt.Errorf("compile PDFium: %w", err)
	}
	if s.loop, err = r.CompileModule(ctx, glyphLoop); err != nil {
		return fmt.Errorf("compile the loop over glyphs: %w", err)
	}
	return nil
}

// close frees what was compiled.
func (s *sandbox) close() {
	ctx := context.Background()
	_ = s.runtime.Close(ctx)
	if s.cache != nil {
		_ = s.cache.Close(ctx)
	}
	s.runtime, s.cache = nil, nil
}

// Prepare compiles PDFium into the user's cache folder, unless it lies there, so that the first file of a new version
// does not wait for it. It takes seconds of one core and keeps nothing in memory. Where there is no such folder it does
// nothing, and the first file pays.
func Prepare() error {
	dir, err := cacheDir()
	if err != nil {
		return nil
	}
	s := &sandbox{workers: 1}
	if err := s.compile(dir); err != nil {
		return err // the first file finds out whether the folder is damaged
	}
	s.close()
	return nil
}

// instance starts PDFium with memory of its own. It is given no folder, no input and no output.
func (s *sandbox) instance(ctx context.Context) (l *library, err error) {
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize")
	module, err := s.runtime.InstantiateModule(context.WithoutCancel(ctx), s.library, config)
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	l = &library{ctx: ctx, module: module, memory: module.Memory(), funcs: map[string]api.Function{}}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	own := experimental.WithImportResolver(context.WithoutCancel(ctx), func(name string) api.Module {
		if name == "pdfium" {
			return module
		}
		return nil
	})
	l.loop, err = s.runtime.InstantiateModule(own, s.loop, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, fmt.Errorf("start the loop over glyphs: %w", err)
	}
	var ok bool
	if l.interrupt, ok = module.ExportedGlobal(interruptName).(api.MutableGlobal); !ok {
		return nil, errModule
	}
	if _, err = l.call("FPDF_InitLibrary"); err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	if l.scratch, err = l.alloc(scratchSize); err != nil {
		return nil, err
	}
	l.actualKey, err = l.write([]byte("ActualText\x00"))
	return l, err
}

// cacheDir returns the folder for compiled code, made when it is missing. What lies there is run as it is, so it is
// used only when nobody else may write to it.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "newsbot", "pdfium")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || info.Mode().Perm()&0o022 != 0 || !isOwn(info) {
		return "", errors.New("others may write to the cache folder " + dir)
	}
	return dir, nil
}
