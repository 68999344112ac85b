"""Measuring the coding on labelled sets: figures with their noise, and what went wrong, document by document.

Owns what counts as right on each public set, and nothing that runs on the wire. Deterministic: the same
sets and the same package give the same figures, but for the clock, which is handed in.

    corpora      reads the sets, and says what they are (sha256)
    cases        one document of a set, coded and judged: its marks and its faults
    figures      marks to a figure: value, n, interval of 95 %
    goals        what each figure should reach
    registry     which sets there are, and who judges them
    report       all of it as one object; against an older one; as a table
    browse       the faults side by side, in a terminal; page: as one HTML file

May read files and start the scorer that stands beside the sets. Refuses Redis, the network, the clock.
"""
