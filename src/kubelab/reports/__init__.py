"""Reports: one page for a browser, made from records alone. Asks no cluster."""

from kubelab.reports.report_page import page, write

__all__ = ["page", "write"]
