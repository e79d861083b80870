"""Tables that lost their grid: one module for each way in which pages flatten them; each gives streams."""
