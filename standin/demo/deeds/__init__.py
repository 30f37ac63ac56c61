"""What the business does, in its own words: a ledger that stands beside the account.

The account shows objects as they are now. The ledger says what was done, when, and is only added
to, so what follows from it can be worked out without looking at the account at all.
"""
