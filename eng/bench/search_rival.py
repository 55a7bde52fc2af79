"""AnoGAN's latent search in PyTorch, timed: reads lines "rows of-a-block" and answers with the seconds that all rows took.

The argument is JSON: columns, latent, generator, discriminator (hidden layers), slope, steps, rate, weight, starts. Weights are random: only the time counts.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F


def layers(inputs, hidden, outputs):
    sizes = [inputs, *hidden, outputs]
    return [torch.nn.Linear(before, after) for before, after in zip(sizes, sizes[1:])]


def main():
    what = json.loads(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    g = layers(what["latent"], what["generator"], what["columns"])
    d = layers(what["columns"], what["discriminator"], 1)[:-1]
    for layer in g + d:
        layer.requires_grad_(False)
    starts = torch.randn(what["starts"], what["latent"])
    w = what["weight"]

    def generate(z):
        for layer in g[:-1]:
            z = F.relu(layer(z))
        return g[-1](z)

    def features(x):
        for layer in d:
            x = F.leaky_relu(layer(x), what["slope"])
        return x

    def distance(x, seen, made):
        return (1 - w) * (x - made).abs().sum(1) + w * (seen - features(made)).abs().sum(1)

    def search(x):
        with torch.no_grad():
            seen = features(x)
            made = generate(starts)
            begin = torch.stack([distance(x, seen, made[s:s + 1].expand_as(x)) for s in range(len(starts))]).argmin(0)
        z = starts[begin].clone().requires_grad_(True)
        adam = torch.optim.Adam([z], lr=what["rate"])
        least = torch.full((len(x),), float("inf"))
        for _ in range(what["steps"]):
            adam.zero_grad()
            scores = distance(x, seen, generate(z))
            scores.sum().backward()
            least = torch.minimum(least, scores.detach())
            adam.step()
        with torch.no_grad():
            return torch.minimum(least, distance(x, seen, generate(z)))

    print("ready", flush=True)
    for line in sys.stdin:
        rows, block = map(int, line.split())
        x = torch.rand(rows, what["columns"])
        begin = time.perf_counter()
        for start in range(0, rows, block):
            search(x[start:start + block])
        print(time.perf_counter() - begin, flush=True)


main()
