"""A bidirectional LSTM with a CRF over floret vectors and letters, as the recipe's second tagger (``recipe.py``).

It is first trained on silver labels (``pretrain``): to name the tag of each word, and the cluster of words that are hidden from it; then on
the labels of one set (``finetune``), where its layer for the silver tags is where the layer for the set's own tags starts from.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import floret
import numpy
import torch
from numpy.typing import NDArray
from torch import nn

TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
TAG = {tag: number for number, tag in enumerate(TAGS)}
HIDDEN = 192
FORBIDDEN = -1e4
_LETTERS = "".join(sorted(set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-'/()&\"%:;?!")))
_LETTER = {letter: number + 2 for number, letter in enumerate(_LETTERS)}  # 0: none, 1: any other
_LONGEST = 16  # letters; of longer words the middle is left out
_NOTHING, _HIDDEN = 0, 1  # numbers of no word and of a hidden word

Sentence = tuple[list[int], list[int]]  # numbers of the words, of the tags

# what may follow what, and begin
FOLLOWS = numpy.array([[FORBIDDEN if b[0] == "I" and a[1:] != b[1:] else 0.0 for b in TAGS] for a in TAGS])
BEGINS = numpy.array([FORBIDDEN if tag[0] == "I" else 0.0 for tag in TAGS])


class Words:
    """Numbers of words, with vector, letters and cluster of each; a word is numbered when it is first met.

    Args:
        vectors: a floret model, which has a vector for any word.
        clusters: word -> number of its cluster.
    """

    def __init__(self, vectors: Path, clusters: dict[str, int]) -> None:
        self._model = floret.load_model(str(vectors))
        self._clusters = clusters
        self._number = {"": _NOTHING, "\0": _HIDDEN}
        size = self._model.get_dimension()
        self._vectors = [numpy.zeros(size, "f4")] * 2
        self._letters = [[0] * _LONGEST] * 2
        self._cluster = [0, 0]

    def numbers(self, forms: Sequence[str]) -> list[int]:
        """Return the words' numbers."""
        return [self._number.get(form) or self._new(form) for form in forms]

    def _new(self, form: str) -> int:
        number = self._number[form] = len(self._number)
        vector = self._model.get_word_vector(form)
        self._vectors.append((vector / (numpy.linalg.norm(vector) + 1e-6) * 4).astype("f4"))
        short = form if len(form) <= _LONGEST else form[: _LONGEST // 2] + form[-_LONGEST // 2 :]
        self._letters.append([_LETTER.get(letter, 1) for letter in short] + [0] * (_LONGEST - len(short)))
        self._cluster.append(self._clusters.get(form) or self._clusters.get(form.lower()) or 0)
        return number

    def tensors(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return vectors, letters and clusters of the words met so far."""
        return torch.tensor(numpy.array(self._vectors)), torch.tensor(self._letters), torch.tensor(self._cluster)


class Tagger(nn.Module):
    """The network. ``clusters`` is how many there are of words that may be hidden."""

    def __init__(self, clusters: int = 1502, size: int = 128) -> None:
        super().__init__()
        self.letters = nn.Embedding(len(_LETTERS) + 2, 24, padding_idx=0)
        self.affixes = nn.Conv1d(24, 64, 3, padding=1)
        self.words = nn.Linear(size + 64, 160)
        self.drop = nn.Dropout(0.35)
        self.lstm = nn.LSTM(160, HIDDEN, batch_first=True, bidirectional=True)
        self.hidden = nn.Linear(2 * HIDDEN, clusters)
        self.out = nn.Linear(2 * HIDDEN, len(TAGS))
        self.silver = nn.Linear(2 * HIDDEN, len(TAGS))
        self.follows = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("may_follow", torch.tensor(FOLLOWS, dtype=torch.float32))
        self.register_buffer("may_begin", torch.tensor(BEGINS, dtype=torch.float32))

    def states(self, tables: tuple[torch.Tensor, ...], numbers: torch.Tensor, lengths: list[int]) -> torch.Tensor:
        """Return the LSTM's states at the words of some sentences, the longest first."""
        vectors, letters, _ = tables
        different, where = torch.unique(numbers, return_inverse=True)
        affixes = torch.relu(self.affixes(self.letters(letters[different]).transpose(1, 2))).amax(2)
        words = self.drop(torch.relu(self.words(self.drop(torch.cat([vectors[different], affixes], 1))))[where])
        packed = nn.utils.rnn.pack_padded_sequence(words, lengths, batch_first=True)
        return self.drop(nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])

    def loss(self, scores: torch.Tensor, tags: torch.Tensor, lengths: list[int]) -> torch.Tensor:
        """Return the negative log-likelihood of the tags, per word."""
        follows = self.follows + self.may_follow
        row, length = torch.arange(len(scores)), torch.tensor(lengths)
        ahead = scores[:, 0] + self.may_begin
        right = scores[row, 0, tags[:, 0]] + self.may_begin[tags[:, 0]]
        for at in range(1, scores.shape[1]):
            inside = at < length
            ahead = torch.where(inside[:, None], torch.logsumexp(ahead[:, :, None] + follows[None], 1) + scores[:, at], ahead)
            right = right + inside * (follows[tags[:, at - 1], tags[:, at]] + scores[row, at, tags[:, at]])
        return (torch.logsumexp(ahead, 1) - right).sum() / length.sum()


def _batches(sentences: Sequence[Sentence], words: int, chance: random.Random) -> list[list[int]]:
    """Return batches of sentences, by number: of similar length, about so many words together, in random order."""
    batches, batch = [], []
    for number in sorted(range(len(sentences)), key=lambda n: (len(sentences[n][0]), chance.random())):
        batch.append(number)
        if len(sentences[number][0]) * len(batch) >= words:
            batches.append(batch)
            batch = []
    batches += [batch] if batch else []
    chance.shuffle(batches)
    return batches


def _together(sentences: Sequence[Sentence], batch: list[int]) -> tuple[torch.Tensor, torch.Tensor, list[int], list[int]]:
    """Return words, tags, lengths and numbers of the sentences of a batch, the longest first."""
    batch = sorted(batch, key=lambda n: -len(sentences[n][0]))
    lengths = [len(sentences[n][0]) for n in batch]
    numbers, tags = (torch.zeros(len(batch), lengths[0], dtype=torch.long) for _ in range(2))
    for row, n in enumerate(batch):
        numbers[row, : lengths[row]] = torch.tensor(sentences[n][0])
        tags[row, : lengths[row]] = torch.tensor(sentences[n][1])
    return numbers, tags, lengths, batch


def _hide(numbers: torch.Tensor, share: float) -> torch.Tensor:
    """Return where words are to be hidden."""
    return (torch.rand(numbers.shape) < share) & (numbers > 0)


def _step(net: Tagger, optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 2.0)
    optimizer.step()


def pretrain(sentences: Sequence[Sentence], words: Words, seed: int = 7) -> Tagger:
    """Return a network that has read the silver once."""
    torch.manual_seed(seed)
    net, tables = Tagger(), words.tensors()
    chance = random.Random(seed)
    torch.manual_seed(seed)
    optimizer = torch.optim.Adam(net.parameters())
    batches = _batches(sentences, 1500, chance)
    begun = time.time()
    for at, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1, (at + 1) / 100) * max(0.05, 1 - at / len(batches))
        numbers, tags, lengths, _ = _together(sentences, batch)
        hide = _hide(numbers, 0.12)
        states = net.states(tables, numbers.masked_fill(hide, _HIDDEN), lengths)
        named = nn.functional.cross_entropy(net.silver(states[numbers > 0]), tags[numbers > 0])
        clusters = tables[2][numbers[hide]]
        known = clusters > 0
        guessed = nn.functional.cross_entropy(net.hidden(states[hide][known]), clusters[known]) if known.any() else torch.tensor(0.0)
        _step(net, optimizer, named + 0.3 * guessed)
        if (at + 1) % 100 == 0:
            print(f"step {at + 1} of {len(batches)}, {time.time() - begun:.0f} s: {named:.3f} {guessed:.2f}", flush=True)
    return net


