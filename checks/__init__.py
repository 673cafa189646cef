"""What `make lint` checks beside Python: each module is one check, run as `python -m checks.<name>`."""
