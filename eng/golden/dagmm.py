"""DAGMM (Zong et al. 2018): an autoencoder's code and errors, memberships by a second network, energy under the mixture that they make."""
import torch

from golden import Optimizer, Training, perceptron, rows, single


def mixture(z, gamma, ridge):
    mass = gamma.sum(0)
    phi, mu = mass / len(z), gamma.t() @ z / mass[:, None]
    e = z[:, None, :] - mu
    sigma = torch.einsum("nk,nki,nkj->kij", gamma, e, e) / mass[:, None, None] + single(ridge) * torch.eye(z.shape[1])
    return phi, mu, sigma


def energies(z, phi, mu, sigma):
    normal = torch.distributions.MultivariateNormal(mu, covariance_matrix=sigma)
    return -torch.logsumexp(torch.log(phi) + normal.log_prob(z[:, None, :]), 1)


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, components = options["EncoderLayerSizes"], options["LatentDimension"], options["NumberOfComponents"]
    e = perceptron(columns, sizes, latent, torch.tanh)
    d = perceptron(latent, sizes[::-1], columns, torch.tanh)
    m = perceptron(latent + 2, options["EstimationLayerSizes"], components, torch.tanh, dropout=options["DropoutRate"])
    networks = {"encoder": e, "decoder": d, "estimation": m}
    training = Training(file, networks)
    adam = Optimizer(networks, options["LearningRate"], epsilon=1e-8)
    energy_weight, penalty_weight, ridge = (single(options[name]) for name in ("EnergyWeight", "SingularityWeight", "Regularization"))
    seen = []

    def compress(x):
        code = e(x)
        back = d(code)
        norm, other = x.norm(dim=1).clamp(min=1e-6), back.norm(dim=1).clamp(min=1e-6)
        return torch.cat([code, ((x - back).norm(dim=1) / norm)[:, None], ((x * back).sum(1) / (norm * other))[:, None]], 1), back

    def step(draws):
        x = draws.upload(columns=columns)
        seen.append(x)
        z, back = compress(x)
        gamma = torch.softmax(m(z, draws), 1)
        phi, mu, sigma = mixture(z, gamma, ridge)
        reconstruction = ((back - x) ** 2).sum(1).mean()
        energy, penalty = energies(z, phi, mu, sigma).mean(), (1 / torch.diagonal(sigma, dim1=1, dim2=2)).sum()
        training.report("reconstruction", reconstruction)
        training.report("energy", energy)
        training.minimize("total", reconstruction + energy_weight * energy + penalty_weight * penalty, adam)

    training.run("joint training", step)
    # The first two batches are all rows once.
    with torch.no_grad():
        z, _ = compress(torch.cat(seen[:2]))
        learned = mixture(z, torch.softmax(m(z), 1), ridge)
        return training.result(energies(compress(rows(file["scored"]))[0], *learned))
