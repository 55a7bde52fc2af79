"""Deep SVDD (Ruff et al. 2018, ICML): equations 3 and 4 after pretraining by an autoencoder, no bias anywhere."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import images
from golden import Network, Optimizer, STEPS, Training, leaky, rows, single

EPSILON = 1e-4


class Layer(nn.Module):
    """activation(normalisation(x W)), neither bias nor trained scale and shift."""

    def __init__(self, inputs, outputs, activation=None):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs, bias=False)
        self.norm = nn.BatchNorm1d(outputs, eps=single(EPSILON), momentum=single(0.1), affine=False) if activation else None
        self.activation = activation

    def forward(self, x, draws=None):
        self.train(draws is not None)
        h = self.linear(x)
        return h if self.norm is None else self.activation(self.norm(h))

    def parts(self):
        yield self.linear.weight, True

    def states(self):
        if self.norm is not None:
            yield self.norm.running_mean
            yield self.norm.running_var


class Sphere:
    """Centre and radius: nothing to train."""

    def __init__(self, dimension):
        self.center, self.radius = torch.zeros(dimension), 0.0

    def load(self, parameters, states):
        assert not parameters and not any(states)


def layers(inputs, hidden, outputs, slope):
    widths = [inputs, *hidden]
    return Network([Layer(a, b, slope) for a, b in zip(widths, hidden)] + [Layer(widths[-1], outputs)])


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, slope = options["EncoderLayerSizes"], options["LatentDimension"], leaky(options["LeakyReluSlope"])
    pretrained, soft = options["NumberOfPretrainingEpochs"] != 0, options["Objective"] == "SoftBoundary"
    if shape := options.get("ImageShape"):
        e, d = images.encoder(shape, sizes, latent, slope, EPSILON), images.decoder(shape, sizes, latent, slope, EPSILON)
    else:
        e, d = layers(columns, sizes, latent, slope), layers(latent, sizes[::-1], columns, slope)
    sphere = Sphere(latent)
    training = Training(file, {"encoder": e, "decoder": d, "sphere": sphere} if pretrained else {"encoder": e, "sphere": sphere})
    decay, nu = single(options["WeightDecay"]), options["Nu"]

    def minimize(name, loss, optimizer, rate):
        for group in optimizer.adam.param_groups:
            group["lr"] = single(rate) if training.index / STEPS < 1 / 3 else single(np.float32(0.1) * np.float32(rate))
        # The decay counts in the gradient and is not shown with the loss.
        penalty = sum((weight ** 2).sum() for weight in optimizer.weights) * decay / 2
        training.minimize(name, loss + (penalty - penalty.detach()), optimizer)

    if pretrained:
        first = Optimizer({"encoder": e, "decoder": d}, options["PretrainingLearningRate"], epsilon=1e-8)

        def step_autoencoder(draws):
            x = draws.upload(columns=columns)
            # Features that are taken as they are are taken to lie in [0, 1].
            minimize("reconstruction", ((torch.sigmoid(d(e(x, draws), draws)) - x) ** 2).sum(1).mean(), first, options["PretrainingLearningRate"])

        training.run("autoencoder", step_autoencoder)

    second = Optimizer({"encoder": e}, options["LearningRate"], epsilon=1e-8)

    def step_sphere(draws):
        x = draws.upload(columns=columns)
        if training.index == 0:
            with torch.no_grad():
                center = e(draws.upload(columns=columns)).mean(0)
            center[(center.abs() < 0.1) & (center < 0)] = -single(0.1)
            center[(center.abs() < 0.1) & (center >= 0)] = single(0.1)
            sphere.center = draws.upload(1, latent)[0]
            assert torch.allclose(center, sphere.center, rtol=1e-6, atol=1e-7)
        distances = ((e(x, draws) - sphere.center) ** 2).sum(1)
        if not soft:
            minimize("distance", distances.mean(), second, options["LearningRate"])
            return
        squared = single(np.float32(sphere.radius) * np.float32(sphere.radius))
        minimize("boundary", squared + single(1 / nu) * F.relu(distances - squared).mean(), second, options["LearningRate"])
        if training.index / STEPS >= options["WarmUpShare"]:
            radius = np.quantile(distances.detach().sqrt().numpy(), 1 - nu)
            sphere.radius = draws.upload(1, 1).item()
            assert abs(radius - sphere.radius) < 1e-6 * radius

    training.run("sphere", step_sphere)
    scores = ((e(rows(file["scored"])) - sphere.center) ** 2).sum(1)
    return training.result(scores - sphere.radius ** 2 if soft else scores)
