"""Authorities, contact points, providers and peers: who confirmed what, and when."""
