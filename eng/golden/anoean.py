"""AnoEAN (Gherbi, Hanczar, Janodet and Klaudel 2019): Algorithm 1 with the choices in the method's README."""
import torch
import torch.nn.functional as F

from golden import Optimizer, Training, leaky, logit_loss, perceptron, rows


def train(file):
    options = file["options"]
    latent = options["LatentDimension"]
    encoder = perceptron(file["columns"], options["EncoderLayerSizes"], latent, leaky(options["LeakyReluSlope"]))
    discriminator = perceptron(latent, options["DiscriminatorLayerSizes"], 1, leaky(options["LeakyReluSlope"]))
    training = Training(file, {"encoder": encoder, "discriminator": discriminator})
    rate, beta1 = options["LearningRate"], options["Beta1"]
    discriminator_adam = Optimizer({"discriminator": discriminator}, rate, beta1)
    encoder_adam = Optimizer({"encoder": encoder}, rate, beta1)

    def step(draws):
        normal = draws.upload(columns=file["columns"])
        share = options["AnomalyShare"]
        count = max(1, round(len(normal) * share / (1 - share)))
        anomalies = draws.upload(count, file["columns"])
        z = draws.normal(len(normal) + count, latent)

        # Eq. (1): -E log D(z) - E log(1 - D(E(normal))) - E log(1 - D(E(anomaly))), each mean over its own rows.
        for _ in range(options["NumberOfDiscriminatorSteps"]):
            with torch.no_grad():
                code_normal, code_anomalies = encoder(normal), encoder(anomalies)
            loss = (logit_loss(discriminator(z), 1) + logit_loss(discriminator(code_normal), 0)
                    + logit_loss(discriminator(code_anomalies), 0))
            training.minimize("discriminator", loss, discriminator_adam)

        d_normal, d_anomalies = discriminator(encoder(normal)), discriminator(encoder(anomalies))
        if options["EncoderLoss"] == "NonSaturating":
            loss = -F.logsigmoid(d_normal).mean() - F.logsigmoid(-d_anomalies).mean()
        else:
            loss = F.logsigmoid(-d_normal).mean() + F.logsigmoid(d_anomalies).mean()
        training.minimize("encoder", loss, encoder_adam)

    training.run("adversarial training", step)
    return training.result(mahalanobis(encoder(rows(file["heldOut"])), encoder(rows(file["scored"]))))


def mahalanobis(known, codes):
    """Eq. (3), with the covariance shrunk towards its diagonal by d / (d + rows) and 1e-6 I added."""
    count, width = known.shape
    mean = known.mean(0)
    covariance = torch.cov(known.t())
    diagonal = torch.diag(torch.diag(covariance))
    covariance = diagonal + (covariance - diagonal) * count / (count + width) + 1e-6 * torch.eye(width)
    difference = codes - mean
    return (difference @ torch.linalg.inv(covariance) * difference).sum(1).sqrt()
