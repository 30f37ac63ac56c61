"""What can happen to a small account, by subject; each deed is told in a sentence."""
