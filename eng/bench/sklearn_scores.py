"""Scores of scikit-learn's detectors: sklearn_scores.py FOLDER METHOD SEED.

FOLDER holds rows as raw float32 in the files training, known and test, and the number of their columns in columns; scores are written to it as float64.
"""
import pathlib
import sys

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.svm import SVC, OneClassSVM

folder, method, seed = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
columns = int((folder / "columns").read_text())
training, known, test = (np.fromfile(folder / name, np.float32).reshape(-1, columns).astype(float) for name in ("training", "known", "test"))
if method == "Isolation forest":
    scores = -IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(training).score_samples(test)
elif method == "One-class SVM":
    scores = -OneClassSVM(nu=0.5, gamma="scale").fit(training).decision_function(test)
else:
    rows = np.vstack([training, known])
    labels = np.r_[np.zeros(len(training)), np.ones(len(known))]
    scores = SVC(C=1, gamma="scale", class_weight="balanced").fit(rows, labels).decision_function(test)
scores.astype(np.float64).tofile(folder / "scores")
