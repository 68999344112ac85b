"""WebSub: hubs push what is new in a feed, so that it need not be polled often."""
