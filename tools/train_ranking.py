"""Train the weights of the ranker: how likely a syllable of an article is to stand in its summary.

    python tools/train_ranking.py DATA.jsonl … [--out FILE] [--report HELD.jsonl …]

Each line of the data is a document: `title`, `body` (a list of sentences) and `summary` (by a person). Needs
numpy and scikit-learn, which the package itself does not. The data is not part of this repository: texts of
newspapers without a licence. The same data gives the same weights, digit for digit.

Prints ROUGE (F1 x 100 over syllables) of the best single sentence: cross-validated over five folds, and with
`--report` of the final weights on documents that were not trained on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from readable_portal.summary.features import FEATURES, SPREAD, describe, heard, likeness, number, row
from readable_portal.summary.ranking import LENGTH, worth
from readable_portal.summary.syllables import syllables

# Documents about administration count five times: they are what portals hold, and a fifth of the data.
ADMINISTRATION = re.compile(
    "UBND|HĐND|Sở |Bộ |Thủ tướng|Chính phủ|Quốc hội|tỉnh|huyện|Nghị định|Thông tư|Quyết định"
    "|Chủ tịch|công văn"
    "|chỉ đạo"
)
ADMINISTRATIVE = 0.25  # markers per sentence
EMPHASIS = 5.0


class Document:
    """One document, with the features of its syllables and which of them the summary has."""

    def __init__(self, data: dict[str, object]) -> None:
        title, body = str(data["title"]), [str(each) for each in data["body"]]  # type: ignore[attr-defined]
        self.sentences = [syllables(unicodedata.normalize("NFC", each)) for each in body]
        self.reference = syllables(unicodedata.normalize("NFC", str(data["summary"])))
        wanted = syllables(unicodedata.normalize("NFC", title))
        shares = likeness(set(wanted), self.sentences)
        numbers = number(wanted)
        titled = len(numbers)
        own = {place: [numbers[word] for word in self.sentences[place]] for place in heard(shares)}
        stands = describe(shares, own, titled=titled, known=len(numbers))
        self.heard = [(self.sentences[place], words) for place, words in own.items()]
        # Syllables that only the title has say nothing about which sentence to choose.
        self.rows = np.array([row(each) for each in stands])
        self.counts = np.array([each >= SPREAD for each in stands])
        said = set(self.reference)
        self.said = np.array([word in said for word in numbers], dtype=float)
        markers = len(ADMINISTRATION.findall(" ".join([title, *body])))
        self.administrative = markers >= ADMINISTRATIVE * len(body)

    def rouge(self, sentence: list[bytes]) -> tuple[float, float, float]:
        """ROUGE-1, 2 and L (F1 x 100) of a sentence against the summary."""
        pairs = (Counter(pairwise(a)) for a in (sentence, self.reference))
        one = sum((Counter(sentence) & Counter(self.reference)).values())
        two = sum(Counter.__and__(*pairs).values())
        total = len(sentence) + len(self.reference)
        return (
            200 * one / total,
            200 * two / max(1, total - 2),
            200 * _common(sentence, self.reference) / total,
        )


def _common(a: list[bytes], b: list[bytes]) -> int:
    """Length of the longest common subsequence."""
    best = [0] * (len(b) + 1)
    for x in a:
        corner = 0
        for place, y in enumerate(b, 1):
            corner, best[place] = best[place], corner + 1 if x == y else max(best[place], best[place - 1])
    return best[-1]


def fit(documents: list[Document]) -> tuple[list[float], float]:
    """Weights in the units of the features, and the intercept."""
    rows = np.vstack([each.rows[each.counts] for each in documents])
    said = np.concatenate([each.said[each.counts] for each in documents])
    weight = np.concatenate(
        [np.full(each.counts.sum(), EMPHASIS if each.administrative else 1.0) for each in documents]
    )
    mean, spread = rows.mean(0), rows.std(0)
    model = LogisticRegression(C=1.0, max_iter=300, tol=1e-5)
    model.fit((rows - mean) / spread, said, sample_weight=weight)
    weights = model.coef_[0] / spread
    return [float(each) for each in weights], float(model.intercept_[0] - weights @ mean)


def measure(documents: list[Document], weights: list[float], intercept: float) -> np.ndarray:
    """ROUGE of the sentence that the weights choose, for each document."""
    scores = []
    for each in documents:
        chance = 1 / (1 + np.exp(-(each.rows @ np.array(weights) + intercept)))
        values = [worth(chance[list(set(words))].sum(), len(words)) for _, words in each.heard]
        scores.append(each.rouge(each.heard[int(np.argmax(values))][0]))
    return np.array(scores)


def show(name: str, scores: np.ndarray) -> None:
    """Print the means and their standard errors."""
    means, errors = scores.mean(0), scores.std(0) / np.sqrt(len(scores))
    text = "  ".join(
        f"{kind} {mean:.2f} ± {error:.2f}"
        for kind, mean, error in zip(("R1", "R2", "RL"), means, errors, strict=True)
    )
    print(f"{name:40} {len(scores):5} documents  {text}")


def read(paths: list[Path]) -> list[Document]:
    """The documents of some files."""
    return [
        Document(json.loads(line)) for path in paths for line in path.read_text("utf-8").splitlines() if line
    ]


def main() -> None:
    """Cross-validate, train on everything, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--report", nargs="*", type=Path, default=[])
    args = parser.parse_args()
    documents = read(args.data)
    order = np.random.RandomState(0).permutation(len(documents))
    scores = np.zeros((len(documents), 3))
    for fold in range(5):
        held = order[fold::5]
        rest = [documents[index] for index in np.setdiff1d(order, held)]
        scores[held] = measure([documents[index] for index in held], *fit(rest))
    show("cross-validated", scores)
    show("  of these about administration", scores[[each.administrative for each in documents]])
    weights, intercept = fit(documents)
    for path in args.report:
        show(path.name, measure(read([path]), weights, intercept))
    table = {
        "made_by": f"tools/train_ranking.py on {len(documents)} Vietnamese news articles (docs/summary.md)",
        "length": LENGTH,
        "intercept": round(intercept, 4),
        "weights": {name: round(each, 4) for name, each in zip(FEATURES, weights, strict=True)},
    }
    text = json.dumps(table, ensure_ascii=False, indent=2) + "\n"
    if args.out:
        args.out.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
