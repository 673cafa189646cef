"""What one scenario did, kept as data: reports, grades and history are made from it, without a cluster."""
