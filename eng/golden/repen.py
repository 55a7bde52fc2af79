"""REPEN (Pang et al. 2018, arXiv:1806.04808): a layer of rectifiers trained on triplets by Adadelta, scored by random distances."""
import numpy as np
import torch
import torch.nn.functional as F

from golden import Dense, Network, Training, rows, single

# The library's samples are the same for all fits of as many rows: three samples of two of ten rows.
SAMPLES = [[4, 7], [2, 7], [1, 7]]

# The training rows in their order, which the steps do not tell.
TRAINING = [
    [0.43, 0.72, 0.6, 0.23, 0.42, 0.61],
    [0.23, 0.77, 0.71, 0.71, 0.47, 0.76],
    [0.47, 0.27, 0.73, 0.44, 0.68, 0.4],
    [0.72, 0.22, 0.65, 0.54, 0.3, 0.49],
    [0.43, 0.22, 0.77, 0.21, 0.49, 0.63],
    [0.66, 0.38, 0.27, 0.3, 0.25, 0.24],
    [0.7, 0.29, 0.53, 0.76, 0.73, 0.6],
    [0.27, 0.24, 0.56, 0.78, 0.63, 0.54],
    [0.7, 0.29, 0.33, 0.72, 0.62, 0.75],
    [0.56, 0.69, 0.62, 0.31, 0.6, 0.4],
]


class Adadelta:
    """PyTorch's, with the settings of the Keras of 2018."""

    def __init__(self, networks, rate, rho):
        self.networks = networks
        self.weights = [weight for network in networks.values() for weight in network.weights()]
        self.adadelta = torch.optim.Adadelta(self.weights, lr=single(rate), rho=single(rho), eps=single(1e-7))

    def update(self):
        self.adadelta.step()


def random_distances(x, samples):
    """The distance of each row from the nearest of each sample, a mean over the samples."""
    return torch.stack([torch.cdist(x, sample, compute_mode="donot_use_mm_for_euclid_dist").min(1).values for sample in samples]).mean(0)


def train(file):
    options, columns = file["options"], file["columns"]
    f = Network([Dense(columns, options["LatentDimension"], F.relu)])
    training = Training(file, {"representation": f})
    optimizer = Adadelta({"representation": f}, options["LearningRate"], options["Rho"])
    margin = single(options["Margin"])
    normal = {}

    def step(draws):
        x = draws.upload(columns=columns)
        triplets = draws.upload(3 * len(x), columns)
        for row in x:
            normal[tuple(row.tolist())] = row
        kinds.append(triplets.split(len(x)))
        query, positive, negative = f(triplets).split(len(x))
        exceeded = ((query - negative) ** 2).sum(1) - ((query - positive) ** 2).sum(1)
        # The library leaves the constant margin out of what it reports.
        training.minimize("triplets", F.relu(margin - exceeded).mean() - margin, optimizer)

    kinds = []
    training.run("representation", step)

    # Which rows are likely outliers shows in the triplets; the first scores have to say the same.
    x = rows(TRAINING)
    assert sorted(map(tuple, x.tolist())) == sorted(normal)
    samples = [x[sample] for sample in SAMPLES]
    scores = random_distances(x, samples).numpy()
    outlying = scores > scores.mean() + np.sqrt(3) * scores.std()
    if not outlying.any():
        outlying[scores.argmax()] = True
    outliers = {tuple(row) for row in x[torch.from_numpy(outlying)].tolist()}
    for query, positive, negative in kinds:
        assert all(tuple(row) in outliers for row in negative.tolist())
        assert all(tuple(row) in normal and tuple(row) not in outliers for row in torch.cat([query, positive]).tolist())
        assert (query - positive).abs().sum(1).min() > 0
    return training.result(random_distances(f(rows(file["scored"])), [f(sample) for sample in samples]))
