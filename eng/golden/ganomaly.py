"""GANomaly (Akcay et al. 2018, arXiv:1805.06725): encoder, decoder, encoder; scores by running statistics, never by those of the scored rows."""
import math

import torch.nn.functional as F

from golden import Dense, Network, Optimizer, Training, leaky, logit_loss, rows, single


def chain(inputs, hidden, outputs, activation, first_normalised):
    layers = []
    for index, width in enumerate(hidden):
        layers.append(Dense(inputs, width, activation, norm="batch" if index > 0 or first_normalised else None))
        inputs = width
    return Network(layers + [Dense(inputs, outputs)])


def train(file):
    options, columns = file["options"], file["columns"]
    hidden, latent, slope = options["EncoderLayerSizes"], options["LatentDimension"], leaky(options["LeakyReluSlope"])
    e1 = chain(columns, hidden, latent, slope, False)
    decoder = chain(latent, hidden[::-1], columns, F.relu, True)
    e2 = chain(columns, hidden, latent, slope, False)
    d = chain(columns, hidden, 1, slope, False)
    training = Training(file, {"encoder": e1, "decoder": decoder, "second encoder": e2, "discriminator": d})
    g_adam = Optimizer({"encoder": e1, "decoder": decoder, "second encoder": e2}, options["LearningRate"], options["Beta1"])
    d_adam = Optimizer({"discriminator": d}, options["LearningRate"], options["Beta1"])

    def features(x, draws):
        for layer in d.layers[:-1]:
            x = layer(x, draws)
        return x

    def step(draws):
        x = draws.upload(columns=columns)
        code = e1(x, draws)
        given = decoder(code, draws)
        again = e2(given, draws)
        real, other = features(x, draws), features(given, draws)
        adversarial, reconstruction, codes = ((other - real) ** 2).mean(), (given - x).abs().mean(), ((again - code) ** 2).mean()
        training.report("adversarial", adversarial)
        training.report("reconstruction", reconstruction)
        training.report("codes", codes)
        loss = 0.5 * (logit_loss(d.layers[-1](real), 1) + logit_loss(d.layers[-1](other), 0))
        weights = [single(options[name]) for name in ("AdversarialWeight", "ReconstructionWeight", "CodeWeight")]
        training.minimize("encoders and decoder", weights[0] * adversarial + weights[1] * reconstruction + weights[2] * codes, g_adam)
        training.minimize("discriminator", loss, d_adam)

    training.run("adversarial training", step)
    x = rows(file["scored"])
    code = e1(x)
    given = decoder(code)
    if options["Score"] == "Codes":
        return training.result((code - e2(given)).norm(dim=1) * single(1 / math.sqrt(latent)))
    return training.result((x - given).norm(dim=1) * single(1 / math.sqrt(columns)))
