"""ALAD (Zenati et al. 2018, arXiv:1812.02288): equations 4 to 6 and Algorithm 1, with the updates in the order of the authors' code."""
import torch
import torch.nn.functional as F

from golden import STEPS, Average, Dense, Network, Optimizer, Training, leaky, logit_loss, perceptron, rows, single


class JointDiscriminator(Network):
    """D_xz of Table XI: x by dense and batch norm, z by dense and dropout, then dense layers on both."""

    def __init__(self, columns, latent, options):
        slope = leaky(options["LeakyReluSlope"])
        dropout, spectral, branch = options["JointDropoutRate"], options["SpectralNormalization"], options["JointBranchSize"]
        layers = [Dense(columns, branch, slope, norm="batch", spectral=spectral, momentum=0.01, epsilon=1e-3),
                  Dense(latent, branch, slope, dropout=dropout, spectral=spectral)]
        width = 2 * branch
        for size in options["JointDiscriminatorLayerSizes"]:
            layers.append(Dense(width, size, slope, dropout=dropout, spectral=spectral))
            width = size
        super().__init__(layers + [Dense(width, 1)])

    def forward(self, x, z, draws):
        h = torch.cat([self.layers[0](x, draws), self.layers[1](z, draws)], 1)
        for layer in self.layers[2:]:
            h = layer(h, draws)
        return h


def train(file):
    options, columns = file["options"], file["columns"]
    latent, slope, spectral = options["LatentDimension"], leaky(options["LeakyReluSlope"]), options["SpectralNormalization"]
    e = perceptron(columns, options["EncoderLayerSizes"], latent, slope, spectral=spectral)
    g = perceptron(latent, options["GeneratorLayerSizes"], columns, F.relu)
    d_xz = JointDiscriminator(columns, latent, options)
    d_xx = perceptron(2 * columns, options["FeatureDiscriminatorLayerSizes"], 1, slope, options["PairDropoutRate"], spectral)
    d_zz = perceptron(2 * latent, options["LatentDiscriminatorLayerSizes"], 1, slope, options["PairDropoutRate"], spectral)
    training = Training(file, {"encoder": e, "generator": g, "joint discriminator": d_xz, "feature discriminator": d_xx,
                               "latent discriminator": d_zz})
    rate, beta1 = options["LearningRate"], options["Beta1"]
    d_adam = Optimizer({"joint discriminator": d_xz, "feature discriminator": d_xx, "latent discriminator": d_zz}, rate, beta1)
    g_adam = Optimizer({"encoder": e, "generator": g}, rate, beta1)

    def pairs(discriminator, a, b, draws):
        """-E log D(a, a) - E log(1 - D(a, b)); one dropout mask covers both kinds."""
        logits = discriminator(torch.cat([torch.cat([a, a], 1), torch.cat([a, b], 1)]), draws)
        return logit_loss(logits[:len(a)], 1) + logit_loss(logits[len(a):], 0)

    def step(draws):
        decay = options["LearningRateDecay"]
        left = min(1.0, (1 - training.index / STEPS) / decay) if decay > 0 else 1.0
        for optimizer in (d_adam, g_adam):
            for group in optimizer.adam.param_groups:
                group["lr"] = single(single(rate) * left)

        x = draws.upload(columns=columns)
        z = draws.normal(len(x), latent)
        code, made = e(x, draws), g(z, draws)
        joint = logit_loss(d_xz(x, code, draws), 1) + logit_loss(d_xz(made, z, draws), 0)
        of_rows = pairs(d_xx, x, g(code, draws), draws)
        of_codes = pairs(d_zz, z, e(made, draws), draws)
        training.report("joint discriminator", joint)
        training.report("feature discriminator", of_rows)
        training.report("latent discriminator", of_codes)
        training.minimize("discriminators", joint + of_rows + of_codes, d_adam)

        # Labels swapped: what the discriminators take for generated is to pass as real, and the other way round.
        x = draws.upload(len(x), columns)
        z = draws.normal(len(x), latent)
        code, made = e(x, draws), g(z, draws)
        loss = logit_loss(d_xz(made, z, draws), 1) + logit_loss(d_xz(x, code, draws), 0)
        loss = loss + logit_loss(d_xx(torch.cat([x, g(code, draws)], 1), draws), 1)
        if options["UseLatentDiscriminator"]:
            loss = loss + logit_loss(d_zz(torch.cat([z, e(made, draws)], 1), draws), 1)
        training.minimize("encoder and generator", loss, g_adam)

    decay = options["WeightAverageDecay"]
    training.run("adversarial training", step, [Average(network, decay) for network in (e, g, d_xx)] if decay > 0 else [])
    return training.result(score(options["Score"], rows(file["scored"]), e, g, d_xx))


def score(kind, x, e, g, d_xx):
    made = g(e(x))
    if kind == "Absolute":
        return (x - made).abs().sum(1)
    if kind == "Euclidean":
        return (x - made).norm(dim=1)
    if kind == "Logits":
        return -d_xx(torch.cat([x, made], 1))
    real, other = d_xx.hidden(torch.cat([x, x], 1))[-1], d_xx.hidden(torch.cat([x, made], 1))[-1]
    return (real - other).abs().sum(1)
