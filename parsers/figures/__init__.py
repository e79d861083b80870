"""The figures of prose: numerals and quantities, what they measure, what role they play, when they hold."""
