"""Computes with scikit-learn (1.2) what the detectors without networks are compared with: writes classics.json beside this file.

The rows are short decimals that single precision rounds; scikit-learn gets the rounded ones. Nothing here is scaled.
"""
import json
import pathlib

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors
from sklearn.svm import SVC, OneClassSVM

ROWS, TESTS, COLUMNS, COMPONENTS, ITERATIONS, KNOWN = 80, 20, 4, 3, 6, 9


def single(rows):
    return np.asarray(rows, dtype=np.float32).astype(np.float64)


def main():
    random = np.random.RandomState(3)
    centre = random.randint(0, 2, ROWS) * 1.5
    train = single(np.round(centre[:, None] + random.randn(ROWS, COLUMNS) @ (0.5 * random.randn(COLUMNS, COLUMNS)), 3))
    train[40:70:6] = train[40]  # equal rows, fewer than there are neighbours of the local outlier factor
    test = single(np.round(2.5 * random.randn(TESTS, COLUMNS), 3))
    test[0] = train[40]
    file = {"train": train.tolist(), "test": test.tolist()}

    nearest = NearestNeighbors(n_neighbors=5).fit(train)
    file["neighbors"] = {"train": nearest.kneighbors()[0].mean(1).tolist(), "test": nearest.kneighbors(test)[0].mean(1).tolist()}

    for name, rows in (("factor", train), ("factorOfEqualRows", np.concatenate([train, np.repeat(train[:1], 30, 0)]))):
        factor = LocalOutlierFactor(n_neighbors=20, novelty=True).fit(rows)
        file[name] = {"train": (-factor.negative_outlier_factor_).tolist(), "test": (-factor.score_samples(test)).tolist()}

    file["svm"] = []
    for options in ({"nu": 0.5, "gamma": "scale"}, {"nu": 0.2, "gamma": 0.5}, {"nu": 0.01, "gamma": 0.1}):
        svm = OneClassSVM(**options, tol=1e-6).fit(train)
        file["svm"].append({"nu": options["nu"], "gamma": options["gamma"] if options["gamma"] != "scale" else None,
                            "offset": float(svm.offset_[0]), "test": (-svm.decision_function(test)).tolist()})

    # Anomalies are the last rows. Normal rows are class 0, so that the decision is above 0 on the anomalies' side.
    known = train.copy()[-KNOWN:] + single(np.arange(KNOWN * COLUMNS).reshape(KNOWN, COLUMNS) % 5 * 0.25)
    file["known"], file["twoClassSvm"] = known.tolist(), []
    rows, labels = np.concatenate([train, known]), np.repeat([0, 1], [ROWS, KNOWN])
    for options in ({"C": 1, "gamma": "scale", "weight": None}, {"C": 3, "gamma": 0.5, "weight": 2.5}, {"C": 0.2, "gamma": 0.1, "weight": None}):
        weights = "balanced" if options["weight"] is None else {0: 1, 1: options["weight"]}
        svm = SVC(C=options["C"], gamma=options["gamma"], class_weight=weights, tol=1e-6).fit(rows, labels)
        file["twoClassSvm"].append({"cost": options["C"], "weight": options["weight"], "gamma": options["gamma"] if options["gamma"] != "scale" else None,
                                    "offset": float(-svm.intercept_[0]), "test": svm.decision_function(test).tolist()})

    # From the same division into clusters, by the steps of fit_predict.
    clusters = random.randint(0, COMPONENTS, ROWS)
    mixture = GaussianMixture(COMPONENTS, reg_covar=1e-3)
    mixture._initialize(train, np.eye(COMPONENTS)[clusters])
    likelihoods = []
    for _ in range(ITERATIONS):
        likelihood, responsibilities = mixture._e_step(train)
        likelihoods.append(float(likelihood))
        mixture._m_step(train, responsibilities)
    file["mixture"] = {"clusters": clusters.tolist(), "likelihoods": likelihoods, "test": (-mixture.score_samples(test)).tolist()}

    # Rounded to single precision: rows are. A split after the last digit of single precision is no difference: thresholds of scikit-learn are doubles.
    forest = IsolationForest(n_estimators=5, max_samples=32, random_state=1).fit(train)
    trees = []
    for estimator in forest.estimators_:
        tree = estimator.tree_
        paths = np.asarray(estimator.decision_path(test.astype(np.float32)).sum(axis=1)).ravel() - 1
        leaves = tree.n_node_samples[estimator.apply(test.astype(np.float32))]
        trees.append({"features": np.where(tree.children_left < 0, -1, tree.feature).tolist(), "thresholds": np.float32(tree.threshold).astype(float).tolist(),
                      "rights": tree.children_right.tolist(), "lefts": tree.children_left.tolist(), "rows": tree.n_node_samples.tolist(),
                      "lengths": (paths + _average_path_length(leaves)).tolist()})
    sizes = [1, 2, 3, 4, 10, 32, 256, 1000, 100000]
    file["forest"] = {"trees": trees, "scores": (-forest.score_samples(test)).tolist(), "sizes": sizes,
                      "averages": _average_path_length(np.asarray(sizes)).tolist()}
    pathlib.Path(__file__).with_name("classics.json").write_text(json.dumps(file, separators=(",", ":")) + "\n")


main()
