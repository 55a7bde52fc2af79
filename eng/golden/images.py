"""Convolutional encoder and decoder of Deep SVDD (Ruff et al. 2018) for images of any size: 5 x 5 windows, batch statistics, no bias."""
import torch
import torch.nn.functional as F
from torch import nn

from golden import Network, single

# The library keeps weights as [height, width, channels of the large image, channels of the small one].
ORDER = (2, 3, 1, 0)


class Norm(nn.Module):
    def __init__(self, channels, epsilon):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, eps=single(epsilon), momentum=single(0.1), affine=False)

    def forward(self, x, draws):
        self.train(draws is not None)
        return self.norm(x)

    def states(self):
        yield self.norm.running_mean
        yield self.norm.running_var


class Stage(nn.Module):
    """One layer on [images, channels, height, width]; what it does is a function of the image and the weight."""

    def __init__(self, work, weight=None, order=None, norm=None, activation=None):
        super().__init__()
        self.work, self.order, self.norm, self.activation = work, order, norm, activation or (lambda x: x)
        self.weight = None if weight is None else nn.Parameter(torch.zeros(weight))

    def forward(self, x, draws=None):
        x = self.work(x, self.weight)
        return self.activation(x if self.norm is None else self.norm(x, draws))

    def parts(self):
        if self.weight is not None:
            yield self.weight, self.order

    def states(self):
        if self.norm is not None:
            yield from self.norm.states()


def pixels(shape):
    """Rows to images: the library's rows have a pixel's channels side by side."""
    height, width, channels = shape["Height"], shape["Width"], shape["Channels"]
    return Stage(lambda x, _: x.reshape(-1, height, width, channels).permute(0, 3, 1, 2))


def flat():
    return Stage(lambda x, _: x.permute(0, 2, 3, 1).reshape(len(x), -1))


def dense(inputs, outputs, norm=None, activation=None):
    return Stage(lambda x, w: F.linear(x.reshape(len(x), -1), w)[:, :, None, None], (outputs, inputs), True, norm, activation)


def sizes_of(shape, channels):
    """Height and width before each stage and after the last one: halved while the shorter side is above 7."""
    sides = [(shape["Height"], shape["Width"])]
    for _ in channels:
        height, width = sides[-1]
        sides.append((height // 2, width // 2) if min(height, width) > 7 else (height, width))
    return sides


def encoder(shape, channels, latent, slope, epsilon):
    sides, stages, inputs = sizes_of(shape, channels), [pixels(shape)], shape["Channels"]
    for before, after, outputs in zip(sides, sides[1:], channels):
        stages.append(Stage(lambda x, w: F.conv2d(x, w, padding=2), (outputs, inputs, 5, 5), ORDER, Norm(outputs, epsilon), slope))
        if before != after:
            stages.append(Stage(lambda x, _: F.max_pool2d(x, 2)))
        inputs = outputs
    return Network(stages + [flat(), dense(inputs * sides[-1][0] * sides[-1][1], latent), flat()])


def back(inputs, outputs, below, right, norm=None, activation=None):
    def work(x, w):
        x = F.conv_transpose2d(x, w)
        return x[:, :, 2:x.shape[2] - below, 2:x.shape[3] - right]

    return Stage(work, (inputs, outputs, 5, 5), ORDER, norm, activation)


def decoder(shape, channels, latent, slope, epsilon):
    """For codes that are no multiple of the smallest image's pixels: a dense layer makes 8 channels of them."""
    sides = sizes_of(shape, channels)
    height, width = sides[-1]
    assert latent % (height * width) != 0
    inputs = channels_of_code = 8
    stages = [
        Stage(lambda x, _: x[:, :, None, None], norm=Norm(latent, epsilon), activation=slope),
        dense(latent, inputs * height * width, Norm(inputs * height * width, epsilon), slope),
        Stage(lambda x, _: x.reshape(-1, height, width, channels_of_code).permute(0, 3, 1, 2)),
    ]
    below, right = 2, 2
    for before, after, outputs in list(zip(sides, sides[1:], channels))[::-1]:
        stages.append(back(inputs, outputs, below, right, Norm(outputs, epsilon), slope))
        inputs, below, right = outputs, 2, 2
        if before != after:
            stages.append(Stage(lambda x, _: F.interpolate(x, scale_factor=2)))
            below, right = 2 - before[0] % 2, 2 - before[1] % 2
    return Network(stages + [back(inputs, shape["Channels"], below, right), flat()])
