"""Rules: shipment."""
