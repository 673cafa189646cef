"""The vocabulary: every sentence a lab can say, in the module of what it is about. A step is words in, one call into the engine."""
