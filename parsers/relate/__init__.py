"""Which figures follow from which: sums, rates, shares, changes, means, marks. Each module yields relations."""
