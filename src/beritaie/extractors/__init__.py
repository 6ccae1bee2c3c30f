"""One module per record type: find candidates in the tokens and normalise them."""
