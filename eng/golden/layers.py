"""Spectral normalisation and batch normalisation by PyTorch's own modules: ten passes in training, then one in scoring."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from golden import single

ROWS, INPUTS, OUTPUTS, PASSES = 6, 5, 4, 10


def drawn(generator, *shape):
    values = np.round(torch.randn(*shape, generator=generator).numpy(), 2)
    return torch.from_numpy(values.astype(np.float32).astype(np.float64))


def compute():
    return {"spectral": spectral(), "batch": batch()}


def numbers(tensor):
    return tensor.detach().reshape(-1).tolist()


def spectral():
    """Weights move by plain gradient descent between the passes, so that the vectors follow weights that change."""
    generator = torch.Generator().manual_seed(3)
    layer = nn.Linear(INPUTS, OUTPUTS)
    weight, bias, start = drawn(generator, OUTPUTS, INPUTS), drawn(generator, OUTPUTS), drawn(generator, OUTPUTS)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    nn.utils.spectral_norm(layer, n_power_iterations=1)
    layer.weight_u.copy_(F.normalize(start, dim=0))
    result = {"weights": numbers(weight.t()), "bias": numbers(bias), "vector": numbers(layer.weight_u), "rate": 0.25, "passes": []}
    for _ in range(PASSES):
        x, upstream = drawn(generator, ROWS, INPUTS), drawn(generator, ROWS, OUTPUTS)
        # Two passes before one way back, each with the vectors that it left behind.
        first, second = layer(x), layer(2 * x)
        weight_gradient, bias_gradient = torch.autograd.grad((first * upstream).sum() + (second * upstream).sum(),
                                                             [layer.weight_orig, layer.bias])
        result["passes"].append({
            "x": numbers(x), "upstream": numbers(upstream), "first": numbers(first), "second": numbers(second),
            "weightGradient": numbers(weight_gradient.t()), "biasGradient": numbers(bias_gradient), "vector": numbers(layer.weight_u)})
        with torch.no_grad():
            layer.weight_orig.sub_(result["rate"] * weight_gradient)
            layer.bias.sub_(result["rate"] * bias_gradient)
    return result


def batch():
    generator = torch.Generator().manual_seed(4)
    # 1/8 and 0.1: a momentum without and one with a rounding error in single precision.
    result = {"cases": []}
    for momentum in (0.125, 0.1):
        layer = nn.BatchNorm1d(INPUTS, eps=single(1e-5), momentum=single(momentum))
        scale, shift = drawn(generator, INPUTS), drawn(generator, INPUTS)
        with torch.no_grad():
            layer.weight.copy_(scale)
            layer.bias.copy_(shift)
        case = {"momentum": momentum, "scale": numbers(scale), "shift": numbers(shift), "passes": []}
        result["cases"].append(case)
        for i in range(PASSES):
            rows = ROWS if i % 2 == 0 else ROWS - 2
            x = drawn(generator, rows, INPUTS)
            upstream = drawn(generator, rows, INPUTS)
            y = layer(x)
            scale_gradient, shift_gradient = torch.autograd.grad((y * upstream).sum(), [layer.weight, layer.bias])
            case["passes"].append({
                "x": numbers(x), "upstream": numbers(upstream), "y": numbers(y),
                "scaleGradient": numbers(scale_gradient), "shiftGradient": numbers(shift_gradient),
                "mean": numbers(layer.running_mean), "variance": numbers(layer.running_var)})
        layer.eval()
        x = drawn(generator, ROWS, INPUTS)
        case["scored"] = {"x": numbers(x), "y": numbers(layer(x))}
    return result
