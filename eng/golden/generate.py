"""Computes what is expected of each recorded training in this folder, or of those named on the command line."""
import json
import pathlib
import sys

import a3
import adversarial_autoencoder
import alad
import anoean
import anogan
import arn
import autoencoder
import da3d
import dagmm
import deep_svdd
import dsebm
import egbad
import fanogan
import fencegan
import ganomaly
import golden
import layers
import repen
import vae

METHODS = {
    "A3": a3,
    "Adversarial autoencoder": adversarial_autoencoder,
    "ALAD": alad,
    "AnoEAN": anoean,
    "AnoGAN": anogan,
    "ARN": arn,
    "Autoencoder": autoencoder,
    "DA3D": da3d,
    "DAGMM": dagmm,
    "Deep SVDD": deep_svdd,
    "DSEBM-e": dsebm,
    "DSEBM-r": dsebm,
    "EGBAD": egbad,
    "f-AnoGAN": fanogan,
    "Fence GAN": fencegan,
    "GANomaly": ganomaly,
    "REPEN": repen,
    "VAE": vae,
}
FOLDER = pathlib.Path(__file__).parent


def main(names):
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem in ("layers", "classics") or names and path.stem not in names:
            continue
        file = json.loads(path.read_text())
        file["expected"] = METHODS[file["method"]].train(file)
        golden.write(path, file)
        print(path.stem, path.stat().st_size)
    if not names or "layers" in names:
        golden.write(FOLDER / "layers.json", {"expected": layers.compute()})


main(sys.argv[1:])
