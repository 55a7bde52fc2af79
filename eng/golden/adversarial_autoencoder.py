"""An adversarial autoencoder (Makhzani et al. 2016, arXiv:1511.05644) scored by its reconstruction error."""
import math

import torch

from golden import Optimizer, STEPS, Training, leaky, logit_loss, perceptron, rows, single

KERAS_EPSILON = 1e-7


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, slope = options["EncoderLayerSizes"], options["LatentDimension"], leaky(options["LeakyReluSlope"])
    dropout, game, squared = options["DropoutRate"], options["Game"], options["ReconstructionLoss"] == "SquaredError"
    e = perceptron(columns, sizes, latent, slope, dropout)
    d = perceptron(latent, sizes[::-1], columns, slope, dropout)
    c = perceptron(latent, options["CriticLayerSizes"], 1, slope, dropout)
    if game == "BoundedWasserstein":
        c.layers[-1].activation = torch.sigmoid
    training = Training(file, {"encoder": e, "decoder": d, "critic": c})
    rate, bound = options["LearningRate"], options["ClippingBound"]
    norm = bound if game == "BoundedWasserstein" else None
    clip = bound if game == "Wasserstein" else None
    first = Optimizer({"encoder": e, "decoder": d}, rate, epsilon=KERAS_EPSILON)
    second = Optimizer({"critic": c}, rate, epsilon=KERAS_EPSILON, clip_norm=norm, clip_weights=clip)
    third = Optimizer({"encoder": e}, rate, epsilon=KERAS_EPSILON, clip_norm=norm)

    def step(draws):
        last = single(options["FinalLearningRateShare"])
        for optimizer in (first, second, third):
            for group in optimizer.adam.param_groups:
                group["lr"] = single(single(rate) * (1 - (1 - last) * training.index / STEPS))
        x = draws.upload(columns=columns)
        outputs = d(e(x, draws), draws)
        training.minimize("reconstruction", ((outputs - x) ** 2).mean() if squared else logit_loss(outputs, x), first)

        code, prior = e(x).detach(), draws.normal(len(x), latent)
        of_code, of_prior = c(torch.cat([code, prior]), draws).split(len(x))
        cross = game == "CrossEntropy"
        training.minimize("code critic", logit_loss(of_code, 0) + logit_loss(of_prior, 1) if cross else of_code.mean() - of_prior.mean(), second)

        fooled = c(e(x, draws))
        training.minimize("encoder", logit_loss(fooled, 1) if cross else -fooled.mean(), third)

    training.run("adversarial autoencoder", step)
    x = rows(file["scored"])
    outputs = d(e(x))
    residual = x - (outputs if squared else torch.sigmoid(outputs))
    return training.result((residual ** 2).sum(1).sqrt() * single(1 / math.sqrt(columns)))
