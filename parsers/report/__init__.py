"""What a report is: its paragraphs, outline, title, cover, places, grade and the documents that it cites."""
