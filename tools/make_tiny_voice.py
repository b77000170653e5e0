"""Make the voice that the tests of the piper engine speak with: 1.5 kB, a tone for each letter.

    python tools/make_tiny_voice.py tests/speech/voices

Needs ``onnx``. The model has the inputs and outputs of a real Piper voice: each phoneme lasts four hops
(times the length scale), letters sound at 220 Hz, everything else is silent, and the second output says how
many hops each phoneme lasts.
"""

from __future__ import annotations

import json
import string
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

NAME = "vi_VN-tiny-low"
RATE = 16_000
HOP = 256
HOPS = 4
SILENT = ["_", "^", "$", " ", *".,;:?!"]


def phonemes() -> list[str]:
    """Silent ones first, then what Vietnamese letters are made of when accents stand apart (NFD)."""
    letters = string.ascii_letters + "đĐ" + string.digits
    accents = {c for letter in "ắằẳẵặấầẩẫậơư" for c in unicodedata.normalize("NFD", letter)} - set(letters)
    return [*SILENT, *letters, *sorted(accents)]


def model() -> onnx.ModelProto:
    """The graph, node by node."""

    def constant(name: str, value: object, kind: type) -> TensorProto:
        return numpy_helper.from_array(np.array(value, dtype=kind), name)

    def node(kind: str, inputs: list[str], output: str, **more: int) -> onnx.NodeProto:
        return helper.make_node(kind, inputs, [output], **more)

    nodes = [
        node("Gather", ["scales", "one"], "length_scale", axis=0),
        node("Mul", ["length_scale", "hops"], "long"),
        node("Ceil", ["long"], "hops_each"),
        node("Shape", ["input"], "shape"),
        node("Gather", ["shape", "one"], "count", axis=0),
        node("Cast", ["count"], "count_float", to=TensorProto.FLOAT),
        node("Concat", ["one_list", "one_list", "count_list"], "durations_shape", axis=0),
        node("Unsqueeze", ["count", "zero_list"], "count_list"),
        node("Expand", ["hops_each", "durations_shape"], "durations"),
        node("Mul", ["hops_each", "hop"], "each_float"),
        node("Cast", ["each_float"], "each", to=TensorProto.INT64),
        node("Unsqueeze", ["each", "zero_list"], "each_list"),
        node("Mul", ["count_float", "each_float"], "samples"),
        node("Range", ["zero_float", "samples", "one_float"], "time"),
        node("Mul", ["time", "step"], "phase"),
        node("Sin", ["phase"], "tone"),
        node("Greater", ["input", "last_silent"], "sounding"),
        node("Cast", ["sounding"], "loud", to=TensorProto.FLOAT),
        node("Unsqueeze", ["loud", "two_list"], "loud_each"),
        node("Concat", ["one_list", "count_list", "each_list"], "spread_shape", axis=0),
        node("Expand", ["loud_each", "spread_shape"], "spread"),
        node("Reshape", ["spread", "flat"], "envelope"),
        node("Mul", ["tone", "envelope"], "wave"),
        node("Reshape", ["wave", "out_shape"], "output"),
    ]
    nodes.insert(6, nodes.pop(7))  # the list before what joins it
    constants = [
        constant("one", 1, np.int64),
        constant("one_list", [1], np.int64),
        constant("zero_list", [0], np.int64),
        constant("two_list", [2], np.int64),
        constant("hops", HOPS, np.float32),
        constant("hop", HOP, np.float32),
        constant("zero_float", 0, np.float32),
        constant("one_float", 1, np.float32),
        constant("step", 2 * np.pi * 220 / RATE, np.float32),
        constant("last_silent", len(SILENT) - 1, np.int64),
        constant("flat", [-1], np.int64),
        constant("out_shape", [1, 1, 1, -1], np.int64),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "count"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [
            helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "time"]),
            helper.make_tensor_value_info("durations", TensorProto.FLOAT, [1, 1, "count"]),
        ],
        constants,
    )
    # Old on purpose: every onnxruntime of the last years reads it.
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(made)
    return made


def description() -> dict[str, object]:
    """What stands beside the model."""
    names = phonemes()
    return {
        "audio": {"sample_rate": RATE, "quality": "low"},
        "espeak": {"voice": "vi"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "text",
        "phoneme_id_map": {name: [number] for number, name in enumerate(names)},
        "num_symbols": len(names),
        "num_speakers": 1,
        "hop_length": HOP,
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.onnx").write_bytes(model().SerializeToString())
    (folder / f"{NAME}.onnx.json").write_text(json.dumps(description(), ensure_ascii=False), "utf-8")
    print(f"{NAME}: {(folder / f'{NAME}.onnx').stat().st_size} bytes")
