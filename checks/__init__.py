"""What `make lint` checks and `make docs` writes beside Python: each module is run as `python -m checks.<name>`."""
