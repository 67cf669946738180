"""The case meets the law: leads and routes become steps, dates and obstacles."""
