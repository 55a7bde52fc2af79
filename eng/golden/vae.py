"""A variational autoencoder (Kingma and Welling 2014, eq. 10) scored by reconstruction probability (An and Cho 2015, algorithm 4)."""
import math

import torch

from golden import Optimizer, STEPS, Training, leaky, perceptron, rows, single

# The library's draws of codes are the same for all rows and models: three of a code of two, in single precision.
DRAWS = [[-0.5913098, 0.9376448], [1.4775995, 0.8676598], [-1.126248, -0.34050107]]


class Variances:
    """One number for each feature, the same in all rows."""

    def __init__(self, columns):
        self.values = torch.zeros(columns, requires_grad=True)

    def weights(self):
        return [self.values]

    @torch.no_grad()
    def load(self, parameters, states):
        assert not states
        self.values.copy_(torch.tensor(parameters))

    def gradient(self):
        return self.values.grad.tolist()


def within(x, middle, reach, pace=1):
    return middle + reach * torch.tanh(x * single(pace / reach))


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, slope = options["EncoderLayerSizes"], options["LatentDimension"], leaky(options["LeakyReluSlope"])
    of_rows, beta, warm_up = options["Variance"] == "Row", single(options["Beta"]), options["WarmUpShare"]
    e = perceptron(columns, sizes, 2 * latent, slope)
    d = perceptron(latent, sizes[::-1], 2 * columns if of_rows else columns, slope)
    networks = {"encoder": e, "decoder": d} | ({} if of_rows else {"variances": Variances(columns)})
    training = Training(file, networks)
    adam = Optimizer(networks, options["LearningRate"], epsilon=1e-8)

    def encode(x):
        code = e(x)
        return code[:, :latent], within(code[:, latent:], 0, 10)

    def law(z):
        outputs = d(z)
        raw = outputs[:, columns:] if of_rows else networks["variances"].values.expand(len(z), columns)
        return torch.distributions.Normal(outputs[:, :columns], torch.exp(within(raw, -1.5, 4.5, 1 if of_rows else 5) / 2))

    def step(draws):
        last = single(options["FinalLearningRateShare"])
        for group in adam.adam.param_groups:
            group["lr"] = single(single(options["LearningRate"]) * (1 - (1 - last) * training.index / STEPS))
        x = draws.upload(columns=columns)
        mean, log_variance = encode(x)
        code = torch.distributions.Normal(mean, torch.exp(log_variance / 2))
        z = mean + code.scale * draws.normal(len(x), latent)
        reconstruction = -law(z).log_prob(x).sum(1).mean()
        divergence = torch.distributions.kl_divergence(code, torch.distributions.Normal(0.0, 1.0)).sum(1).mean()
        training.report("reconstruction", reconstruction)
        training.report("divergence", divergence)
        weight = single(beta * (min(1.0, training.index / STEPS / warm_up) if warm_up > 0 else 1.0))
        training.minimize("bound", reconstruction + weight * divergence, adam)

    training.run("autoencoder", step)
    x = rows(file["scored"])
    mean, log_variance = encode(x)
    if options["NumberOfSamples"] == 0:
        return training.result(-law(mean).log_prob(x).sum(1))
    draws = rows(DRAWS)[:options["NumberOfSamples"]]
    scores = [-law(mean + torch.exp(log_variance / 2) * draw).log_prob(x).sum(1) for draw in draws]
    return training.result(sum(scores) / len(scores))
