"""The built site as a reader meets it: in Chromium, from disk and from a server."""
