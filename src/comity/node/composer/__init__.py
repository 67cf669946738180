"""Letters as people write them: versions, comments, checks beside the text, translation, preview."""
