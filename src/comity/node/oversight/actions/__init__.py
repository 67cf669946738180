"""What people do for oversight."""
