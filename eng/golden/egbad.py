"""EGBAD (Zenati et al. 2018, arXiv:1802.06222): a bidirectional GAN, with the updates in the order of the authors' code."""
import torch
import torch.nn.functional as F

from golden import Average, Dense, Network, Optimizer, Training, leaky, logit_loss, perceptron, rows, single


class JointDiscriminator(Network):
    """x and z by a dense layer and dropout each, then dense layers on both; the last hidden layer is the features."""

    def __init__(self, columns, latent, options):
        slope, dropout, branch = leaky(options["LeakyReluSlope"]), options["DropoutRate"], options["BranchSize"]
        layers = [Dense(columns, branch, slope, dropout=dropout), Dense(latent, branch, slope, dropout=dropout)]
        width = 2 * branch
        for size in options["DiscriminatorLayerSizes"]:
            layers.append(Dense(width, size, slope, dropout=dropout))
            width = size
        super().__init__(layers + [Dense(width, 1)])

    def features(self, x, z, draws=None):
        h = torch.cat([self.layers[0](x, draws), self.layers[1](z, draws)], 1)
        for layer in self.layers[2:-1]:
            h = layer(h, draws)
        return h

    def forward(self, x, z, draws=None):
        return self.layers[-1](self.features(x, z, draws))


def train(file):
    options, columns = file["options"], file["columns"]
    latent = options["LatentDimension"]
    e = perceptron(columns, options["EncoderLayerSizes"], latent, leaky(options["LeakyReluSlope"]))
    g = perceptron(latent, options["GeneratorLayerSizes"], columns, F.relu)
    d = JointDiscriminator(columns, latent, options)
    training = Training(file, {"encoder": e, "generator": g, "discriminator": d})
    d_adam = Optimizer({"discriminator": d}, options["LearningRate"], options["Beta1"])
    g_adam = Optimizer({"encoder": e, "generator": g}, options["LearningRate"], options["Beta1"])

    def judge(draws, of_rows):
        x = draws.upload(columns=columns)
        z = draws.normal(len(x), latent)
        return logit_loss(d(x, e(x), draws), of_rows) + logit_loss(d(g(z), z, draws), 1 - of_rows)

    def step(draws):
        training.minimize("discriminator", judge(draws, 1), d_adam)
        training.minimize("encoder and generator", judge(draws, 0), g_adam)

    decay = options["WeightAverageDecay"]
    training.run("adversarial training", step, [Average(network, decay) for network in (e, g, d)] if decay > 0 else [])
    x, w = rows(file["scored"]), single(options["FeatureWeight"])
    code = e(x)
    made = g(code)
    if options["Score"] == "CrossEntropy":
        other = F.softplus(-d(made, code))[:, 0]
    else:
        other = (d.features(x, code) - d.features(made, code)).abs().sum(1)
    return training.result(single(1 - w) * (x - made).abs().sum(1) + w * other)
