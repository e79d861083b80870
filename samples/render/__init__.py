"""From blocks to files: Word, PDF with a text layer, scan, photograph, and the plain text that a reader should get."""
