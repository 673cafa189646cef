"""What is installed for the whole cluster."""
