"""Take what was found back to its page: extract again, and say whether it holds or what differs."""
