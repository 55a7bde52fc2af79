"""Networks of adversarial games on images: those of EGBAD's authors for MNIST, with the paddings that TensorFlow calls "same"."""
import torch
import torch.nn.functional as F
from torch import nn

from golden import Network, single

# The library keeps weights as [height, width, channels of the large image, channels of the small one].
ORDER = (2, 3, 1, 0)


class Layer(nn.Module):
    """dropout(activation(normalisation(product))), of maps or of rows; a product before batch statistics has no bias."""

    def __init__(self, work, weight, order, outputs, activation=None, norm=False, dropout=0.0):
        super().__init__()
        self.work, self.order, self.activation, self.dropout = work, order, activation or (lambda x: x), dropout
        self.weight = nn.Parameter(torch.zeros(weight))
        self.bias = None if norm else nn.Parameter(torch.zeros(outputs))
        kind = nn.BatchNorm1d if order is True else nn.BatchNorm2d
        self.norm = kind(outputs, eps=single(1e-5), momentum=single(0.1)) if norm else None

    def forward(self, x, draws=None):
        self.train(draws is not None)
        x = self.work(x, self.weight)
        if self.norm is not None:
            x = self.norm(x)
        else:
            x = x + (self.bias if x.dim() == 2 else self.bias[:, None, None])
        x = self.activation(x)
        if draws is None or self.dropout == 0:
            return x
        kept = single(1 / (1 - self.dropout))
        if x.dim() == 2:
            return x * draws.mask(*x.shape) * kept
        n, channels, height, width = x.shape
        return x * draws.mask(n * height * width, channels).reshape(n, height, width, channels).permute(0, 3, 1, 2) * kept

    def parts(self):
        yield self.weight, self.order
        if self.bias is not None:
            yield self.bias, False
        else:
            yield self.norm.weight, False
            yield self.norm.bias, False

    def states(self):
        if self.norm is not None:
            yield self.norm.running_mean
            yield self.norm.running_var


class View(nn.Module):
    """Rows to maps and back; the library's rows have a pixel's channels side by side."""

    def __init__(self, work):
        super().__init__()
        self.work = work

    def forward(self, x, draws=None):
        return self.work(x)

    def parts(self):
        return iter(())

    def states(self):
        return iter(())


def maps(height, width, channels):
    return View(lambda x: x.reshape(-1, height, width, channels).permute(0, 3, 1, 2))


def flat():
    return View(lambda x: x.permute(0, 2, 3, 1).reshape(len(x), -1))


def dense(inputs, outputs, activation=None, norm=False, dropout=0.0):
    return Layer(F.linear, (outputs, inputs), True, outputs, activation, norm, dropout)


def convolution(inputs, outputs, size, stride, activation, norm=False, dropout=0.0):
    def work(x, w):
        missing = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[2:]]
        (top, below), (left, right) = [(m // 2, m - m // 2) for m in missing]
        return F.conv2d(F.pad(x, (left, right, top, below)), w, stride=stride)

    return Layer(work, (outputs, inputs, size, size), ORDER, outputs, activation, norm, dropout)


def back(inputs, outputs, height, width, stride, activation=None, norm=False):
    """A window of 4 x 4 transposed; of what it gives the first line and column are cut off."""
    return Layer(lambda x, w: F.conv_transpose2d(x, w, stride=stride)[:, :, 1:1 + height, 1:1 + width], (inputs, outputs, 4, 4), ORDER, outputs, activation, norm)


def stages(shape, channels):
    """Height, width and stride of each stage: halved, rounded up, while the shorter side is above 7."""
    sides, strides = [(shape["Height"], shape["Width"])], []
    for _ in channels:
        height, width = sides[-1]
        strides.append(2 if min(height, width) > 7 else 1)
        sides.append(tuple(-(-side // strides[-1]) for side in (height, width)))
    return sides, strides


def entry(shape):
    return maps(shape["Height"], shape["Width"], shape["Channels"])


def encoder(shape, channels, hidden, latent, slope):
    sides, strides = stages(shape, channels)
    layers, inputs = [entry(shape), convolution(shape["Channels"], channels[0] // 2, 3, 1, slope)], channels[0] // 2
    for outputs, stride in zip(channels, strides):
        layers.append(convolution(inputs, outputs, 3, stride, slope, norm=True))
        inputs = outputs
    layers.append(flat())
    width = inputs * sides[-1][0] * sides[-1][1]
    for units in hidden:
        layers.append(dense(width, units, slope, norm=True))
        width = units
    return Network(layers + [dense(width, latent)])


def generator(shape, channels, hidden, latent):
    sides, strides = stages(shape, channels)
    (height, width), layers, inputs = sides[-1], [], latent
    for units in [*hidden, height * width * channels[-1]]:
        layers.append(dense(inputs, units, F.relu, norm=True))
        inputs = units
    layers.append(maps(height, width, channels[-1]))
    for i in range(len(channels) - 1, 0, -1):
        layers.append(back(channels[i], channels[i - 1], *sides[i], strides[i], F.relu, norm=True))
    return Network(layers + [back(channels[0], shape["Channels"], *sides[0], strides[0]), flat()])


def reader(shape, channels, slope, norm, dropout=0.0):
    """Convolutions that all have the first number of channels, and how many numbers they give."""
    sides, strides = stages(shape, channels)
    layers, inputs = [entry(shape)], shape["Channels"]
    for i, stride in enumerate(strides):
        layers.append(convolution(inputs, channels[0], 4, stride, slope, norm and i > 0, dropout))
        inputs = channels[0]
    return layers + [flat()], inputs * sides[-1][0] * sides[-1][1]


def discriminator(shape, channels, hidden, outputs, slope, norm, dropout=0.0):
    layers, width = reader(shape, channels, slope, norm, dropout)
    for units in hidden:
        layers.append(dense(width, units, slope, norm, dropout))
        width = units
    return Network(layers + [dense(width, outputs)])
