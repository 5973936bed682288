"""The rules about a release, and the reading that shows it to them with its tables side by side."""
