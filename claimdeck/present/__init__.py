"""PLAN pages from a deck and RENDER them."""
