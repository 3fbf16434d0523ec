"""Fits the shipped weights to the labelled articles."""
