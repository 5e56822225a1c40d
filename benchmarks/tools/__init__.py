"""The generators that are compared, each as a ``Tool``."""
