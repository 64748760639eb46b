"""What several pages draw with: markup, cards, differences, notices, controls."""
