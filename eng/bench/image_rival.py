"""Convolutional networks in PyTorch, timed: `parameters` -> how many are trained; `steps N`, `score N` -> seconds that N of them took.

The argument is JSON: height, width, channels, batch, and the layers of encoder and decoder. Weights and images are random: only the time counts.
"""
import json
import sys
import time

import torch
from torch import nn

CASE = json.loads(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(1)


class Cut(nn.Module):
    """A transposed convolution loses unequal borders."""

    def __init__(self, rows):
        super().__init__()
        self.rows = rows

    def forward(self, x):
        return x[:, :, :x.shape[2] - self.rows, :x.shape[3] - self.rows]


def activation(layer):
    return {"Identity": None, "Relu": nn.ReLU(), "LeakyRelu": nn.LeakyReLU(layer["slope"]), "Tanh": nn.Tanh()}[layer["activation"]]


def build(layers, x):
    """Layers one behind another; x is an example that tells each how many channels it takes."""
    stages = []
    for layer in layers:
        kind, norm, new = layer["kind"], layer["normalized"], []
        if kind == "Dense":
            new += [nn.Flatten(), nn.Linear(x[0].numel(), layer["outputs"]), nn.Unflatten(1, (layer["outputs"], 1, 1))]
        elif kind == "Convolution":
            before, after = layer["before"], layer["after"]
            if before != after:
                new.append(nn.ZeroPad2d((before, after, before, after)))
            new.append(nn.Conv2d(x.shape[1], layer["outputs"], layer["size"], layer["stride"], before if before == after else 0, bias=not norm))
        elif kind == "TransposedConvolution":
            before, after = layer["before"], layer["after"]
            new.append(nn.ConvTranspose2d(x.shape[1], layer["outputs"], layer["size"], layer["stride"], before, bias=not norm))
            if after != before:
                new.append(Cut(after - before))
        elif kind == "MaxPooling":
            new.append(nn.MaxPool2d(layer["size"]))
        if norm:
            new.append(nn.BatchNorm2d(layer["outputs"]))
        if activation(layer) is not None and kind != "MaxPooling":
            new.append(activation(layer))
        stages += new
        with torch.no_grad():
            for module in new:
                x = module(x)
    return nn.Sequential(*stages), x


IMAGES = torch.rand(CASE["batch"], CASE["channels"], CASE["height"], CASE["width"])
ENCODER, CODE = build(CASE["encoder"], IMAGES)
DECODER = build(CASE["decoder"], CODE)[0] if CASE["decoder"] else None
PARAMETERS = [*ENCODER.parameters(), *(DECODER.parameters() if DECODER else [])]
ADAM = torch.optim.Adam(PARAMETERS, lr=1e-4)


def loss():
    code = ENCODER(IMAGES)
    return nn.functional.mse_loss(DECODER(code), IMAGES) if DECODER else (code * code).mean()


def mode(training):
    for network in (ENCODER, DECODER):
        if network is not None:
            network.train(training)


def steps(count):
    mode(True)
    for _ in range(count):
        ADAM.zero_grad()
        value = loss()
        value.backward()
        ADAM.step()
        value.item()


def score(count):
    mode(False)
    with torch.no_grad():
        for _ in range(count):
            loss().item()


print("ready", flush=True)
for line in sys.stdin:
    verb, *count = line.split()
    if verb == "parameters":
        print(sum(parameter.numel() for parameter in PARAMETERS), flush=True)
        continue
    begin = time.perf_counter()
    {"steps": steps, "score": score}[verb](int(count[0]))
    print(time.perf_counter() - begin, flush=True)
