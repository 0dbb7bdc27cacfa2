"""A graph of the shape of multilingual-e5-small for onnxruntime.

Its weights are random, which changes nothing of the time. It is spared what
changes nothing of the comparison: the tokenizer, the mask, the mean at the end,
and most of the vocabulary, of which a text reads a few rows only.
"""

import logging

LAYERS, WIDTH, HEADS, HIDDEN = 12, 384, 12, 1536
HEAD = WIDTH // HEADS
VOCABULARY, POSITIONS = 8192, 512
CONTRIB = "com.microsoft"  # the domain of onnxruntime's own operators


class Graph:
    """Nodes and constants, named by number as they come."""

    def __init__(self):
        import numpy  # here and below: whoever lacks it runs without onnxruntime
        self.numpy = numpy
        self.random = numpy.random.default_rng(1)
        self.nodes, self.constants = [], []

    def constant(self, value, dtype="float32"):
        from onnx import numpy_helper
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(self.numpy.asarray(value, dtype), name))
        return name

    def weights(self, *shape):
        return self.constant(self.random.standard_normal(shape) * 0.04)

    def op(self, kind, *inputs, **attributes):
        from onnx import helper
        name = f"node{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def linear(self, x, inputs, outputs):
        return self.op("Add", self.op("MatMul", x, self.weights(inputs, outputs)), self.weights(outputs))

    def norm(self, x):
        gain = self.constant([1] * WIDTH)
        return self.op("LayerNormalization", x, gain, self.weights(WIDTH), epsilon=1e-12)

    def embeddings(self):
        pieces = self.op("Gather", self.weights(VOCABULARY, WIDTH), "ids")
        positions = self.op("Gather", self.weights(POSITIONS, WIDTH), "positions")
        return self.norm(self.op("Add", pieces, positions))

    def save(self, path, output):
        import onnx
        from onnx import helper
        ids = [helper.make_tensor_value_info(n, onnx.TensorProto.INT64, ["texts", "tokens"])
               for n in ("ids", "positions")]
        out = helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, ["texts", "tokens", WIDTH])
        model = helper.make_model(
            helper.make_graph(self.nodes, "bert", ids, [out], self.constants),
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)], ir_version=8)
        onnx.save(model, path)


def attention(g, x):
    """Self-attention in the operators of an export."""
    split = g.constant([0, 0, HEADS, HEAD], "int64")
    query, key, value = (g.op("Reshape", g.linear(x, WIDTH, WIDTH), split) for _ in range(3))
    scores = g.op("MatMul", g.op("Transpose", query, perm=[0, 2, 1, 3]), g.op("Transpose", key, perm=[0, 2, 3, 1]))
    shares = g.op("Softmax", g.op("Div", scores, g.constant(HEAD ** 0.5)), axis=-1)
    gathered = g.op("MatMul", shares, g.op("Transpose", value, perm=[0, 2, 1, 3]))
    merged = g.op("Reshape", g.op("Transpose", gathered, perm=[0, 2, 1, 3]), g.constant([0, 0, WIDTH], "int64"))
    return g.linear(merged, WIDTH, WIDTH)


def gelu(g, x):
    erf = g.op("Erf", g.op("Div", x, g.constant(2 ** 0.5)))
    return g.op("Mul", g.op("Mul", x, g.op("Add", erf, g.constant(1))), g.constant(0.5))


def exported(folder):
    """The quantised graph in the operators that exporters write."""
    g = Graph()
    x = g.embeddings()
    for _ in range(LAYERS):
        x = g.norm(g.op("Add", attention(g, x), x))
        x = g.norm(g.op("Add", g.linear(gelu(g, g.linear(x, WIDTH, HIDDEN)), HIDDEN, WIDTH), x))
    return quantised(g, x, folder / "exported.onnx")


def skip_norm(g, x, skip):
    return g.op("SkipLayerNormalization", x, skip, g.constant([1] * WIDTH), g.weights(WIDTH), g.weights(WIDTH),
                domain=CONTRIB, epsilon=1e-12)


def fused(folder):
    """The quantised graph in onnxruntime's own operators, as its optimiser of
    transformers leaves them."""
    g = Graph()
    x = g.embeddings()
    for _ in range(LAYERS):
        y = g.op("Attention", x, g.weights(WIDTH, 3 * WIDTH), g.weights(3 * WIDTH), domain=CONTRIB, num_heads=HEADS)
        x = skip_norm(g, g.op("MatMul", y, g.weights(WIDTH, WIDTH)), x)
        y = g.op("BiasGelu", g.op("MatMul", x, g.weights(WIDTH, HIDDEN)), g.weights(HIDDEN), domain=CONTRIB)
        x = skip_norm(g, g.op("MatMul", y, g.weights(HIDDEN, WIDTH)), x)
    return quantised(g, x, folder / "fused.onnx")


def quantised(g, output, path):
    """Save the graph with signed 8-bit weights, the fastest kind on AVX-512."""
    from onnx import TensorProto
    from onnxruntime import quantization
    g.save(path, output)
    logging.disable(logging.WARNING)  # it recommends a step that this graph does not need
    small = path.with_suffix(".int8.onnx")
    quantization.quantize_dynamic(
        path, small, weight_type=quantization.QuantType.QInt8, op_types_to_quantize=["MatMul", "Attention"],
        extra_options={"DefaultTensorType": TensorProto.FLOAT})
    return small


def session(path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def inputs(tokens):
    """One text of so many tokens."""
    import numpy
    positions = numpy.arange(tokens, dtype=numpy.int64)[None]
    return {"ids": positions + 100, "positions": positions}
