"""Claimdeck: a static fact-check site generator that follows each claim to its origins."""

__version__ = "0.1.0"
