"""Benchmarks: one invented corpus, built by mujaz and by other generators side by side."""
