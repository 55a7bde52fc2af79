"""What the golden scripts share: files, recorded arrays, dense networks, optimisation, averages of weights.

Settings of the library are single precision numbers; single() gives the very number that it computes with. All else is double precision.
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

STEPS = 10


def single(value):
    return float(np.float32(value))


class Draws:
    """The arrays that entered one step, taken in order; kind and shape have to be as asked."""

    def __init__(self, arrays):
        self._arrays = list(arrays)

    def _next(self, kind, rows, columns):
        array = self._arrays.pop(0)
        found = (array["kind"], array["rows"], array["columns"])
        wanted = (kind, rows or array["rows"], columns or array["columns"])
        assert found == wanted, f"{found} where {wanted} was expected"
        return array

    def _values(self, array):
        values = np.array(array["values"], dtype=np.float32).astype(np.float64)
        return torch.from_numpy(values).reshape(array["rows"], array["columns"])

    def upload(self, rows=None, columns=None):
        return self._values(self._next("upload", rows, columns))

    def normal(self, rows, columns, mean=0.0, deviation=1.0):
        array = self._next("normal", rows, columns)
        assert (array["mean"], array["deviation"]) == (mean, deviation), \
            f"drawn from N({array['mean']}, {array['deviation']})"
        return self._values(array)

    def uniform(self, rows, columns):
        return self._values(self._next("uniform", rows, columns))

    def mask(self, rows, columns):
        bits = self._next("mask", rows, columns)["bits"]
        return torch.tensor([float(bit) for bit in bits]).reshape(rows, columns)

    def finish(self):
        assert not self._arrays, f"{len(self._arrays)} arrays were not used"


def leaky(slope):
    return lambda x: F.leaky_relu(x, single(slope))


def arranged(tensor, order):
    """A view in the library's order: transposed, with its axes in another order, or as it is."""
    return tensor.permute(order) if isinstance(order, tuple) else tensor.t() if order else tensor


class Dense(nn.Module):
    """dropout(activation(normalisation(linear(x)))); draws mean training."""

    def __init__(self, inputs, outputs, activation=None, norm=None, dropout=0.0, spectral=False, momentum=0.1, epsilon=1e-5):
        super().__init__()
        # A bias would have no effect before batch statistics.
        self.linear = nn.Linear(inputs, outputs, bias=norm != "batch")
        self.spectral = spectral
        if spectral:
            nn.utils.spectral_norm(self.linear, n_power_iterations=1)
        self.norm = None
        if norm == "batch":
            self.norm = nn.BatchNorm1d(outputs, eps=single(epsilon), momentum=single(momentum))
        elif norm == "layer":
            self.norm = nn.LayerNorm(outputs, eps=single(epsilon))
        self.activation = activation or (lambda x: x)
        self.dropout = dropout

    def forward(self, x, draws=None):
        training = draws is not None
        self.train(training)
        h = self._product(x, training)
        h = self.activation(h if self.norm is None else self.norm(h))
        if training and self.dropout > 0:
            h = h * draws.mask(*h.shape) * single(np.float32(1) / (np.float32(1) - np.float32(self.dropout)))
        return h

    def _product(self, x, training):
        if not self.spectral or training:
            return self.linear(x)
        # PyTorch scores with the left vector of the last pass in training; the library computes it anew for the weights that score.
        weight = self.linear.weight_orig
        return F.linear(x, weight / (weight.t() @ self.linear.weight_u).norm(), self.linear.bias)

    def parts(self):
        """Parameters in the library's order, and whether they are transposed there."""
        yield (self.linear.weight_orig if self.spectral else self.linear.weight), True
        if self.linear.bias is not None:
            yield self.linear.bias, False
        if self.norm is not None:
            yield self.norm.weight, False
            yield self.norm.bias, False

    def states(self):
        if self.spectral:
            yield self.linear.weight_u
        if isinstance(self.norm, nn.BatchNorm1d):
            yield self.norm.running_mean
            yield self.norm.running_var


class Network(nn.Module):
    """Dense layers; a derived class may connect them otherwise than in a row."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x, draws=None):
        for layer in self.layers:
            x = layer(x, draws)
        return x

    def hidden(self, x):
        """Outputs of all layers but the last, without dropout."""
        outputs = []
        for layer in self.layers[:-1]:
            x = layer(x)
            outputs.append(x)
        return outputs

    def parts(self):
        for layer in self.layers:
            yield from layer.parts()

    def weights(self):
        return [part for part, _ in self.parts()]

    @torch.no_grad()
    def load(self, parameters, states):
        self._fill(self.parts(), np.array(parameters, dtype=np.float32).astype(np.float64))
        self._fill(((state, False) for layer in self.layers for state in layer.states()), states)

    @staticmethod
    def _fill(parts, values):
        at = 0
        for part, transposed in parts:
            place = arranged(part, transposed)
            place.copy_(torch.tensor(values[at:at + part.numel()]).reshape(place.shape))
            at += part.numel()
        assert at == len(values), f"{len(values)} values for {at} places"

    def gradient(self):
        pieces = [arranged(part.grad, transposed) for part, transposed in self.parts()]
        return torch.cat([piece.reshape(-1) for piece in pieces]).tolist()


def perceptron(inputs, hidden, outputs, activation, dropout=0.0, spectral=False):
    layers = []
    for width in hidden:
        layers.append(Dense(inputs, width, activation, dropout=dropout, spectral=spectral))
        inputs = width
    return Network(layers + [Dense(inputs, outputs)])


class Average:
    """Exponential average of a network's weights: min(decay, (1 + t) / (10 + t)), the first value in full."""

    def __init__(self, network, decay):
        self._network, self._decay, self._step, self._values = network, np.float32(decay), 0, None

    @torch.no_grad()
    def update(self):
        self._step += 1
        if self._step == 1:
            self._values = [weight.clone() for weight in self._network.weights()]
            return
        decay = min(self._decay, np.float32(1 + self._step) / np.float32(10 + self._step))
        for value, weight in zip(self._values, self._network.weights()):
            value.mul_(float(decay)).add_(weight, alpha=float(np.float32(1) - decay))

    @torch.no_grad()
    def apply(self):
        for value, weight in zip(self._values, self._network.weights()):
            weight.copy_(value)


