"""Evidence files of a case as they were handed in: uploads of any size that go on where they stopped."""
