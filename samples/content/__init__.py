"""What the samples say: one module a file. Places, people and figures are invented."""
