"""`comity docket`: requests and what became of them, in one file that is only added to."""
