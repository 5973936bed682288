"""The rules about a corpus, and the reading that shows it to them article by article."""