class Optimizer:
    """Adam over networks, with the clipping that DA3D knows."""

    def __init__(self, networks, rate, beta1=0.9, beta2=0.999, epsilon=1e-8, clip_norm=None, clip_weights=None):
        self.networks = networks
        self.weights = [weight for network in networks.values() for weight in network.weights()]
        self._clip_norm, self._clip_weights = clip_norm, clip_weights
        self.adam = torch.optim.Adam(self.weights, lr=single(rate), betas=(single(beta1), single(beta2)), eps=single(epsilon))

    def update(self):
        if self._clip_norm is not None:
            norm = math.sqrt(sum(float((weight.grad ** 2).sum()) for weight in self.weights))
            for weight in self.weights:
                weight.grad.mul_(min(1.0, single(self._clip_norm) / norm))
        self.adam.step()
        if self._clip_weights is not None:
            bound = single(self._clip_weights)
            with torch.no_grad():
                for weight in self.weights:
                    weight.clamp_(-bound, bound)


class Training:
    """Runs the phases of a method on one golden file and collects what comes of it."""

    def __init__(self, file, networks):
        self.file, self.networks = file, networks
        self.losses, self.gradients = [], []
        for state in file["networks"]:
            networks[state["name"]].load(state["parameters"], state["buffers"])
        assert list(networks) == [state["name"] for state in file["networks"]]

    def run(self, phase, step, averages=()):
        recorded = next(p for p in self.file["phases"] if p["name"] == phase)
        assert len(recorded["steps"]) == STEPS
        self._entry = {"phase": phase, "names": [], "values": []}
        self.losses.append(self._entry)
        for self.index, arrays in enumerate(recorded["steps"]):
            self._names, self._values = [], []
            draws = Draws(arrays)
            step(draws)
            draws.finish()
            self._entry["names"] = self._names
            self._entry["values"].append(self._values)
            for average in averages:
                average.update()
        for average in averages:
            average.apply()

    def report(self, name, loss):
        self._names.append(name)
        self._values.append(loss.item())

    def minimize(self, name, loss, *optimizers):
        """One backward pass, then an update by each optimiser."""
        self.report(name, loss)
        weights = [weight for optimizer in optimizers for weight in optimizer.weights]
        for weight, gradient in zip(weights, torch.autograd.grad(loss, weights, retain_graph=True, allow_unused=True)):
            weight.grad = torch.zeros_like(weight) if gradient is None else gradient
        for optimizer in optimizers:
            if self.index == 0:
                for network, of in optimizer.networks.items():
                    self.gradients.append({"phase": self._entry["phase"], "network": network, "values": of.gradient()})
            optimizer.update()

    def result(self, scores):
        return {"losses": self.losses, "gradients": self.gradients, "scores": scores.detach().reshape(-1).tolist()}


def rows(values):
    return torch.from_numpy(np.array(values, dtype=np.float32).astype(np.float64))


def logit_loss(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target) if isinstance(target, (int, float)) else target)


def write(path, file):
    """One array a line, so that a change shows where it is."""

    def text(value, depth):
        pad = " " * (depth + 1)
        if isinstance(value, dict) and any(isinstance(v, (dict, list)) for v in value.values()):
            flat = all(not isinstance(v, list) or all(not isinstance(e, (dict, list)) for e in v) for v in value.values())
            if not (flat and not any(isinstance(v, dict) for v in value.values())):
                items = [f"{pad}{json.dumps(k)}: {text(v, depth + 1)}" for k, v in value.items()]
                return "{\n" + ",\n".join(items) + "\n" + pad[1:] + "}"
        if isinstance(value, list) and any(isinstance(v, (dict, list)) for v in value):
            return "[\n" + ",\n".join(pad + text(v, depth + 1) for v in value) + "\n" + pad[1:] + "]"
        return json.dumps(value, separators=(",", ":"))

    path.write_text(text(shortened(file), 0) + "\n")


def shortened(value, digits=None):
    """Results to 13 digits; what was recorded stays as it is."""
    if isinstance(value, dict):
        return {k: shortened(v, 13 if k == "expected" else digits) for k, v in value.items()}
    if isinstance(value, list):
        return [shortened(v, digits) for v in value]
    return float(f"{value:.{digits}g}") if digits and isinstance(value, float) else value
