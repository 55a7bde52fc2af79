"""EGBAD (Zenati et al. 2018, arXiv:1802.06222): a bidirectional GAN, with the updates in the order of the authors' code."""
import torch
import torch.nn.functional as F

import ganimages
from golden import Average, Dense, Network, Optimizer, Training, leaky, logit_loss, perceptron, rows, single


class JointDiscriminator(Network):
    """x and z by a dense layer and dropout each, images by convolutions instead; then dense layers on both, the last hidden one of which is the features."""

    def __init__(self, columns, latent, options):
        slope, dropout, branch = leaky(options["LeakyReluSlope"]), options["DropoutRate"], options["BranchSize"]
        layers, width = [Dense(latent, branch, slope, dropout=dropout)], branch
        reader = Dense(columns, branch, slope, dropout=dropout)
        if shape := options.get("ImageShape"):
            reader, seen = ganimages.reader(shape, options["ConvolutionChannels"], slope, norm=True, dropout=dropout)
            width += seen
        else:
            layers.insert(0, reader)
            width += branch
        for size in options["DiscriminatorLayerSizes"]:
            layers.append(Dense(width, size, slope, dropout=dropout))
            width = size
        super().__init__(layers + [Dense(width, 1)])
        # Images are read by a network of its own.
        self.reader = Network(reader) if options.get("ImageShape") else None

    def features(self, x, z, draws=None):
        branches = 1 if self.reader else 2
        seen = self.reader(x, draws) if self.reader else self.layers[0](x, draws)
        h = torch.cat([seen, self.layers[branches - 1](z, draws)], 1)
        for layer in self.layers[branches:-1]:
            h = layer(h, draws)
        return h

    def forward(self, x, z, draws=None):
        return self.layers[-1](self.features(x, z, draws))


def train(file):
    options, columns = file["options"], file["columns"]
    latent = options["LatentDimension"]
    if shape := options.get("ImageShape"):
        e = ganimages.encoder(shape, options["ConvolutionChannels"], options["EncoderLayerSizes"], latent, leaky(options["LeakyReluSlope"]))
        g = ganimages.generator(shape, options["ConvolutionChannels"], options["GeneratorLayerSizes"], latent)
    else:
        e = perceptron(columns, options["EncoderLayerSizes"], latent, leaky(options["LeakyReluSlope"]))
        g = perceptron(latent, options["GeneratorLayerSizes"], columns, F.relu)
    d = JointDiscriminator(columns, latent, options)
    judges = {"discriminator's reader": d.reader, "discriminator": d} if d.reader else {"discriminator": d}
    training = Training(file, {"encoder": e, "generator": g, **judges})
    d_adam = Optimizer(judges, options["LearningRate"], options["Beta1"])
    g_adam = Optimizer({"encoder": e, "generator": g}, options["LearningRate"], options["Beta1"])

    def judge(draws, of_rows):
        x = draws.upload(columns=columns)
        z = draws.normal(len(x), latent)
        code, made = e(x, draws), g(z, draws)
        return logit_loss(d(x, code, draws), of_rows) + logit_loss(d(made, z, draws), 1 - of_rows)

    def step(draws):
        training.minimize("discriminator", judge(draws, 1), d_adam)
        training.minimize("encoder and generator", judge(draws, 0), g_adam)

    decay = options["WeightAverageDecay"]
    training.run("adversarial training", step, [Average(network, decay) for network in (e, g, *judges.values())] if decay > 0 else [])
    x, w = rows(file["scored"]), single(options["FeatureWeight"])
    code = e(x)
    made = g(code)
    if options["Score"] == "CrossEntropy":
        other = F.softplus(-d(made, code))[:, 0]
    else:
        other = (d.features(x, code) - d.features(made, code)).abs().sum(1)
    return training.result(single(1 - w) * (x - made).abs().sum(1) + w * other)
