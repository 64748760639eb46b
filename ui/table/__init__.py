"""The negotiation table."""