def finetune(state: dict[str, torch.Tensor], sentences: Sequence[Sentence], words: Words, epochs: int, seed: int) -> Tagger:
    """Return a network that starts from the state of a pretrained one."""
    torch.manual_seed(seed)
    net, tables = Tagger(), words.tensors()
    net.load_state_dict(state | {"out.weight": state["silver.weight"], "out.bias": state["silver.bias"]})
    chance = random.Random(seed)
    torch.manual_seed(seed)
    fresh = [value for name, value in net.named_parameters() if name.split(".")[0] in ("out", "follows")]
    rest = [value for name, value in net.named_parameters() if name.split(".")[0] not in ("out", "follows")]
    optimizer = torch.optim.Adam([{"params": fresh, "rate": 3e-3}, {"params": rest, "rate": 1.5e-3}])
    total, at = epochs * len(_batches(sentences, 500, chance)), 0
    for _ in range(epochs):
        for batch in _batches(sentences, 500, chance):
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * max(0.02, 1 - at / total)
            at += 1
            numbers, tags, lengths, _ = _together(sentences, batch)
            scores = net.out(net.states(tables, numbers.masked_fill(_hide(numbers, 0.05), _HIDDEN), lengths))
            _step(net, optimizer, net.loss(scores, tags, lengths))
    return net


@torch.no_grad()
def scores(net: Tagger, sentences: Sequence[Sentence], words: Words) -> list[NDArray[numpy.float64]]:
    """Return what speaks for each tag of each word, sentence by sentence, in the logarithm."""
    net.eval()
    tables, found = words.tensors(), {}
    for batch in _batches(sentences, 2000, random.Random(0)):
        numbers, _, lengths, order = _together(sentences, batch)
        said = net.out(net.states(tables, numbers, lengths)).numpy().astype("f8")
        found |= {number: said[row, : lengths[row]] for row, number in enumerate(order)}
    return [found[number] for number in range(len(sentences))]
