"""Tests in a real browser, Debian's chromium: make browser."""
