"""The sample wire: a small invented news world on loopback, for a first run and for the tests.

Owns publishers, articles and feeds of our own writing, dated relative to a base day so that they
are always fresh. Refuses to reach outside: it binds 127.0.0.1 and reads only its own files.
"""
