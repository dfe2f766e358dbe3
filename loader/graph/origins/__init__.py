"""Where a claim comes from: which of the articles that carry it have it from one place."""
