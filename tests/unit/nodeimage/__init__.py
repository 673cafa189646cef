"""How the node image is made, with tiny recipes of real scripts."""
