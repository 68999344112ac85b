"""Long-running processes: they own sockets and the clock."""
