"""The methods' networks in PyTorch, eager and on the CPU, to be raced against by `eng/bench.sh`.

A case starts from the weights and rows that the library hands over (folder in argv[1]); commands come line by line on standard
input, answers go to standard output: `steps N` -> seconds and mean losses, `score` -> seconds and mean score, `memory` -> peak MiB.
Every network is written the way its authors' users would: nn modules, BCE with logits, one Adam for each player, frozen networks under
no_grad or without gradients of their own.
"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

FOLDER = Path(sys.argv[1])
CASE = json.loads((FOLDER / "case.json").read_text())
torch.set_num_threads(CASE["threads"])
torch.manual_seed(1)


def floats(name):
    return torch.from_numpy(np.fromfile(FOLDER / name, dtype=np.float32))


ROWS = floats("rows.f32").reshape(-1, CASE["columns"])
SCORED = ROWS.repeat(-(-CASE["scored"] // ROWS.shape[0]), 1)[:CASE["scored"]].contiguous()
BATCH = CASE["batch"]


def batches():
    while True:
        order = torch.randperm(ROWS.shape[0])
        for start in range(0, len(order) - BATCH + 1, BATCH):
            yield ROWS[order[start:start + BATCH]]


def mlp(widths, activation, dropout=0.0):
    layers = []
    for i in range(len(widths) - 1):
        layers.append(nn.Linear(widths[i], widths[i + 1]))
        if i + 2 < len(widths):
            layers.append(activation())
            if dropout:
                layers.append(nn.Dropout(dropout))
    return nn.Sequential(*layers)


def leaky(slope):
    return lambda: nn.LeakyReLU(slope)


def load(network, name):
    """The library keeps [inputs, outputs] row by row, bias, then scale and shift of a normalisation."""
    values, at = floats(name + ".f32"), 0
    with torch.no_grad():
        for layer in network.modules():
            if isinstance(layer, nn.Linear):
                size = layer.in_features * layer.out_features
                layer.weight.copy_(values[at:at + size].reshape(layer.in_features, layer.out_features).t())
                at += size
                if layer.bias is not None:
                    layer.bias.copy_(values[at:at + layer.out_features])
                    at += layer.out_features
            elif isinstance(layer, nn.BatchNorm1d):
                layer.weight.copy_(values[at:at + layer.num_features])
                layer.bias.copy_(values[at + layer.num_features:at + 2 * layer.num_features])
                at += 2 * layer.num_features
    assert at == len(values), f"{name}: {at} of {len(values)} values"
    return network


def bce(logits, label):
    return binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))


def trains(on, *networks):
    for network in networks:
        for parameter in network.parameters():
            parameter.requires_grad_(on)


def minimize(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


class Average:
    def __init__(self, network, decay):
        self.live = list(network.parameters())
        self.kept = [parameter.detach().clone() for parameter in self.live]
        self.decay = decay

    @torch.no_grad()
    def update(self):
        for kept, live in zip(self.kept, self.live):
            kept.mul_(self.decay).add_(live, alpha=1 - self.decay)


class Alad:
    class Joint(nn.Module):
        def __init__(self, columns):
            super().__init__()
            self.rows = nn.Linear(columns, 128, bias=False)
            self.norm = nn.BatchNorm1d(128, eps=1e-3, momentum=0.01)
            self.codes = nn.Linear(32, 128)
            self.hidden = nn.Linear(256, 128)
            self.logit = nn.Linear(128, 1)
            self.activation = nn.LeakyReLU(0.2)
            self.dropout = nn.Dropout(0.5)

        def forward(self, x, z):
            rows = self.activation(self.norm(self.rows(x)))
            codes = self.dropout(self.activation(self.codes(z)))
            return self.logit(self.dropout(self.activation(self.hidden(torch.cat([rows, codes], 1)))))

    def __init__(self, columns):
        act = leaky(0.2)
        self.e = load(mlp([columns, 64, 32], act), "encoder")
        self.g = load(mlp([32, 64, 128, columns], nn.ReLU), "generator")
        self.xz = load(Alad.Joint(columns), "joint discriminator")
        self.xx = load(mlp([2 * columns, 128, 1], act, 0.2), "feature discriminator")
        self.zz = load(mlp([64, 32, 1], act, 0.2), "latent discriminator")
        self.judges = (self.xz, self.xx, self.zz)
        adam = lambda *nets: torch.optim.Adam([p for n in nets for p in n.parameters()], 1e-5, (0.5, 0.999), 1e-8)
        self.d_adam, self.g_adam = adam(*self.judges), adam(self.e, self.g)
        self.averages = [Average(network, 0.999) for network in (self.e, self.g, self.xx)]

    def step(self, data):
        x, z = next(data), torch.randn(BATCH, 32)
        trains(True, *self.judges)
        with torch.no_grad():
            code, made = self.e(x), self.g(z)
            again, code_again = self.g(code), self.e(made)
        joint = bce(self.xz(x, code), 1) + bce(self.xz(made, z), 0)
        rows = self.xx(torch.cat([torch.cat([x, x], 1), torch.cat([x, again], 1)]))
        codes = self.zz(torch.cat([torch.cat([z, z], 1), torch.cat([z, code_again], 1)]))
        loss_d = minimize(self.d_adam, joint + bce(rows[:BATCH], 1) + bce(rows[BATCH:], 0) + bce(codes[:BATCH], 1) + bce(codes[BATCH:], 0))
        x, z = next(data), torch.randn(BATCH, 32)
        trains(False, *self.judges)
        code, made = self.e(x), self.g(z)
        loss = bce(self.xz(made, z), 1) + bce(self.xz(x, code), 0)
        loss = loss + bce(self.xx(torch.cat([x, self.g(code)], 1)), 1) + bce(self.zz(torch.cat([z, self.e(made)], 1)), 1)
        loss_g = minimize(self.g_adam, loss)
        for average in self.averages:
            average.update()
        return {"discriminators": loss_d, "encoder and generator": loss_g}

    def score(self, x):
        features = self.xx[:3]
        self.xx.eval()
        again = self.g(self.e(x))
        return (features(torch.cat([x, x], 1)) - features(torch.cat([x, again], 1))).abs().sum(1)


class AnoEan:
    def __init__(self, columns):
        act = leaky(0.2)
        self.e = load(mlp([columns, 128, 64, 32, 8], act), "encoder")
        self.d = load(mlp([8, 32, 16, 1], act), "discriminator")
        self.d_adam = torch.optim.Adam(self.d.parameters(), 3e-4, (0.5, 0.999), 1e-8)
        self.e_adam = torch.optim.Adam(self.e.parameters(), 3e-4, (0.5, 0.999), 1e-8)
        self.anomalies = floats("anomalies.f32").reshape(-1, columns)
        self.whitening = torch.eye(8)

    def step(self, data):
        x = next(data)
        n, few = len(x), round(len(x) / 9)
        x = torch.cat([x, self.anomalies[torch.randint(len(self.anomalies), (few,))]])
        code = self.e(x)
        trains(True, self.d)
        logits = self.d(torch.cat([torch.randn(n + few, 8), code.detach()]))
        loss_d = minimize(self.d_adam, bce(logits[:n + few], 1) + bce(logits[n + few:2 * n + few], 0) + bce(logits[2 * n + few:], 0))
        trains(False, self.d)
        judged = self.d(code)
        loss_e = minimize(self.e_adam, bce(judged[:n], 1) + bce(judged[n:], 0))
        return {"discriminator": loss_d, "encoder": loss_e}

    def score(self, x):
        return (self.e(x) @ self.whitening).norm(dim=1)


class Da3d:
    def __init__(self, columns):
        act = leaky(0.01)
        self.encoder = load(mlp([columns, 150, 100, 70, 40, 25, 10], act, 0.1), "encoder").eval()
        self.decoder = load(mlp([10, 25, 40, 70, 100, 150, columns], act, 0.1), "decoder").eval()
        self.alarm = load(mlp([385, 1000, 500, 200, 75, 1], act, 0.1), "alarm")
        self.generator = load(mlp([8, 50, 40, 30, 20, 10], act, 0.1), "generator")
        self.critic = load(mlp([10, 40, 20, 10, 5, 1], act, 0.1), "critic")
        trains(False, self.encoder, self.decoder)
        adam = lambda network: torch.optim.Adam(network.parameters(), 1e-4, eps=1e-7)
        self.alarm_adam, self.generator_adam, self.critic_adam = adam(self.alarm), adam(self.generator), adam(self.critic)

    def activations(self, code):
        hidden = []
        for layer in self.decoder[:-1]:
            code = layer(code)
            if isinstance(layer, nn.LeakyReLU):
                hidden.append(code)
        return torch.cat(hidden, 1)

    def step(self, data):
        x = next(data)
        n = len(x)
        with torch.no_grad():
            self.generator.eval()
            code = self.encoder(torch.cat([x, 0.5 + torch.randn_like(x)]))
            inputs = self.activations(torch.cat([code, self.generator(torch.randn(n, 8))]))
            self.generator.train()
        trains(True, self.alarm)
        self.alarm.train()
        logits = self.alarm(inputs)
        loss_a = minimize(self.alarm_adam, bce(logits[:n], 0) + bce(logits[n:2 * n], 1) + bce(logits[2 * n:], 1))

        trains(False, self.alarm, self.critic)
        self.alarm.eval()
        self.critic.eval()
        alarmed = torch.sigmoid(self.alarm(self.activations(self.generator(torch.randn(n, 8)))))
        judged = torch.sigmoid(self.critic(self.generator(torch.randn(n, 8))))
        loss = alarmed.mean() + judged.mean()
        self.generator_adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.generator.parameters(), 0.01)
        self.generator_adam.step()

        trains(True, self.critic)
        self.critic.train()
        with torch.no_grad():
            self.generator.eval()
            codes = torch.cat([2 * torch.randn(n, 10), self.generator(torch.randn(n, 8)), code[:n]])
            self.generator.train()
        judged = torch.sigmoid(self.critic(codes))
        loss_c = judged[:n].mean() - 2 * judged[n:2 * n].mean() - 2 * judged[2 * n:].mean()
        self.critic_adam.zero_grad()
        loss_c.backward()
        nn.utils.clip_grad_norm_(self.critic.parameters(), 0.01)
        self.critic_adam.step()
        return {"alarm": loss_a, "generator": loss.item(), "critic": loss_c.item()}

    def score(self, x):
        self.alarm.eval()
        return self.alarm(self.activations(self.encoder(x))).squeeze(1)


class Arn:
    class Generator(nn.Module):
        def __init__(self, columns):
            super().__init__()
            act = nn.LeakyReLU(0.2)
            self.encoder = nn.Sequential(nn.Linear(columns, 64, False), nn.BatchNorm1d(64), act, nn.Linear(64, 32, False), nn.BatchNorm1d(32), act,
                                         nn.Linear(32, 32), nn.Linear(32, 32))
            self.decoder = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 32), nn.Linear(32, 64, False), nn.BatchNorm1d(64), nn.ReLU(),
                                         nn.Dropout(0.2), nn.Linear(64, columns))

        def forward(self, x):
            mean, log_variance = self.encoder(x).chunk(2, 1)
            code = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
            return torch.sigmoid(self.decoder(code)), mean, log_variance

    def __init__(self, columns):
        self.g = Arn.Generator(columns)
        load(self.g.encoder, "encoder")
        load(self.g.decoder, "decoder")
        widths = [columns, 128, 256, 512, 128, 64, 32, 16]
        layers = []
        for i in range(7):
            layers.append(nn.Linear(widths[i], widths[i + 1], bias=i >= 5))
            if i < 5:
                layers.append(nn.BatchNorm1d(widths[i + 1]))
            layers.append(nn.LeakyReLU(0.2) if i < 3 else nn.ReLU())
            if i >= 4:
                layers.append(nn.Dropout(0.2))
        self.d = load(nn.Sequential(*layers, nn.Linear(16, 1)), "discriminator")
        self.d_adam = torch.optim.Adam(self.d.parameters(), 1e-4)
        self.g_adam = torch.optim.Adam(self.g.parameters(), 1e-4)
        self.index = 0

    def labels(self, n, real, noise):
        drawn = noise * torch.rand(n, 1)
        drawn = 1 - drawn if real else drawn
        flipped = torch.rand(n, 1) < noise
        return torch.where(flipped, 1 - drawn, drawn)

    def step(self, data):
        x = next(data)
        n = len(x)
        self.index += 1
        annealing = 0.9995 ** self.index
        noise = 0.3 * annealing
        trains(True, self.d)
        with torch.no_grad():
            made, _, _ = self.g(x)
        loss_d = minimize(self.d_adam, binary_cross_entropy_with_logits(self.d(x), self.labels(n, True, noise))
                          + binary_cross_entropy_with_logits(self.d(made), self.labels(n, False, noise)))
        trains(False, self.d)
        made, mean, log_variance = self.g(x)
        divergence = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).mean()
        loss_g = minimize(self.g_adam, 0.01 * bce(self.d(made), 1) + mse_loss(made, x) + annealing * divergence)
        return {"discriminator": loss_d, "generator": loss_g}

    def score(self, x):
        self.d.eval()
        return -self.d(x).squeeze(1)


def main():
    method = {"ALAD": Alad, "AnoEAN": AnoEan, "DA3D": Da3d, "ARN": Arn}[CASE["method"]](CASE["columns"])
    data = batches()
    print("ready", flush=True)
    for line in sys.stdin:
        command = line.split()
        if command[0] == "steps":
            count, sums = int(command[1]), {}
            start = time.perf_counter()
            for _ in range(count):
                for name, value in method.step(data).items():
                    sums[name] = sums.get(name, 0) + value
            answer = {"seconds": time.perf_counter() - start, "losses": {name: value / count for name, value in sums.items()}}
        elif command[0] == "score":
            start = time.perf_counter()
            with torch.no_grad():
                scores = torch.cat([method.score(SCORED[at:at + 1024]) for at in range(0, len(SCORED), 1024)])
            answer = {"seconds": time.perf_counter() - start, "mean": scores.mean().item()}
        else:
            answer = {"mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        print(json.dumps(answer), flush=True)


main()
