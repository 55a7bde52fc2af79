"""AnoGAN (Schlegl et al. 2017, arXiv:1703.05921): the usual game, then a search of the generator's input for each row."""
import torch
import torch.nn.functional as F

import ganimages
from golden import Average, Optimizer, Training, leaky, logit_loss, perceptron, rows, single


def train(file):
    options, columns = file["options"], file["columns"]
    latent, slope, dropout = options["LatentDimension"], leaky(options["LeakyReluSlope"]), options["DropoutRate"]
    if shape := options.get("ImageShape"):
        channels = options["ConvolutionChannels"]
        g = ganimages.generator(shape, channels, options["GeneratorLayerSizes"], latent)
        d = ganimages.discriminator(shape, channels, options["DiscriminatorLayerSizes"], 1, slope, norm=True, dropout=dropout)
    else:
        g = perceptron(latent, options["GeneratorLayerSizes"], columns, F.relu)
        d = perceptron(columns, options["DiscriminatorLayerSizes"], 1, slope, dropout)
    training = Training(file, {"generator": g, "discriminator": d})
    g_adam = Optimizer({"generator": g}, options["LearningRate"], options["Beta1"])
    d_adam = Optimizer({"discriminator": d}, options["LearningRate"], options["Beta1"])

    def judge(x, made, draws):
        """Rows of a table stand in one batch; where the batch's statistics count, real and made images are batches of their own."""
        if shape:
            return d(x, draws), d(made, draws)
        return d(torch.cat([x, made]), draws).chunk(2)

    def step(draws):
        x = draws.upload(columns=columns)
        made = g(draws.normal(len(x), latent), draws)
        of_rows, of_made = judge(x, made, draws)
        training.minimize("discriminator", logit_loss(of_rows, 1) + logit_loss(of_made, 0), d_adam)
        training.minimize("generator", logit_loss(d(g(draws.normal(len(x), latent), draws), draws), 1), g_adam)

    decay = options["WeightAverageDecay"]
    training.run("adversarial training", step, [Average(network, decay) for network in (g, d)] if decay > 0 else [])
    return training.result(search(options, rows(file["scored"]), g, d))


def search(options, x, g, d):
    """Adam on the code from 0, the rate falling after 3/5 and 4/5 of the steps; the least score on the way."""
    steps, w = options["NumberOfSearchSteps"], single(options["FeatureWeight"])
    z = torch.zeros(len(x), options["LatentDimension"], requires_grad=True)
    adam = torch.optim.Adam([z], lr=1)

    def score():
        made = g(z)
        if options["Score"] == "CrossEntropy":
            other = F.softplus(-d(made))[:, 0]
        else:
            other = (d.hidden(x)[-1] - d.hidden(made)[-1]).abs().sum(1)
        return single(1 - w) * (x - made).abs().sum(1) + w * other

    least = score().detach()
    for index in range(steps):
        share = 1 if index < 0.6 * steps else 0.1 if index < 0.8 * steps else 0.05
        adam.param_groups[0]["lr"] = single(options["SearchLearningRate"]) * share
        adam.zero_grad()
        score().sum().backward()
        adam.step()
        least = torch.minimum(least, score().detach())
    return least
