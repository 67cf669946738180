"""What people do with people: one module for each noun."""
