"""Training of the language model; `MODEL_CARD.md` tells what comes out."""
