"""Drawing: from rows and columns to Vega-Lite charts, in the report's colours."""
