"""Generates ``schemas/<stream>.json`` from the types of the official ``stripe`` package.

Run ``python -m scripts.generate_schemas`` after a change of the streams or of the package's pin;
``--check`` only compares and fails on a difference.

From the package to the file: ``package`` reads the classes, ``fieldtypes`` their field types,
``timestamps`` and ``expansion`` know what the types don't say, ``describe`` makes JSON Schema of
it, and ``schema`` puts a stream's schema together and writes it down.
"""
