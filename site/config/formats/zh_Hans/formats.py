"""Amounts as accounts write them: 134,506.10. Django's Chinese groups by four and prints no separator."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
