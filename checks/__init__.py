"""What `make lint` checks and `make docs` writes apart from Python code: each module is run as `python -m checks.<name>`."""
