"""ARN (Liguori, Manco, Pisani and Ritacco 2021): a variational autoencoder against a discriminator, with its variants and ablations."""
import torch
import torch.nn.functional as F
from torch.distributions import Normal, kl_divergence

from golden import Average, Dense, Network, Optimizer, Training, leaky, logit_loss, rows, single

COOPERATIVE_RECONSTRUCTION = 20
CATEGORICAL_SHARE = 0.5
NORMS = {"Layer": "layer", "None": None, "Batch": "batch", "JointBatch": "batch"}


class Arn:
    def __init__(self, file):
        self.options = options = file["options"]
        self.columns, self.latent = file["columns"], options["LatentDimension"]
        self.variational = options["Divergence"] != "None"
        groups = options["CategoricalGroups"] if options["Variant"] == "Gumbel" else []
        self.groups = [range(group["Start"], group["Start"] + group["Length"]) for group in groups]
        self.others = [c for c in range(self.columns) if all(c not in group for group in self.groups)]
        self._make_networks(NORMS[options["Normalization"]])
        self.training = Training(file, {"encoder": self.e, "decoder": self.d, "discriminator": self.judge})
        self.d_adam = Optimizer({"discriminator": self.judge}, options["DiscriminatorLearningRate"])
        self.g_adam = Optimizer({"encoder": self.e, "decoder": self.d}, options["GeneratorLearningRate"])

    def _make_networks(self, norm):
        sizes, dropout = self.options["EncoderLayerSizes"], self.options["DropoutRate"]
        layers = [Dense(i, o, leaky(0.2), norm) for i, o in zip([self.columns] + sizes, sizes)]
        if self.variational:
            # A linear layer, then both heads: means and logarithms of variances side by side.
            layers += [Dense(sizes[-1], sizes[-1]), Dense(sizes[-1], 2 * self.latent)]
        self.e = Network(layers)
        width = sizes[-1]
        layers = [Dense(self.latent, width, F.relu), Dense(width, width)] if self.variational else []
        for size in sizes[-2::-1]:
            layers.append(Dense(width, size, F.relu, norm, dropout))
            width = size
        self.d = Network(layers + [Dense(width, self.columns)])

        # First half leaky, then rectifiers; no norm in the last two hidden layers, dropout in the last three.
        sizes = self.options["DiscriminatorLayerSizes"]
        count, width, layers = len(sizes), self.columns, []
        for i, size in enumerate(sizes):
            layers.append(Dense(width, size, leaky(0.2) if i < count // 2 else F.relu, norm if i < max(1, count - 2) else None,
                                dropout if i >= count - 3 else 0.0))
            width = size
        self.judge = Network(layers + [Dense(width, 1)])

    @property
    def annealing(self):
        """Of the present step, counted from 1: temperature, label noise, weight of the divergence."""
        return self.options["AnnealingRate"] ** (self.training.index + 1)

    def reconstruct(self, x, draws):
        """Rows by G, and the distribution of their codes."""
        code, distribution = self.e(x, draws), None
        if self.variational:
            mean, log_variance = code[:, :self.latent], code[:, self.latent:]
            distribution = (mean, log_variance)
            code = mean + (log_variance / 2).exp() * draws.normal(len(x), self.latent)
        logits = self.d(code, draws)
        return self.sample(logits, draws) if self.groups else torch.sigmoid(logits), distribution

    def sample(self, logits, draws):
        """Straight-through Gumbel-softmax in each group."""
        temperature = max(single(self.annealing), single(self.options["LeastTemperature"]))
        gumbel = -torch.log(-torch.log(draws.uniform(*logits.shape)))
        made = torch.sigmoid(logits)
        for group in self.groups:
            columns = list(group)
            soft = F.softmax((logits[:, columns] + gumbel[:, columns]) / temperature, dim=1)
            hard = F.one_hot(soft.argmax(1), len(columns)).to(soft)
            # Written so that the value is exactly one-hot.
            straight = hard + (soft - soft.detach())
            made = made.index_copy(1, torch.tensor(columns), straight)
        return made

    def reconstruction_loss(self, made, x, draws):
        weights = draws.upload(1, self.columns)
        if not self.groups:
            loss = F.mse_loss(made, x)
        else:
            loss = F.mse_loss(made[:, self.others], x[:, self.others])
            of_groups = [F.mse_loss(made[:, list(group)], x[:, list(group)]) for group in self.groups]
            loss = loss + CATEGORICAL_SHARE * sum(of_groups) / len(of_groups)
        # The library's weights of columns say the same, in single precision: its figures are what is to be compared.
        same = (weights * (made - x) ** 2).sum() / len(x)
        assert abs(same.item() - loss.item()) < 1e-6 * loss.item()
        return same

    def divergence(self, distribution):
        mean, log_variance = distribution
        if self.options["Divergence"] == "AsPublished":
            return (0.5 * (-0.5 * log_variance + (0.5 * log_variance).exp() + mean ** 2)).mean()
        return kl_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0)).mean()

    def judge_both(self, x, made, draws):
        """Logits that rows are normal; real and made ones have statistics of their own or share them."""
        if self.options["Normalization"] == "Batch":
            return self.judge(x, draws), self.judge(made, draws)
        judged = self.judge(torch.cat([x, made]), draws)
        return judged[:len(x)], judged[len(x):]

    def with_mirrored(self, x, made, draws):
        """The last rows of the batch are reflected at the row that they reconstruct, in the columns of no group."""
        count = int(len(made) * self.options["MirrorShare"])
        if count == 0:
            return made
        mask = draws.upload(count, self.columns)
        assert all(bool((mask[:, c] == (1.0 if c in self.others else 0.0)).all()) for c in range(self.columns))
        reflected = made.clone()
        for c in self.others:
            reflected[-count:, c] = 2 * x[-count:, c] - made[-count:, c]
        return reflected

    def labels(self, count, draws):
        """As drawn: within the noise of the truth, or if exchanged within it of the opposite."""
        noise = single(self.options["LabelNoise"] * self.annealing)
        labels = draws.upload(count, 1)
        assert bool(((labels - labels.round()).abs() <= noise * (1 + 1e-6)).all()) or noise > 0.5
        assert bool((labels >= 0).all()) and bool((labels <= 1).all())
        return labels

    def discriminator_loss(self, x, made, draws):
        of_real, of_made = self.judge_both(x, made, draws)
        return logit_loss(of_real, self.labels(len(x), draws)) + logit_loss(of_made, self.labels(len(x), draws))

    def step_adversarial(self, draws):
        x = draws.upload(columns=self.columns)
        made, _ = self.reconstruct(x, draws)
        made = self.with_mirrored(x, made.detach(), draws)
        self.training.minimize("discriminator", self.discriminator_loss(x, made, draws), self.d_adam)

        made, distribution = self.reconstruct(x, draws)
        joint = self.options["Normalization"] == "JointBatch"
        of_made = self.judge_both(x, made, draws)[1] if joint else self.judge(made, draws)
        loss = single(self.options["AdversarialWeight"]) * logit_loss(of_made, 1) + self.reconstruction_loss(made, x, draws)
        if self.variational:
            weight = single(self.annealing) if self.options["AnnealDivergence"] else 1.0
            loss = loss + weight * self.divergence(distribution)
        self.training.minimize("generator", loss, self.g_adam)

    def step_cooperative(self, draws):
        x = draws.upload(columns=self.columns)
        made, distribution = self.reconstruct(x, draws)
        loss = self.discriminator_loss(x, made, draws) + COOPERATIVE_RECONSTRUCTION * self.reconstruction_loss(made, x, draws)
        if self.variational:
            loss = loss + self.divergence(distribution)
        self.training.minimize("both", loss, self.d_adam, self.g_adam)


def train(file):
    method = Arn(file)
    decay = method.options["WeightAverageDecay"]
    step = method.step_adversarial if method.options["Game"] == "Adversarial" else method.step_cooperative
    method.training.run("adversarial training", step, [Average(method.judge, decay)] if decay > 0 else [])
    return method.training.result(-method.judge(rows(file["scored"])))
