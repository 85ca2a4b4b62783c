"""How the language model and the gazetteer are made; never needed to run the program."""
