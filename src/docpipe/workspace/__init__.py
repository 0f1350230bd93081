"""A workspace on disk as frozen data: masters, orders, the document catalogue, audiences."""
