"""An autoencoder (Hawkins et al. 2002; Sakurada and Yairi 2014): reconstruct rows through a narrow code; what is left of a row is its score."""
import math

import torch

from golden import Optimizer, STEPS, Training, leaky, logit_loss, perceptron, rows, single


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, slope = options["EncoderLayerSizes"], options["LatentDimension"], leaky(options["LeakyReluSlope"])
    e = perceptron(columns, sizes, latent, slope)
    d = perceptron(latent, sizes[::-1], columns, slope)
    training = Training(file, {"encoder": e, "decoder": d})
    adam = Optimizer({"encoder": e, "decoder": d}, options["LearningRate"], epsilon=1e-8)
    squared, noise = options["ReconstructionLoss"] == "SquaredError", options["NoiseDeviation"]

    def step(draws):
        last = single(options["FinalLearningRateShare"])
        for group in adam.adam.param_groups:
            group["lr"] = single(single(options["LearningRate"]) * (1 - (1 - last) * training.index / STEPS))
        x = draws.upload(columns=columns)
        seen = x + draws.normal(len(x), columns, deviation=noise) if noise > 0 else x
        outputs = d(e(seen))
        training.minimize("reconstruction", ((outputs - x) ** 2).mean() if squared else logit_loss(outputs, x), adam)

    training.run("autoencoder", step)
    x = rows(file["scored"])
    outputs = d(e(x))
    residual = x - (outputs if squared else torch.sigmoid(outputs))
    return training.result((residual ** 2).sum(1).sqrt() * single(1 / math.sqrt(columns)))
