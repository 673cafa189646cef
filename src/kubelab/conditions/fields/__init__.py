"""Conditions about an object's fields, compared with a partial object or with what was declared."""
