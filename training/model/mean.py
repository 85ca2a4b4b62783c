"""Takes the mean of two trainings of which one went on from the other: `python -m training.model.mean FIRST SECOND OUT`.

Weights on the way of one training lie in one valley, so that their mean reads at least as well (Wortsman et al. 2022).
"""

import argparse
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

SECOND = 0.65
"""Share of the one that went on."""


def main() -> None:
    """Read the command line and write the mean to OUT."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path, help="folder with model.safetensors and labels.json")
    parser.add_argument("second", type=Path, help="the same of the training that went on")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    first, second = (load_file(folder / "model.safetensors") for folder in (given.first, given.second))
    given.out.mkdir(parents=True, exist_ok=True)
    mean = {name: first[name].lerp(value, SECOND).contiguous() for name, value in second.items()}
    save_file(mean, given.out / "model.safetensors")
    shutil.copy(given.second / "labels.json", given.out / "labels.json")


if __name__ == "__main__":
    main()
