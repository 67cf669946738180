"""What the templates of the atlas need."""
