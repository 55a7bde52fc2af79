"""A3 (Sperl et al. 2020): an alarm on the hidden activations of a frozen autoencoder, against noise and known anomalies."""
import torch

from golden import Dense, Network, Optimizer, Training, logit_loss, rows, single


def layers(inputs, hidden, outputs, output, dropouts):
    made = []
    for width, dropout in zip(hidden, dropouts):
        made.append(Dense(inputs, width, torch.relu, dropout=dropout))
        inputs = width
    return Network(made + [Dense(inputs, outputs, output)])


def train(file):
    options, columns = file["options"], file["columns"]
    sizes, latent, rate = options["EncoderLayerSizes"], options["LatentDimension"], options["DropoutRate"]
    every = options["DropEveryLayer"]

    def dropouts(count, last):
        return [rate if every or last and i == count - 1 else 0.0 for i in range(count)]

    e = layers(columns, sizes, latent, torch.relu, dropouts(len(sizes), False))
    d = layers(latent, sizes[::-1], columns, None, dropouts(len(sizes), True))
    width = 2 * sum(sizes) + (latent if options["ReadCode"] else 0)
    alarm = layers(width, options["AlarmLayerSizes"], 1, None, dropouts(len(options["AlarmLayerSizes"]), True))
    training = Training(file, {"encoder": e, "decoder": d, "alarm": alarm})
    target_adam = Optimizer({"encoder": e, "decoder": d}, options["PretrainingLearningRate"], epsilon=1e-7)
    alarm_adam = Optimizer({"alarm": alarm}, options["LearningRate"], epsilon=1e-7)
    squared = options["ReconstructionLoss"] == "SquaredError"

    def target_step(draws):
        x = draws.upload(columns=columns)
        outputs = d(e(x, draws), draws)
        training.minimize("reconstruction", ((outputs - x) ** 2).mean() if squared else logit_loss(outputs, x), target_adam)

    def activations(x):
        code = e(x)
        return torch.cat(e.hidden(x) + ([code] if options["ReadCode"] else []) + d.hidden(code), 1)

    def alarm_step(draws):
        x = draws.upload(columns=columns)
        noise = draws.normal(len(x), columns, mean=options["NoiseMean"], deviation=options["NoiseDeviation"])
        parts, share = [x, noise], options["AnomalyShare"]
        if options["UseKnownAnomalies"]:
            parts.append(draws.upload(max(1, round(len(x) * share / (1 - share))), columns))
        logits = alarm(activations(torch.cat(parts)), draws).reshape(-1)
        normal, known = logits[:len(x)], logits[2 * len(x):]
        # One mean over the labelled rows, in parts whose weights are single precision numbers.
        part = single(len(x) / (len(x) + len(known)))
        labelled = part * logit_loss(normal, 0) + (single(1 - part) * logit_loss(known, 1) if len(known) else 0)
        loss = labelled + single(options["NoiseWeight"]) * logit_loss(logits[len(x):2 * len(x)], 1)
        training.minimize("alarm", loss, alarm_adam)

    training.run("target", target_step)
    training.run("alarm", alarm_step)
    return training.result(alarm(activations(rows(file["scored"]))))
