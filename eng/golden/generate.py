"""Computes what is expected of each recorded training in this folder, or of those named on the command line."""
import json
import pathlib
import sys

import adversarial_autoencoder
import alad
import anoean
import arn
import autoencoder
import da3d
import deep_svdd
import golden
import layers
import repen
import vae

METHODS = {
    "Adversarial autoencoder": adversarial_autoencoder, "ALAD": alad, "AnoEAN": anoean, "ARN": arn, "Autoencoder": autoencoder, "DA3D": da3d,
    "Deep SVDD": deep_svdd, "REPEN": repen, "VAE": vae,
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
