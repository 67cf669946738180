"""The vault: packages of evidence sealed here or received, and the custody of what is in them."""
