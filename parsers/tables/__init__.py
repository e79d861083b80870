"""Tables and forms: the heads that govern a cell, its unit, its facts, and the marks of score tables."""
