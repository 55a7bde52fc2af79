"""Fence GAN (Ngo et al. 2019, arXiv:1904.01209): encirclement and dispersion; the discriminator is updated on real, then on generated rows."""
import math

import torch.nn.functional as F

from golden import Average, Optimizer, Training, leaky, logit_loss, perceptron, rows, single


def train(file):
    options, columns = file["options"], file["columns"]
    latent = options["LatentDimension"]
    g = perceptron(latent, options["GeneratorLayerSizes"], columns, F.relu)
    d = perceptron(columns, options["DiscriminatorLayerSizes"], 1, leaky(options["LeakyReluSlope"]), options["DropoutRate"])
    training = Training(file, {"generator": g, "discriminator": d})
    g_adam = Optimizer({"generator": g}, options["LearningRate"], options["Beta1"])
    d_adam = Optimizer({"discriminator": d}, options["DiscriminatorLearningRate"], options["Beta1"])
    alpha, gamma = single(options["BoundaryLevel"]), single(options["GeneratedWeight"])
    beta = single(single(options["DispersionWeight"]) * single(math.sqrt(columns)))

    def step(draws):
        x = draws.upload(columns=columns)
        training.minimize("discriminator, normal", logit_loss(d(x, draws), 1), d_adam)
        made = g(draws.normal(len(x), latent))
        training.minimize("discriminator, generated", gamma * logit_loss(d(made, draws), 0), d_adam)
        made = g(draws.normal(len(x), latent))
        loss = logit_loss(d(made, draws), alpha)
        if beta > 0:
            loss = loss + beta / (made - made.mean(0)).norm(dim=1).mean()
        training.minimize("generator", loss, g_adam)

    decay = options["WeightAverageDecay"]
    training.run("adversarial training", step, [Average(d, decay)] if decay > 0 else [])
    return training.result(-d(rows(file["scored"])))
