"""Generates the documentation of the tables, ``docs/`` and a part of the README.

Run ``python -m scripts.document_streams`` after a change of the streams; ``--check`` only compares
and fails on a difference.

What a stream declares becomes words in ``changes`` and ``requests``; ``entry`` makes them a
stream's entry, ``streams_page`` the page of all. ``comparison_page`` sets the tables beside those
of other connectors (``peers``), ``readme`` counts them. What no declaration can say stands in files
here: ``streams.md`` is how the page begins, ``left_out.json`` has the lists of Stripe's that are no
tables, ``peers.json`` the others' tables.
"""
