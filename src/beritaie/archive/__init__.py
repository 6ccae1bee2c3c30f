"""Streams of articles in, records out."""
