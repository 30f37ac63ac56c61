"""A server with lists of any length that is never the bottleneck: `python -m bench.server`.

It understands only what is sent to it here, and keeps nothing: object n of a table is made when
it is asked for. What Stripe would refuse is the business of the strict stand-in, `standin`.
"""
