"""What every request passes through: frame, keys, admission, limits, errors, replies, server."""
