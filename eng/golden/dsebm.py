"""DSEBM (Zhai et al. 2016): an energy whose gradient denoises. The gradient is automatic differentiation's, not the closed form."""
import torch
import torch.nn.functional as F

from golden import Dense, Network, Optimizer, Training, rows


class Offset(torch.nn.Module):
    """b', kept behind the layers without a bias of its own."""

    def __init__(self, columns):
        super().__init__()
        self.value = torch.nn.Parameter(torch.zeros(1, columns))

    def parts(self):
        yield self.value, False

    def states(self):
        return []


class Energy(Network):
    def __init__(self, columns, sizes):
        layers = [Dense(inputs, width) for inputs, width in zip([columns] + sizes, sizes)]
        super().__init__(layers + [Offset(columns)])

    def forward(self, x):
        h = x
        for layer in self.layers[:-1]:
            h = F.softplus(layer(h))
        return 0.5 * ((x - self.layers[-1].value) ** 2).sum(1) - h.sum(1)

    def denoise(self, x):
        x = x.detach().requires_grad_()
        return x - torch.autograd.grad(self(x).sum(), x, create_graph=True)[0]


def train(file):
    options, columns = file["options"], file["columns"]
    energy = Energy(columns, options["LayerSizes"])
    training = Training(file, {"energy": energy})
    adam = Optimizer({"energy": energy}, options["LearningRate"], epsilon=1e-8)

    def step(draws):
        x = draws.upload(columns=columns)
        seen = x + draws.normal(len(x), columns, deviation=options["NoiseDeviation"])
        training.minimize("denoising", ((energy.denoise(seen) - x) ** 2).mean(), adam)

    training.run("energy", step)
    x = rows(file["scored"])
    return training.result(energy(x) if file["method"] == "DSEBM-e" else (x - energy.denoise(x)).norm(dim=1))
