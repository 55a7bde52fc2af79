"""DA3D (Schulze, Sperl and Boettinger 2021, arXiv:2101.04645): equations 1 to 3, on an adversarial autoencoder (Makhzani et al. 2016)."""
import math

import torch

from golden import Average, Optimizer, Training, leaky, logit_loss, perceptron, rows

KERAS_EPSILON = 1e-7


class Da3d:
    def __init__(self, file):
        self.options = options = file["options"]
        self.columns, self.latent = file["columns"], options["LatentDimension"]
        self.slope = leaky(options["LeakyReluSlope"])
        self.sigma, self.noise = options["Sigma"], options["GeneratorNoiseDimension"]
        self.source, self.kind = options["ActivationSource"], options["AnomalyGenerator"]
        self.wasserstein = options["CodeLoss"] == "Wasserstein"
        sizes = options["EncoderLayerSizes"]
        self.reads_residual = options["ReadResidual"]
        self.squared = options["ReconstructionLoss"] == "SquaredError"
        activations = sum(sizes) * (2 if self.source == "Both" else 1) + (self.columns if self.reads_residual else 0)
        critic = options["CriticLayerSizes"]
        bounded = torch.sigmoid if options["CriticOutput"] == "Sigmoid" else None
        self.dropout = options["PretrainingDropoutRate"]
        self.e = self._network(self.columns, sizes, self.latent)
        self.d = self._network(self.latent, sizes[::-1], self.columns)
        self.code_critic = self._network(self.latent, critic, 1, bounded if self.wasserstein else None)
        self.dropout = options["DropoutRate"]
        self.alarm = self._network(activations, options["AlarmLayerSizes"], 1)
        self.generator = self._network(self.noise, options["GeneratorLayerSizes"], self.latent)
        self.critic = self._network(self.latent, critic, 1, bounded)
        networks = {"encoder": self.e, "decoder": self.d, "code critic": self.code_critic, "alarm": self.alarm}
        if self.kind == "Advanced":
            networks.update({"generator": self.generator, "critic": self.critic})
        self.training = Training(file, networks)
        self._make_optimizers()

    def _network(self, inputs, hidden, outputs, output=None):
        network = perceptron(inputs, hidden, outputs, self.slope, self.dropout)
        network.layers[-1].activation = output or network.layers[-1].activation
        return network

    def _make_optimizers(self):
        options = self.options
        norm = options["ClippingBound"] if options["Clipping"] == "GradientNorm" else None
        bound = options["ClippingBound"] if options["Clipping"] == "Weights" else None
        code_norm, code_bound = (norm, bound) if self.wasserstein else (None, None)

        def adam(networks, rate, clip_norm=None, clip_weights=None):
            return Optimizer(networks, rate, epsilon=KERAS_EPSILON, clip_norm=clip_norm, clip_weights=clip_weights)

        first, second = options["PretrainingLearningRate"], options["LearningRate"]
        self.reconstruction_adam = adam({"encoder": self.e, "decoder": self.d}, first)
        self.code_critic_adam = adam({"code critic": self.code_critic}, first, code_norm, code_bound)
        self.encoder_adam = adam({"encoder": self.e}, first, code_norm)
        self.alarm_adam = adam({"alarm": self.alarm}, second)
        self.generator_adam = adam({"generator": self.generator}, second, norm)
        self.critic_adam = adam({"critic": self.critic}, second, norm, bound)

    def step_autoencoder(self, draws):
        x = draws.upload(columns=self.columns)
        outputs = self.d(self.e(x, draws), draws)
        loss = ((outputs - x) ** 2).mean() if self.squared else logit_loss(outputs, x)
        self.training.minimize("reconstruction", loss, self.reconstruction_adam)

        with torch.no_grad():
            code = self.e(x)
        prior = draws.normal(len(x), self.latent)
        judged = self.code_critic(torch.cat([code, prior]), draws)
        real, drawn = judged[:len(x)], judged[len(x):]
        loss = real.mean() - drawn.mean() if self.wasserstein else logit_loss(real, 0) + logit_loss(drawn, 1)
        self.training.minimize("code critic", loss, self.code_critic_adam)

        fooled = self.code_critic(self.e(x, draws))
        self.training.minimize("encoder", -fooled.mean() if self.wasserstein else logit_loss(fooled, 1), self.encoder_adam)

    def generate(self, count, draws, dropout):
        noise = draws.normal(count, self.noise)
        return self.generator(noise, draws if dropout else None)

    def decode(self, code):
        return self.d(code) if self.squared else torch.sigmoid(self.d(code))

    def residual(self, x):
        return x - self.decode(self.e(x))

    def activations_of_rows(self, x):
        hidden = self.hidden_of_rows(x)
        return torch.cat([hidden, self.residual(x)], 1) if self.reads_residual else hidden

    def hidden_of_rows(self, x):
        encoder_hidden = self.e.hidden(x)
        if self.source == "Encoder":
            return torch.cat(encoder_hidden, 1)
        decoder_hidden = self.d.hidden(self.e(x))
        return torch.cat(decoder_hidden if self.source == "Decoder" else encoder_hidden + decoder_hidden, 1)

    def activations_of_code(self, code):
        """The decoder's are the code's own; others are those of the row that the code stands for."""
        if self.source == "Decoder" and not self.reads_residual:
            return torch.cat(self.d.hidden(code), 1)
        return self.activations_of_rows(self.decode(code))

    def activations_of_synthetic(self, code, draws):
        """A row that is decoded lacks the residual of a real one, so it borrows a normal row's where the alarm could see that."""
        if not self.reads_residual:
            return self.activations_of_code(code)
        return self.activations_of_rows(self.decode(code) + self.residual(draws.upload(columns=self.columns)))

    def synthetic_codes(self, count, draws):
        generated = math.ceil(count * (1 - self.options["PriorShare"])) if self.kind == "Advanced" else 0
        codes = [self.generate(generated, draws, dropout=False)] if generated > 0 else []
        if generated < count:
            codes.append(draws.normal(count - generated, self.latent, deviation=self.sigma))
        return torch.cat(codes)

    def step_alarm(self, draws):
        x = draws.upload(columns=self.columns)
        n = len(x)

        # Eq. (1): normal -> 0, trivial -> 1, synthetic -> 1.
        trivial = draws.normal(n, self.columns, self.options["TrivialMean"], self.options["TrivialDeviation"])
        with torch.no_grad():
            blocks = [self.activations_of_rows(x), self.activations_of_rows(trivial)]
            if self.kind != "Trivial":
                blocks.append(self.activations_of_synthetic(self.synthetic_codes(n, draws), draws))
        logits = self.alarm(torch.cat(blocks), draws)
        loss = logit_loss(logits[:n], 0) + logit_loss(logits[n:2 * n], 1)
        if self.kind != "Trivial":
            loss = loss + self.options["SyntheticWeight"] * logit_loss(logits[2 * n:], 1)
        self.training.minimize("alarm", loss, self.alarm_adam)
        if self.kind != "Advanced":
            return

        # Eq. (3): E alarm(a(G(z))) + E critic(G(z')).
        alarmed = torch.sigmoid(self.alarm(self.activations_of_code(self.generate(n, draws, dropout=True))))
        criticised = self.critic(self.generate(n, draws, dropout=True))
        self.training.minimize("generator", alarmed.mean() + criticised.mean(), self.generator_adam)

        # Eq. (2): E critic(wide) - lambda_g E critic(G(z)) - lambda_n E critic(E(x)).
        wide = draws.normal(n, self.latent, deviation=self.sigma)
        with torch.no_grad():
            codes = torch.cat([wide, self.generate(n, draws, dropout=False), self.e(x)])
        judged = self.critic(codes, draws)
        loss = (judged[:n].mean() - self.options["LambdaGenerated"] * judged[n:2 * n].mean()
                - self.options["LambdaNormal"] * judged[2 * n:].mean())
        self.training.minimize("critic", loss, self.critic_adam)


def train(file):
    method = Da3d(file)
    decay = method.options["WeightAverageDecay"]
    method.training.run("autoencoder", method.step_autoencoder)
    method.training.run("alarm", method.step_alarm, [Average(method.alarm, decay)] if decay > 0 else [])
    return method.training.result(method.alarm(method.activations_of_rows(rows(file["scored"]))))
