"""f-AnoGAN (Schlegl et al. 2019): a Wasserstein GAN with gradient penalty, then an encoder as the generator's inverse (izi_f)."""
import torch
import torch.nn.functional as F

import ganimages
from golden import Optimizer, Training, leaky, perceptron, rows, single


def train(file):
    options, columns = file["options"], file["columns"]
    latent, slope = options["LatentDimension"], leaky(options["LeakyReluSlope"])
    sizes = [options[name] for name in ("GeneratorLayerSizes", "CriticLayerSizes", "EncoderLayerSizes")]
    if shape := options.get("ImageShape"):
        channels = options["ConvolutionChannels"]
        g = ganimages.generator(shape, channels, sizes[0], latent)
        d = ganimages.discriminator(shape, channels, sizes[1], 1, slope, norm=False)
        e = ganimages.discriminator(shape, channels, sizes[2], latent, slope, norm=True)
    else:
        g, d, e = perceptron(latent, sizes[0], columns, F.relu), perceptron(columns, sizes[1], 1, slope), perceptron(columns, sizes[2], latent, slope)
    training = Training(file, {"generator": g, "critic": d, "encoder": e})
    rate, weight, kappa = options["LearningRate"], single(options["GradientPenalty"]), single(options["FeatureWeight"])
    g_adam = Optimizer({"generator": g}, rate, 0, 0.9)
    d_adam = Optimizer({"critic": d}, rate, 0, 0.9)
    e_adam = Optimizer({"encoder": e}, options["EncoderLearningRate"])

    def game(draws):
        for _ in range(options["CriticSteps"]):
            x = draws.upload(columns=columns)
            made = g(draws.normal(len(x), latent), draws)
            loss = d(made).mean() - d(x).mean()
            if weight > 0:
                share = draws.upload(len(x), columns)
                between = (x + share * (made - x)).detach().requires_grad_()
                slopes, = torch.autograd.grad(d(between).sum(), between, create_graph=True)
                loss = loss + weight * ((slopes.norm(dim=1) - 1) ** 2).mean()
            training.minimize("critic", loss, d_adam)
        training.minimize("generator", -d(g(draws.normal(len(x), latent), draws)).mean(), g_adam)

    def invert(draws):
        x = draws.upload(columns=columns)
        given = g(e(x, draws))
        loss = ((given - x) ** 2).mean()
        if kappa > 0:
            loss = loss + kappa * ((d.hidden(given)[-1] - d.hidden(x)[-1]) ** 2).mean()
        training.minimize("encoder", loss, e_adam)

    training.run("game", game)
    training.run("encoder", invert)
    x = rows(file["scored"])
    given = g(e(x))
    features = (d.hidden(given)[-1] - d.hidden(x)[-1]) ** 2
    return training.result(single(1 / columns) * ((given - x) ** 2).sum(1) + kappa * single(1 / features.shape[1]) * features.sum(1))
