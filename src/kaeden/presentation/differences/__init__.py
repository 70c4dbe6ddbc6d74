"""The pages of models of children's rows: where differences lie, and fair values."""
